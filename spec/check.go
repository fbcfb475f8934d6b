package spec

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// Check judges one exchange by the contract and returns what it violates, in a
// stable order, each cause once. It is pure: it needs no network, changes
// nothing and is safe for concurrent use.
//
// It judges what a single exchange shows: that an answer came and is complete,
// that its status, media type, headers and body are documented, that the JSON
// is sound, that the body meets its schema and means what it says (the status
// of a Problem document is the HTTP status, ids are unique, times are UTC), and
// that nothing leaks. Whether a request should have been accepted is not its
// business: a documented refusal of a valid request is a clean exchange.
//
// An exchange that belongs to no operation (unknown path, undocumented method)
// is judged by what holds for every HTTP answer.
func (c *Contract) Check(ex Exchange) []Finding {
	k := &check{c: c, ex: &ex, op: c.operationOf(&ex)}
	k.placeVersion()
	if k.complete() {
		k.judge()
	}
	SortFindings(k.findings)
	return k.findings
}

// placeVersion finds which version of the API answers.
func (k *check) placeVersion() {
	if k.op != nil {
		k.version = k.op.Version
	} else if path := k.ex.Request.Path(); strings.HasPrefix(path, "/api/v2/") || path == "/api/v2" {
		k.version = "v2"
	} else if strings.HasPrefix(path, "/api/") {
		k.version = "v1"
	}
}

// operationOf is the operation that the sender meant, else the one that the
// method and path match. HEAD is judged as its GET operation.
func (c *Contract) operationOf(ex *Exchange) *Operation {
	if ex.Operation != "" {
		if o := c.Operation(ex.Operation); o != nil && (o.Method == ex.Request.Method || o.Method == "GET" && ex.Request.Method == "HEAD") {
			return o
		}
	}
	return c.Match(ex.Request.Method, ex.Request.Path())
}

// A check is the judging of one exchange.
type check struct {
	c       *Contract
	ex      *Exchange
	op      *Operation // nil when no operation matches
	version string     // "v1", "v2", or "" outside the API

	value    any  // the decoded body
	decoded  bool // value is the body
	strayed  bool // the status is a success that no page documents: no page says what its body is
	foreign  bool // no documented operation answers: an unknown path, or a layer in front of the API
	nameless bool // the body is a Problem document that says nothing

	findings []Finding
	counts   map[string]int  // findings by requirement and keyword
	seen     map[string]bool // what has been reported, so that one cause is reported once
}

// place is where in an answer a rule is violated.
type place struct {
	where   string
	pointer string
	inBody  bool
}

func inPart(where string) place { return place{where: where} }

func (k *check) inBody(path ...string) place {
	return place{where: jsonPath(k.value, path), pointer: pointerOf(path), inBody: true}
}

// report adds a finding about a rule that is written in code. The level is that
// of the catalogue.
func (k *check) report(id string, p place, keyword, want, got string) {
	f := Finding{
		Requirement: id,
		Level:       Must,
		Operation:   k.operation(),
		Status:      k.status(),
		Where:       p.where,
		Pointer:     p.pointer,
		InBody:      p.inBody,
		Keyword:     keyword,
		Want:        want,
		Got:         got,
		Exchange:    k.ex.ID,
	}
	if r := k.c.byID[id]; r != nil {
		f.Level = r.Level
	}
	if id == foreignErrors {
		f.Scope = foreignScope + k.version
	}
	k.add(f)
}

// foreignErrors is the rule about errors that no operation answers.
const foreignErrors = "HTTP-ERRORDOC-001"

