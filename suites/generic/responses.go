package generic

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// answered are the requirements that any response exercises.
var answered = []string{
	"HTTP-SERVE-001", "HTTP-ANSWER-001", "HTTP-STATUS-001", "HTTP-LENGTH-001", "HTTP-FIELD-001", "MEDIA-TYPE-001", "MEDIA-TYPE-002", "MEDIA-CODING-001",
	"BODY-SCHEMA-001", "LEAK-CARD-001", "LEAK-TRACE-001", "LEAK-INTERNAL-001", "LINK-TLS-001", "LINK-HOST-001", "HTTP-CORS-001", "HTTP-REDIRECT-001",
}

var answeredInJSON = []string{"BODY-WRITEONLY-001", "LEAK-SECRET-001", "BODY-JSON-001", "BODY-UTF8-001", "BODY-BOM-001", "BODY-DUPLICATE-001", "MEDIA-CHARSET-001"}

// answered returns the requirements that any answer of an operation exercises.
func (s *suite) answered(o *spec.Operation) []string {
	ids := slices.Concat(answered, []string{"BODY-SCHEMA-002"})
	if s.env.Contract.AnswersJSON(o) {
		ids = append(ids[:len(ids):len(ids)], answeredInJSON...)
	}
	if s.env.Contract.AnswersXML(o) {
		ids = append(ids[:len(ids):len(ids)], "BODY-XML-001")
	}
	if s.env.Contract.Access(o).Required() {
		ids = append(ids[:len(ids):len(ids)], "AUTH-KEY-001", "LEAK-CREDENTIAL-001")
		if o.Method == http.MethodGet {
			ids = append(ids, "HTTP-CACHE-001")
		}
	}
	if s.open(o) {
		ids = append(ids[:len(ids):len(ids)], "HTTP-STATUS-002")
	}
	if o.Documents(http.StatusNoContent) {
		ids = append(ids[:len(ids):len(ids)], "HTTP-EMPTY-001")
	}
	return ids
}

// responses: a valid request is served as the document says.
func (s *suite) responses(o *spec.Operation) (list []probe) {
	ids := s.answered(o)
	if s.env.Contract.Creates(o) && s.build.Inputs(o).Body != nil {
		ids = append(ids[:len(ids):len(ids)], "STATE-DEFAULT-001")
	}
	if o.Method == http.MethodGet && s.collects(o) && s.env.Contract.AnswersJSON(o) {
		ids = append(ids[:len(ids):len(ids)], "LIST-UNIQUE-001", "LIST-COUNT-001")
	}
	p := probe{area: "responses", op: o, text: "answers a valid request", ids: ids, sends: sends(o, 1, 2, "valid")}
	if get, name := s.actedOn(o); get != nil && s.makerOf(get, name) == nil && s.depth != config.Quick {
		p.ids = append(p.ids[:len(p.ids):len(p.ids)], "STATE-ACTION-001")
		p.sends = append(p.sends, sends(get, 0, 3, "what is acted on")...)
	}
	if get, _ := s.bulkOf(o); get != nil {
		p.ids = append(p.ids[:len(p.ids):len(p.ids)], "STATE-CREATE-001")
		p.sends = append(p.sends, sends(get, 0, 1, "one of several that were made")...)
	}
	p.sends = append(p.sends, s.laterSends(o)...)
	p.run = func(t *rule.T) { s.valid(t, o) }
	if o.Effect != spec.Reads && s.follows(o) {
		if p.sends = sends(o, 0, 2, "valid"); o.Effect != spec.Deletes { // which come later still
			p.after = lifecycles
		}
	}
	list = append(list, p)
	var optional []spec.Input
	for _, in := range s.build.Inputs(o).Parameters {
		if in.In == "query" && !in.Required && !in.Deprecated {
			optional = append(optional, in)
		}
	}
	n, others := s.upTo(len(optional), 0, 3), s.upTo(mostOthers, 0, 3)
	if o.Effect != spec.Reads || n == 0 {
		return list
	}
	single := s.single(o, optional, n)
	if len(single) < n { // the others are shared
		others = min(others, len(single))
	}
	q := probe{area: "responses", op: o, text: "accepts its query parameters", ids: append([]string{"HTTP-QUERY-001"}, ids...), sends: sends(o, 0, len(single)+others, "a query parameter each")}
	q.run = func(t *rule.T) {
		for _, in := range single {
			s.parameter(t, o, in)
		}
		s.together(t, o, optional, others)
	}
	return append(list, q)
}

