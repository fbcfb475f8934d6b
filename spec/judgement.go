package spec

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/hostup/api-conformance/spec/jsontext"
)

// A Judgement is the state of judging one exchange: rules read it and report findings to
// it. Rules run only on a complete response. It is not safe for concurrent use.
type Judgement struct {
	c       *Contract
	ex      *Exchange
	op      *Operation // nil if no operation matches
	version *Version   // nil outside the API, and without a pack

	says     *said      // see described
	query    url.Values // of the request, set on first use
	keys     *credentials
	text     text // the body as JSON
	body     bodyText
	drift    []string   // see Drift
	compared bool       // drift is set
	now      *time.Time // of the response, set on first use
	value    any        // the decoded body
	decoded  bool       // value is the body
	beyond   bool       // the body has more values than are held
	partial  bool       // the response is incomplete: nothing more is judged
	json     bool       // the response claims to be JSON of a documented media type
	strayed  bool       // the status is an undocumented success: its body is undocumented as well
	foreign  bool       // no documented operation responds: an unknown path, or a layer in front of the API
	nameless bool       // see SaysNothing

	findings []Finding
	counts   map[string]int   // findings by requirement and keyword
	seen     map[string]bool  // what has been reported: each cause is reported once
	same     map[string][]int // the findings of one cause, by signature
}

// A text is a body as JSON, decoded on first use.
type text struct {
	read   bool
	value  any
	faults []jsontext.Fault
	ok     bool
}

// JSON returns the body as [jsontext.Decode] does, whatever its media type; ok is false
// if it has no JSON value.
func (k *Judgement) JSON() (value any, ok bool) {
	if t := &k.text; !t.read && k.ex.Response != nil {
		t.read = true
		reader := k.c.readers.Get().(*jsontext.Reader)
		t.value, t.faults, t.ok = reader.Decode(k.ex.Response.Body)
		reader.Renew()
		k.c.readers.Put(reader)
	}
	return k.text.value, k.text.ok
}

// Findings returns the violations of the exchange, see [Contract.Check].
func (k *Judgement) Findings() []Finding { return k.findings }

// Observed is [Universe.Observe] of the exchange.
func (k *Judgement) Observed() []string { return k.c.Universe().observe(k) }

// Reached is [Reach.Of] of the exchange.
func (k *Judgement) Reached() []string { return k.c.Reach().of(k) }

// judgement prepares the judging of an exchange.
func (c *Contract) judgement(ex *Exchange) *Judgement {
	k := &Judgement{c: c, ex: ex, op: c.operationOf(ex)}
	if c.pack != nil {
		k.version = c.pack.version(k.op, ex.Request.Path())
	}
	if r := ex.Response; r != nil {
		k.foreign = k.op == nil || !k.op.Documents(r.Status) && slices.Contains(frontStatuses, r.Status)
		k.strayed = k.op != nil && r.Status < 400 && !k.op.covers(r.Status) && !k.unchanged()
	}
	return k
}

// Exchange returns the judged exchange.
func (k *Judgement) Exchange() *Exchange { return k.ex }

// Operation returns the operation of the exchange, nil for none.
func (k *Judgement) Operation() *Operation { return k.op }

// Version returns the name of the API version that responds, "" for none.
func (k *Judgement) Version() string {
	if k.version == nil {
		return ""
	}
	return k.version.Name
}

// Foreign reports whether no documented operation responds: an unknown path, or a layer
// in front of the API.
func (k *Judgement) Foreign() bool { return k.foreign }

// Documented reports whether the body has a value that the document describes.
func (k *Judgement) Documented() bool { return k.decoded && !k.foreign && !k.strayed }

// Value returns the body as far as it is judged; ok is false if it has no value.
func (k *Judgement) Value() (value any, ok bool) { return k.value, k.decoded }

// Object returns the body as a JSON object, nil if it is not an object.
func (k *Judgement) Object() map[string]any {
	o, _ := k.value.(map[string]any)
	return o
}

// Query returns the query of the request as a server reads it.
func (k *Judgement) Query() url.Values {
	if u := k.ex.Request.URL; k.query == nil && u != nil {
		k.query = u.Query()
	}
	return k.query
}

// IsError reports whether the status is 400 or above.
func (k *Judgement) IsError() bool { return k.ex.Response.Status >= 400 }

// IsSuccess reports whether the status is 2xx.
func (k *Judgement) IsSuccess() bool { return k.ex.Response.Status/100 == 2 }

// SaysNothing marks the body as an error that says nothing, so that its missing
// properties are not reported as well.
func (k *Judgement) SaysNothing() { k.nameless = true }

// Now returns the time of the response: its Date header, which rules out clock skew, else
// when it was received. known is false if there is neither.
func (k *Judgement) Now() (now time.Time, known bool) {
	if k.now == nil {
		t := k.timeOfAnswer()
		k.now = &t
	}
	return *k.now, !k.now.IsZero()
}

func (k *Judgement) timeOfAnswer() time.Time {
	date := k.ex.Response.Header.Get("Date")
	t, err := time.Parse(http.TimeFormat, date)
	if err != nil { // another name for GMT
		t, err = time.Parse(time.RFC1123, date)
	}
	if err == nil {
		if r := k.ex.Response.Received; r.IsZero() || t.Sub(r) < 24*time.Hour && r.Sub(t) < 24*time.Hour {
			return t
		}
	}
	return k.ex.Response.Received
}

func (k *Judgement) operation() string { return k.c.OperationName(*k.ex) }

func (k *Judgement) status() int {
	if k.ex.Response == nil {
		return 0
	}
	return k.ex.Response.Status
}

// unchanged reports whether the response is a 304 to a conditional request.
func (k *Judgement) unchanged() bool {
	h := k.ex.Request.Header
	return k.ex.Response.Status == http.StatusNotModified && (h.Get("If-None-Match") != "" || h.Get("If-Modified-Since") != "")
}

func (k *Judgement) bodiless() bool {
	return k.ex.Request.Method == http.MethodHead || slices.Contains([]int{http.StatusNoContent, http.StatusResetContent, http.StatusNotModified}, k.ex.Response.Status)
}

// hasBody reports whether there is a body to inspect.
func (k *Judgement) hasBody() bool { return !k.bodiless() && !k.ex.Response.BodyUnknown && !k.beyond }

// typed reports whether the response should have a media type.
func (k *Judgement) typed() bool { return !k.bodiless() }

// saysJSON reports whether the Content-Type is JSON.
func (k *Judgement) saysJSON() bool {
	return isJSON(mediaName(k.ex.Response.Header.Get("Content-Type")))
}

// hasText reports whether the body is judged as JSON text.
func (k *Judgement) hasText() bool {
	_, otherwise := k.readsOtherwise()
	return !otherwise && (k.op != nil || k.saysJSON())
}

// number returns a JSON number as exact text; ok is false for other values.
func number(v any) (string, bool) {
	n, ok := v.(json.Number)
	return n.String(), ok
}