// add keeps a finding unless its cause has been reported: the same rule at the
// same place, or, for a rule in code, a value that is not even what its schema
// says. A rule of the schema names file and line, a rule in code does not.
func (k *check) add(f Finding) {
	f.Want, f.Got = legible(f.Want), legible(f.Got)
	at := "body " + f.Where
	if !f.InBody {
		at = f.Where
	}
	causes := []string{f.Requirement + " " + f.Keyword + " " + at}
	if f.InBody {
		if f.File != "" {
			if k.seen["unread "+at] {
				return // the value is a stand-in for a number that cannot be held
			}
			causes = append(causes, "schema "+f.Requirement+" "+at)
		} else if k.seen["broken "+at] {
			return
		}
	}
	for _, c := range causes {
		if k.seen[c] {
			return
		}
	}
	if k.counts == nil {
		k.counts = map[string]int{}
	}
	rule := f.Requirement + " " + f.Keyword
	if k.counts[rule]++; k.counts[rule] > mostPlaces {
		return
	}
	if k.seen == nil {
		k.seen = map[string]bool{}
	}
	for _, c := range causes {
		k.seen[c] = true
	}
	if f.InBody && f.Requirement == "BODY-JSON-001" && f.Keyword == "number" {
		k.seen["unread "+at] = true
	}
	if f.InBody && f.File != "" && f.Level == Must {
		k.seen["broken "+at] = true
	}
	k.findings = append(k.findings, f)
}

// mostPlaces is in how many places of one answer the same rule is reported.
const mostPlaces = 1000

// legible makes text that came from the wire fit for a report.
func legible(s string) string {
	if s == "" {
		return "nothing"
	}
	if !utf8.ValidString(s) {
		return strings.ToValidUTF8(s, "\uFFFD")
	}
	return s
}

func (k *check) operation() string { return k.c.OperationName(*k.ex) }

// OperationName is the operation of an exchange as findings name it: method and
// path template, also where the path is documented for other methods only, so that
// no id of a target stands in a signature. A path that no page documents is named
// as it was sent.
func (c *Contract) OperationName(ex Exchange) string {
	if o := c.operationOf(&ex); o != nil {
		return ex.Request.Method + " " + o.Path
	}
	path := ex.Request.Path()
	for _, o := range c.operations {
		if matches(o.Path, path) {
			path = o.Path
			break
		}
	}
	return ex.Request.Method + " " + path
}

func (k *check) status() int {
	if k.ex.Response == nil {
		return 0
	}
	return k.ex.Response.Status
}

// judge runs every rule on a complete answer.
func (k *check) judge() {
	k.checkStatus()
	k.foreign = k.op == nil || !k.op.Documents(k.ex.Response.Status) && slices.Contains(frontStatuses, k.ex.Response.Status)
	k.checkAllow()
	k.checkChallenge()
	k.checkLeaks()
	k.checkCoding()
	if k.ex.Request.Method == "HEAD" {
		k.checkHeaders()
		return
	}
	if k.ex.Response.BodyUnknown {
		if k.ex.Response.Status != 204 && k.ex.Response.Status != 304 {
			k.checkMediaType()
		}
		k.checkHeaders()
		k.checkRateLimit()
		return
	}
	if !k.readBody() {
		k.checkHeaders()
		k.checkRateLimit()
		return
	}
	k.checkHeaders()
	k.checkRateLimit()
	if k.strayed {
		return
	}
	if k.foreign {
		k.checkForeignError()
		k.checkProblem()
		return
	}
	k.checkProblemBody()
	k.checkSchema()
	k.checkProblem()
	k.checkEnvelope()
	k.checkTimes()
	k.checkActivity()
	k.checkCards()
	k.checkOrder()
}

// query is the query of the request as a server reads it.
func (k *check) query() url.Values {
	if k.ex.Request.URL == nil {
		return nil
	}
	return k.ex.Request.URL.Query()
}

// object is the body as a JSON object, nil if it is something else.
func (k *check) object() map[string]any {
	o, _ := k.value.(map[string]any)
	return o
}

func (k *check) isError() bool   { return k.ex.Response.Status >= 400 }
func (k *check) isSuccess() bool { return k.ex.Response.Status/100 == 2 }

