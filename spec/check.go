package spec

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
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
func (c *Contract) Check(ex Exchange) []Finding { return c.check(&ex).findings }

// CheckAndDrift is [Contract.Check] and [Contract.Drift] of one exchange, whose
// body is decoded once for both.
func (c *Contract) CheckAndDrift(ex Exchange) (findings []Finding, drift []string) {
	k := c.check(&ex)
	return k.findings, k.drift()
}

func (c *Contract) check(ex *Exchange) *check {
	k := &check{c: c, ex: ex, op: c.operationOf(ex)}
	k.placeVersion()
	if k.complete() {
		k.judge()
		k.checkCode()
		k.checkSharedCache()
		k.checkAddresses()
		k.checkInternals()
	}
	k.known()
	SortFindings(k.findings)
	return k
}

// placeVersion finds which version of the API answers.
func (k *check) placeVersion() {
	if k.c.pack == "" {
		return // versions are a matter of the pack
	}
	if k.op != nil {
		k.version = k.op.Version
	} else if path := k.ex.Request.Path(); strings.HasPrefix(path, "/api/v2/") || path == "/api/v2" {
		k.version = "v2"
	} else if strings.HasPrefix(path, "/api/") {
		k.version = "v1"
	}
}

// operationOf is the operation that the sender meant, else the one that the
// method and path match. HEAD without an operation of its own is judged as its GET
// operation.
func (c *Contract) operationOf(ex *Exchange) *Operation {
	if ex.Operation != "" {
		if o := c.Operation(ex.Operation); o != nil && (o.Method == ex.Request.Method || o.Method == "GET" && ex.Request.Method == "HEAD") {
			return o
		}
	}
	return c.Locate(ex.Request.Method, ex.Request.Path())
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
	counts   map[string]int   // findings by requirement and keyword
	seen     map[string]bool  // what has been reported, so that one cause is reported once
	same     map[string][]int // the findings of one cause, by signature
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
	return ex.Request.Method + " " + c.Template(ex.Request.Path())
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
		if k.c.pack == "" {
			k.checkStatusMember()
			return
		}
		k.checkForeignError()
		k.checkProblem()
		return
	}
	if k.c.pack == "" {
		k.checkDocumented()
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

// number returns an exact number as a string, ok only for JSON numbers.
func number(v any) (string, bool) {
	n, ok := v.(json.Number)
	return n.String(), ok
}
