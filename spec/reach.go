package spec

import (
	"maps"
	"net/http"
	"slices"

	"github.com/hostup/api-conformance/spec/document"
)

// A Reach tells which requirements [Contract.Check] can judge an exchange by:
// those of which it says something when it finds nothing. A rule that saw nothing
// to judge has passed nothing: a requirement of the items of a list is not reached
// by an answer whose list is empty, nor one of an optional property by an answer
// without it. It is immutable and safe for concurrent use.
type Reach struct {
	c      *Contract
	all    []string              // sorted
	marks  map[string][]string   // pointer of a header -> ids
	roots  map[string]*reachRoot // by pointer of a schema
	places map[string]string     // id -> a place that it is about
}

// A reachRoot is the schema of a whole body.
type reachRoot struct {
	all   []string // every id that some value reaches
	above []string // those that every value reaches, for what is above the schema names them
	node  *evidenceNode
}

// Reach derives from the document what can be judged. It is derived once.
func (c *Contract) Reach() *Reach { return c.reach() }

func (c *Contract) newReach() *Reach {
	r := &Reach{
		c: c, all: c.everyReached(), marks: map[string][]string{}, roots: map[string]*reachRoot{}, places: maps.Clone(codePlaces),
	}
	seen := c.newEvidence()
	if seen == nil {
		return r
	}
	for _, answer := range c.everyResponse() {
		for _, h := range answer.headers {
			r.marks[h.pointer] = r.at(h.pointer)
			for _, id := range r.marks[h.pointer] {
				r.places[id] = "the header " + h.name
			}
		}
		for _, m := range answer.media {
			if m.schema != nil {
				r.roots[m.schema.pointer] = r.root(seen, m.schema.pointer)
			}
			for _, w := range m.when {
				r.roots[w.schema.pointer] = r.root(seen, w.schema.pointer)
			}
		}
	}
	return r
}

func (r *Reach) root(seen *evidence, pointer string) *reachRoot {
	root := &reachRoot{all: r.at(pointer), above: r.above(pointer), node: seen.node(pointer)}
	if root.node != nil {
		root.node.name("$", r.places, map[*evidenceNode]bool{})
	}
	return root
}

// Place is what an answer has to have for the requirement to say something of it:
// "$.entries[*].amount", "the status 429"; "" where that has no short name.
func (r *Reach) Place(id string) string { return r.places[id] }

// Of lists the ids of the requirements that Check judges the exchange by, in
// alphabetical order.
func (r *Reach) Of(ex Exchange) []string {
	k := &check{c: r.c, ex: &ex, op: r.c.operationOf(&ex)}
	k.placeVersion()
	found := map[string]bool{"HTTP-ANSWER-001": true}
	if k.complete() { // what it finds is thrown away
		k.foreign = k.op == nil || !k.op.Documents(k.ex.Response.Status) && slices.Contains(frontStatuses, k.ex.Response.Status)
		k.strayed = k.op != nil && !k.op.covers(k.ex.Response.Status) && k.ex.Response.Status < 400
		if !ex.Response.BodyUnknown && ex.Request.Method != "HEAD" {
			k.value, _, k.decoded = decodeText(ex.Response.Body)
		}
		for _, rule := range codeRules {
			if rule.reached(k) {
				found[rule.id] = true
			}
		}
		r.schemas(k, found)
	}
	for _, f := range k.findings { // an answer that is not whole
		found[f.Requirement] = true
	}
	return slices.Sorted(maps.Keys(found))
}

// All lists the ids of every requirement that some exchange reaches, in
// alphabetical order. The others take several exchanges, or a request that only
// a test sends.
func (r *Reach) All() []string { return slices.Clone(r.all) }

// Has reports whether some exchange reaches the requirement.
func (r *Reach) Has(id string) bool { _, ok := slices.BinarySearch(r.all, id); return ok }