// valid sends the valid request, or uses the one that another spec has sent.
func (s *suite) valid(t *rule.T, o *spec.Operation) {
	if o.Effect == spec.Reads {
		a := s.read(t, o, nil)
		if s.absent(t, o, a) {
			var undo func()
			a, undo = s.readOwn(t, o, a)
			defer undo()
		}
		a = s.later(t, o, a)
		s.served(t, a)
		s.distinct(t, o, a)
		s.countedWhole(t, o, a)
		return
	}
	if a := s.answer(o, false); a != nil {
		s.served(t, t.Use(a))
		return
	}
	a, undo := s.write(t, o)
	defer undo()
	s.served(t, a)
	s.bulk(t, o, a)
}

// absent reports whether a response says that the resource does not exist: a made-up
// value may also be refused as malformed.
func (s *suite) absent(t *rule.T, o *spec.Operation, a *rule.Answer) bool {
	switch a.Status() {
	case http.StatusNotFound:
		return true
	case http.StatusBadRequest, http.StatusGone, http.StatusUnprocessableEntity:
		return len(spec.Placeholders(o.Path)) > 0 && !s.shown(t, o)
	}
	return false
}

// served: a server error is a finding; a refusal means that the target has no such
// resource, and the spec is skipped. A documented redirect counts as success.
func (s *suite) served(t *rule.T, a *rule.Answer) {
	t.Limited(a)
	if failed(a) {
		t.Violation(a, "HTTP-SERVE-001", "status", "accepted", "any status below 500 for a request that the document allows", status(a))
	}
	o := s.env.Contract.Operation(a.Operation)
	if a.Success() || a.Status()/100 == 3 && o.Documents(a.Status()) {
		return
	}
	s.redirected(t, a)
	switch a.Status() {
	case http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		t.Skip(reporters.SkipDown, "no valid request succeeded: the gateway of the target, or something else in front of it, answers with status %d", a.Status())
	case http.StatusUnauthorized, http.StatusForbidden:
		if len(s.alternative(o)) > 0 {
			t.Skip(reporters.SkipNoData, "no valid request succeeded: the target answers the given credential with status %d: check %s", a.Status(), s.variables(o))
		}
		s.wanted(t, o, a)
		t.Skip(reporters.SkipNoData, "no valid request succeeded: the target answers with status %d, and the document asks for no credential", a.Status())
	}
	t.Skip(reporters.SkipNoData, "no valid request succeeded (status %d): give data of the target with %s", a.Status(), s.hint(o))
}

// wanted judges that what is open to everybody asks for no credential.
func (s *suite) wanted(t *rule.T, o *spec.Operation, a *rule.Answer) {
	if a.Status() == http.StatusUnauthorized && s.open(o) {
		t.Violation(a, "HTTP-STATUS-002", "status", "documented", "a status that the operation documents: its own security asks for no credential", status(a))
	}
}

// open reports whether an operation is a read for everybody: its own security names no
// credential, it does not document 401, and it takes nothing that could be what is refused.
func (s *suite) open(o *spec.Operation) bool {
	return o.Method == http.MethodGet && s.env.Contract.Access(o).Open && !o.Documents(http.StatusUnauthorized) && !slices.Contains(o.Statuses, "default") &&
		!s.env.Contract.Unbound("HTTP-STATUS-002") && !slices.ContainsFunc(s.build.Inputs(o).Parameters, func(p spec.Input) bool { return p.Required })
}