// checkSchema validates the body by the documented schema of its status. With
// the overlay first: what meets that meets the document too.
func (k *check) checkSchema() {
	r, ok := k.c.answer(k.op, k.ex.Response.Status)
	if !ok {
		return
	}
	media, ok := k.documentedMedia(r)
	if !ok {
		return
	}
	schema := media.schemaFor(k.query())
	if schema == nil {
		return
	}
	strict := breaches(schema.should, k.value)
	if len(strict) == 0 {
		return
	}
	// what the document finds wrong at a place has no form there to speak of
	broken := map[string]bool{}
	for _, b := range breaches(schema.must, k.value) {
		broken[b.pointer()] = true
		if b.keyword != "format" || !k.repeatsTarget(b) {
			k.breach(b, Must)
		}
	}
	for _, b := range strict {
		if k.nameless && b.missing != "" && len(b.path) == 0 {
			continue // eight members missing is what "says nothing" means
		}
		if !broken[b.pointer()] {
			k.breach(b, Should)
		}
	}
}

// repeatsTarget reports whether a malformed text is the target of the request as
// it was sent: a reference to a request that was no valid reference itself.
func (k *check) repeatsTarget(b breach) bool {
	u := k.ex.Request.URL
	if u == nil || u.RawQuery == "" {
		return false
	}
	text, ok := at(k.value, b.path).(string)
	return ok && (text == u.RequestURI() || text == u.Scheme+"://"+u.Host+u.RequestURI())
}

// pointer is the place of a breach in the value; that of a missing member is
// where it would stand.
func (b breach) pointer() string {
	p := pointerOf(b.path)
	if b.missing != "" {
		p += "/" + escapeToken(b.missing)
	}
	return p
}

// documentedMedia is the media type of the answer among the documented ones, or
// the first JSON one when the answer's own is wrong (that is reported elsewhere).
func (k *check) documentedMedia(r *response) (mediaType, bool) {
	name := mediaName(k.ex.Response.Header.Get("Content-Type"))
	for _, m := range r.media {
		if m.name == name {
			return m, true
		}
	}
	for _, m := range r.media {
		if isJSON(m.name) {
			return m, true
		}
	}
	return mediaType{}, false
}

// breach turns a violated keyword into a finding: the requirement that the
// document names for the place, and the line there.
func (k *check) breach(b breach, level Level) {
	f := Finding{
		Operation: k.operation(),
		Status:    k.ex.Response.Status,
		Keyword:   b.keyword,
		Want:      b.want,
		Got:       b.got,
		InBody:    true,
		Exchange:  k.ex.ID,
	}
	path := b.path
	if b.missing != "" {
		path = append(slices.Clone(path), b.missing)
	}
	f.Where, f.Pointer = jsonPath(k.value, path), pointerOf(path)
	f.Requirement, f.File, f.Line = k.c.ruleAt(b, level)
	f.Level = level
	if r := k.c.byID[f.Requirement]; r != nil {
		f.Level = r.Level
	}
	k.add(f)
}

// ruleAt finds the requirement and the line of a violated keyword.
func (c *Contract) ruleAt(b breach, level Level) (id, file string, line int) {
	at := b.place + "/" + escapeToken(b.keyword)
	if b.missing != "" {
		at = b.place + "/properties/" + escapeToken(b.missing)
	}
	root, mark, fallback := c.base.root, "x-requirement", "BODY-SCHEMA-001"
	if level == Should {
		root, mark, fallback = c.merged.root, "x-recommendation", "BODY-SCHEMA-002"
	}
	steps, line := lineOf(root, at)
	if b.missing != "" && len(steps) > 0 {
		// the member itself may name the rule for being there, and only for that
		id = markOf(steps[len(steps)-1].node, mark, "required")
		if own, _ := walk(root, b.place); id == "" {
			id = annotation(own, mark, b.keyword)
		}
	} else {
		id = annotation(steps, mark, b.keyword)
	}
	if id == "" {
		id = fallback
	}
	if level == Must {
		return id, c.base.name, line
	}
	if b.missing != "" {
		at = b.place + "/required"
	}
	if _, line := c.overlay.locate(at); line > 0 {
		return id, c.overlay.doc.name, line
	}
	return id, c.base.name, 0
}

// number returns an exact number as a string, ok only for JSON numbers.
func number(v any) (string, bool) {
	n, ok := v.(json.Number)
	return n.String(), ok
}