func (c *Contract) everyReached() []string {
	found := map[string]bool{"HTTP-ANSWER-001": true, "HTTP-LENGTH-001": true, "BODY-SCHEMA-001": true, "BODY-SCHEMA-002": true}
	for _, rule := range codeRules {
		found[rule.id] = true
	}
	for _, o := range c.operations {
		for _, success := range []bool{true, false} {
			for _, id := range c.RequirementsOf(o, success) {
				found[id] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// schemas adds the requirements that the document attaches to the headers and to
// the places of the body that the answer has.
func (r *Reach) schemas(k *check, found map[string]bool) {
	answer, ok := r.c.answer(k.op, k.ex.Response.Status)
	if !ok {
		return
	}
	for _, h := range answer.headers {
		if h.required || len(k.ex.Response.Header.Values(h.name)) > 0 {
			found["BODY-SCHEMA-001"] = true
			for _, id := range r.marks[h.pointer] {
				found[id] = true
			}
		}
	}
	if !k.decoded || k.foreign || k.strayed {
		return
	}
	media, ok := k.documentedMedia(answer)
	if !ok {
		return
	}
	schema := media.schemaFor(k.query())
	if schema == nil {
		return
	}
	found["BODY-SCHEMA-001"], found["BODY-SCHEMA-002"] = true, true
	root := r.roots[schema.pointer]
	if root == nil {
		return
	}
	s := &sought{found: found, missing: map[string]bool{}}
	for _, id := range root.all {
		s.missing[id] = true
	}
	for _, id := range root.above {
		found[id] = true
		delete(s.missing, id)
	}
	if root.node != nil {
		s.visit(root.node, k.value, 0)
	}
}

// at lists the ids that a node of the document, what is above it and what is
// below it name.
func (r *Reach) at(pointer string) []string {
	found := map[string]bool{}
	for _, id := range r.above(pointer) {
		found[id] = true
	}
	(&marks{d: r.c.merged, found: found, seen: map[*document.Node]bool{}}).visit(pointer)
	return slices.Sorted(maps.Keys(found))
}

// above lists the ids that a node of the document and what is above it name.
func (r *Reach) above(pointer string) []string {
	found := map[string]bool{}
	m := &marks{found: found}
	steps, _ := document.Walk(r.c.merged.Root, pointer)
	for _, s := range steps {
		for _, mark := range []string{"x-requirement", "x-recommendation"} {
			if n, _ := child(s.Node, mark); n != nil && s.Node.Kind == document.Mapping {
				m.add(n)
			}
		}
	}
	return slices.Collect(maps.Keys(found))
}

// A codeRule says which exchanges a rule that is written in code is about. The
// answer is whole; the body is decoded if it can be.
type codeRule struct {
	id      string
	reached func(k *check) bool
}

// codeRules follow the order of [check.judge]. The tests of the
// judge fail when a rule finds something in an exchange that it is not said to be
// about.
var codeRules = []codeRule{
	{"HTTP-LENGTH-001", func(k *check) bool { return k.ex.Response.Length >= 0 && !k.ex.Response.BodyUnknown }},
	{"HTTP-EMPTY-001", func(k *check) bool { return k.bodiless() && !k.ex.Response.BodyUnknown }},
	{"HTTP-STATUS-001", func(k *check) bool { return k.op != nil && k.ex.Response.Status < 400 }},
	{"HTTP-STATUS-002", func(k *check) bool { return k.op != nil && k.isError() }},
	{"HTTP-ALLOW-001", func(k *check) bool { return k.ex.Response.Status == http.StatusMethodNotAllowed }},
	{"AUTH-CHALLENGE-001", func(k *check) bool { return k.op != nil && k.ex.Response.Status == http.StatusUnauthorized }},
	{"LEAK-CARD-001", (*check).hasBody},
	{"LEAK-CREDENTIAL-001", func(k *check) bool { return k.hasBody() && k.credentials().found != nil }},
	{"LEAK-TRACE-001", (*check).hasBody},
	{"MEDIA-CODING-001", func(k *check) bool { return k.hasBody() && k.ex.Request.Header.Get("Accept-Encoding") != "" }},
	{"MEDIA-TYPE-001", func(k *check) bool { return k.typed() && !k.foreign && !k.strayed }},
	{"MEDIA-TYPE-002", (*check).typed},
	{"MEDIA-CHARSET-001", func(k *check) bool {
		return k.typed() && isJSON(mediaName(k.ex.Response.Header.Get("Content-Type")))
	}},
	{"BODY-JSON-001", (*check).hasText},
	{"BODY-UTF8-001", (*check).hasText},
	{"BODY-BOM-001", (*check).hasText},
	{"BODY-DUPLICATE-001", (*check).hasText},
	{"RATE-COHERENT-001", func(k *check) bool {
		return k.ex.Response.Status == http.StatusTooManyRequests && k.version == "v2" && k.ex.Request.Method != "HEAD"
	}},
	{"HTTP-ERRORDOC-001", func(k *check) bool { return k.foreign && k.isError() && k.typed() && k.hasBody() }},
	{"PROB-BODY-002", func(k *check) bool { return k.hasProblemPages() && k.problem() != nil && !k.foreign }},
	{"PROB-STATUS-001", func(k *check) bool { _, ok := number(k.problem()["status"]); return ok }},
	{"PROB-TYPE-001", func(k *check) bool {
		return k.hasProblemPages() && !k.foreign && hasAny(k.problem(), "type") && hasAny(k.problem(), "code")
	}},
	{"PROB-INSTANCE-001", func(k *check) bool { return k.hasProblemPages() && !k.foreign && hasAny(k.problem(), "instance") }},
	{"PROB-ERRORS-002", func(k *check) bool {
		return k.hasProblemPages() && !k.foreign && anyRow(k.problem()["errors"], "pointer")
	}},
	{"ENV-SUCCESS-001", func(k *check) bool { return k.isEnvelope() && k.isSuccess() }},
	{"ENV-SUCCESS-002", func(k *check) bool { return k.isEnvelope() && k.isError() }},
	{"ENV-ERROR-002", func(k *check) bool { return k.isEnvelope() && k.isError() && hasAny(k.object(), "error") }},
	{"ENV-TIME-001", func(k *check) bool { return k.isEnvelope() && hasAny(k.object(), "timestamp") }},
	{"TIME-REAL-001", func(k *check) bool { return k.isDocumented() && k.knowsNow() && hasAny(k.object(), "timestamp") }},
	{"TIME-PAST-001", func(k *check) bool { return k.isDocumented() && k.knowsNow() && k.isSuccess() && hasRecorded(k.value) }},
	{"ACT-READ-001", func(k *check) bool { return k.isSuccessOf("listBillingActivity") }},
	{"ACT-KIND-001", func(k *check) bool {
		return k.isSuccessOf("listBillingActivity") && k.query().Has("kind") && hasAny(k.object(), "kind")
	}},
	{"ACT-ID-001", func(k *check) bool { return k.showsRow("id") }},
	{"ACT-CURRENCY-001", func(k *check) bool { return k.showsRow("currencyCode") }},
	{"ACT-AMOUNT-001", func(k *check) bool { return k.showsRow("amount") && k.showsRow("currencyCode") }},
	{"CARD-ID-001", func(k *check) bool { return k.isSuccessOf("listCards") && anyRow(k.value, "id") }},
	{"CARD-PRIMARY-001", func(k *check) bool { return k.isSuccessOf("listCards") && anyRow(k.value, "isPrimary") }},
	{"PROB-CODE-003", func(k *check) bool { id, _, _, ok := k.coupled(); return ok && id == "PROB-CODE-003" }},
	{"ENV-CODE-002", func(k *check) bool { id, _, _, ok := k.coupled(); return ok && id == "ENV-CODE-002" }},
	{"HTTP-CACHE-001", (*check).isPrivate},
	{"LINK-TLS-001", func(k *check) bool { return len(k.addresses()) > 0 }},
	{"LINK-HOST-001", func(k *check) bool { return len(k.addresses()) > 0 }},
	{"LEAK-INTERNAL-001", (*check).hasBody},
	{"ORD-REDIRECT-001", func(k *check) bool {
		return k.isSuccessOf("orderStorageAddon") && isText(k.object(), "invoiceId", "redirectUrl")
	}},
}

func (k *check) bodiless() bool {
	s := k.ex.Response.Status
	return k.ex.Request.Method == "HEAD" || s == http.StatusNoContent || s == http.StatusNotModified
}

// hasBody reports whether there is a body to look into.
func (k *check) hasBody() bool { return !k.bodiless() && !k.ex.Response.BodyUnknown }

// typed reports whether the answer ought to say what its body is.
func (k *check) typed() bool { return !k.bodiless() }

// hasText reports whether the body is judged as JSON text.
func (k *check) hasText() bool {
	if _, otherwise := k.readsOtherwise(); otherwise {
		return false
	}
	return k.hasBody() && (k.op != nil || isJSON(mediaName(k.ex.Response.Header.Get("Content-Type"))))
}

// isDocumented reports whether the meaning of the body is judged.
func (k *check) isDocumented() bool { return k.decoded && !k.foreign && !k.strayed }

func (k *check) isEnvelope() bool {
	return k.isDocumented() && k.version == "v1" && k.object() != nil
}

func (k *check) isSuccessOf(operation string) bool {
	return k.isDocumented() && k.op.ID == operation && k.isSuccess()
}

func (k *check) knowsNow() bool { _, known := k.now(); return known }

// showsRow reports whether the body is a page of activity with a row that has the
// member. Rows of kind credit are documented nowhere.
func (k *check) showsRow(member string) bool {
	return k.isSuccessOf("listBillingActivity") && !mayMean(k.query()["kind"], "credit") && anyRow(k.object()["entries"], member)
}

// anyRow reports whether a value is a list with an object that has the member.
func anyRow(v any, member string) bool {
	rows, _ := v.([]any)
	return slices.ContainsFunc(rows, func(row any) bool {
		o, _ := row.(map[string]any)
		return hasAny(o, member)
	})
}

// isText reports whether each of the members is a string.
func isText(o map[string]any, members ...string) bool {
	return !slices.ContainsFunc(members, func(m string) bool { _, ok := o[m].(string); return !ok })
}

// hasRecorded reports whether a value says anywhere when something was recorded.
func hasRecorded(v any) bool {
	switch x := v.(type) {
	case map[string]any:
		for name, child := range x {
			if _, isText := child.(string); isText && recordTimes[name] || hasRecorded(child) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(x, hasRecorded)
	}
	return false
}