// redirected: a redirect that no page documents leads nowhere that the document knows,
// unless it is to the same resource under another spelling of its address.
func (s *suite) redirected(t *rule.T, a *rule.Answer) {
	if a.Status()/100 != 3 || a.Status() == http.StatusNotModified || a.Request.URL == nil {
		return
	}
	to, err := a.Request.URL.Parse(a.Response.Header.Get("Location"))
	if err == nil && trimmed(to.Path) == trimmed(a.Request.URL.Path) && to.RawQuery == a.Request.URL.RawQuery {
		return
	}
	t.Violation(a, "HTTP-REDIRECT-001", "status", "documented", "a status that the operation documents for a request that the document allows", status(a)+" to "+strconv.Quote(a.Response.Header.Get("Location")))
}

// failed reports a server error other than those of a gateway or of a server that
// declines.
func failed(a *rule.Answer) bool {
	switch a.Status() {
	case 501, 502, 503, 504:
		return false
	}
	return a.Status() >= 500
}

// hint says which data would help.
func (s *suite) hint(o *spec.Operation) string {
	var names []string
	for _, p := range s.build.Inputs(o).Parameters {
		if p.Required && p.In != "header" && !s.build.Given(o, p) {
			names = append(names, "--data "+p.Name+"=…")
		}
	}
	if body := s.build.Inputs(o).Body; body != nil {
		names = append(names, "--data "+o.ID+".body=…")
	}
	if len(names) == 0 {
		return "--data"
	}
	return strings.Join(names, " ")
}

// parameter sends the valid read with an additional query parameter.
func (s *suite) parameter(t *rule.T, o *spec.Operation, in spec.Input) {
	plain := s.read(t, o, nil)
	if !plain.Success() {
		t.Skip(reporters.SkipNoData, "no request without query parameters succeeded (status %d)", plain.Status())
	}
	v, err := s.build.Value(o, in, nil)
	if err != nil {
		return // the parameter is optional
	}
	d := s.draft(t, o, nil).With(in, v)
	a := t.Send(s.request(t, d).WithNote("query parameter " + in.Name))
	switch {
	case failed(a):
		t.Violation(a, "HTTP-SERVE-001", "status", "accepted", "any status below 500 with query parameter "+in.Name, status(a))
	case a.Status() == http.StatusBadRequest || a.Status() == http.StatusUnprocessableEntity:
		if s.build.Given(o, in) || slices.ContainsFunc(in.Examples, func(shown any) bool { return jsonOf(shown) == jsonOf(v) }) {
			t.Violation(a, "HTTP-QUERY-001", "status", "accepted", fmt.Sprintf("a success, as without query parameter %s, of which the document shows the value", in.Name), status(a))
		}
	}
}

// draft returns the valid request before serialization. It skips the spec if an input has
// no value.
func (s *suite) draft(t *rule.T, o *spec.Operation, find request.Find) request.Draft {
	if find == nil {
		find = s.find(t)
	}
	d, err := s.build.Draft(o, find)
	s.need(t, err)
	return d
}

// request serializes a draft with the available credentials.
func (s *suite) request(t *rule.T, d request.Draft) request.Request {
	r, err := s.build.Request(d, s.alternative(d.Operation))
	s.need(t, err)
	if why := s.missing(d.Operation); why != "" {
		t.Skip(reporters.SkipConfiguration, "%s", why)
	}
	return r
}

func (s *suite) need(t *rule.T, err error) {
	var missing *request.MissingError
	if errors.As(err, &missing) {
		t.Skip(reporters.SkipConfiguration, "%v", err)
	} else if err != nil {
		t.Skip(reporters.SkipConfiguration, "the request cannot be built: %v", err)
	}
}

// status describes a response in the words of other findings.
func status(a *rule.Answer) string {
	if a.Response == nil {
		return "no response: " + a.Failure
	}
	return fmt.Sprintf("status %d", a.Status())
}
