package spec

import (
	"maps"
	"net/http"
	"slices"

	"github.com/pb33f/go-yaml"
)

// A Reach tells which requirements [Contract.Check] can judge an exchange by:
// those of which it says something when it finds nothing. Recorded traffic needs
// it, because nobody chose what was asked. It remembers what it has read of the
// document, so it is not safe for concurrent use.
//
// A rule about the items of a list is reached by an answer whose list is empty:
// the coverage of the contract says what was there to see.
type Reach struct {
	c     *Contract
	marks map[string][]string // canonical pointer -> ids
}

// Reach makes an empty Reach.
func (c *Contract) Reach() *Reach { return &Reach{c: c, marks: map[string][]string{}} }

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
func (r *Reach) All() []string {
	found := map[string]bool{"HTTP-ANSWER-001": true, "HTTP-LENGTH-001": true, "BODY-SCHEMA-001": true, "BODY-SCHEMA-002": true}
	for _, rule := range codeRules {
		found[rule.id] = true
	}
	for _, o := range r.c.operations {
		for _, success := range []bool{true, false} {
			for _, id := range r.c.RequirementsOf(o, success) {
				found[id] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// schemas adds the requirements that the document attaches to the headers and to
// the schema of the answer.
func (r *Reach) schemas(k *check, found map[string]bool) {
	answer, ok := r.c.answer(k.op, k.ex.Response.Status)
	if !ok {
		return
	}
	add := func(pointer string) {
		for _, id := range r.at(pointer) {
			found[id] = true
		}
	}
	for _, h := range answer.headers {
		if h.required || len(k.ex.Response.Header.Values(h.name)) > 0 {
			found["BODY-SCHEMA-001"] = true
			add(h.pointer)
		}
	}
	if !k.decoded || k.foreign || k.strayed {
		return
	}
	media, ok := k.documentedMedia(answer)
	if !ok {
		return
	}
	if schema := media.schemaFor(k.query()); schema != nil {
		found["BODY-SCHEMA-001"], found["BODY-SCHEMA-002"] = true, true
		add(schema.pointer)
	}
}

// at lists the ids that a node of the document, what is above it and what is
// below it name.
func (r *Reach) at(pointer string) []string {
	if ids, ok := r.marks[pointer]; ok {
		return ids
	}
	found := map[string]bool{}
	m := &marks{d: r.c.merged, found: found, seen: map[*yaml.Node]bool{}}
	steps, _ := walk(r.c.merged.root, pointer)
	for _, s := range steps {
		for _, mark := range []string{"x-requirement", "x-recommendation"} {
			if n, _ := child(s.node, mark); n != nil && s.node.Kind == yaml.MappingNode {
				m.add(n)
			}
		}
	}
	m.visit(pointer)
	r.marks[pointer] = slices.Sorted(maps.Keys(found))
	return r.marks[pointer]
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
	{"LEAK-CREDENTIAL-001", func(k *check) bool { return k.hasBody() && len(k.secrets()) > 0 }},
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
	{"PROB-ERRORS-002", func(k *check) bool { return k.hasProblemPages() && !k.foreign && hasAny(k.problem(), "errors") }},
	{"ENV-SUCCESS-001", func(k *check) bool { return k.isEnvelope() && k.isSuccess() }},
	{"ENV-SUCCESS-002", func(k *check) bool { return k.isEnvelope() && k.isError() }},
	{"ENV-ERROR-002", func(k *check) bool { return k.isEnvelope() && k.isError() && hasAny(k.object(), "error") }},
	{"ENV-TIME-001", func(k *check) bool { return k.isEnvelope() && hasAny(k.object(), "timestamp") }},
	{"TIME-REAL-001", func(k *check) bool { return k.isDocumented() && k.knowsNow() && hasAny(k.object(), "timestamp") }},
	{"TIME-PAST-001", func(k *check) bool { return k.isDocumented() && k.knowsNow() && k.isSuccess() }},
	{"ACT-READ-001", func(k *check) bool { return k.isSuccessOf("listBillingActivity") }},
	{"ACT-KIND-001", func(k *check) bool { return k.isSuccessOf("listBillingActivity") && k.query().Has("kind") }},
	{"ACT-ID-001", func(k *check) bool { return k.isSuccessOf("listBillingActivity") }},
	{"ACT-CURRENCY-001", func(k *check) bool { return k.isSuccessOf("listBillingActivity") }},
	{"ACT-AMOUNT-001", func(k *check) bool { return k.isSuccessOf("listBillingActivity") }},
	{"CARD-ID-001", func(k *check) bool { return k.isSuccessOf("listCards") }},
	{"CARD-PRIMARY-001", func(k *check) bool { return k.isSuccessOf("listCards") }},
	{"ORD-REDIRECT-001", func(k *check) bool { return k.isSuccessOf("orderStorageAddon") }},
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
