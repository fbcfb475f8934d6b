package generic

import (
	"context"
	"net/http"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// write sends the valid request of an operation that changes something. If the document
// has a creation, the resource to change is created first; undo deletes what was created.
func (s *suite) write(t *rule.T, o *spec.Operation) (a *rule.Answer, undo func()) {
	use := s.borrowOwn(t, o)
	undo = use.undo
	d := s.standingAs(t, s.draft(t, o, use.find))
	defer func() {
		if a == nil {
			undo() // the spec ends here
		}
	}()
	valid := func(d request.Draft) request.Request {
		r := s.conditional(t, d, s.request(t, d))
		if o.Effect == spec.Deletes && s.made(d) {
			r = r.WithEffect(spec.Writes) // it belongs to this run
		}
		return r.WithNote("valid")
	}
	show := s.standingAction(t, d)
	a = s.sendNew(t, d, valid)
	if !a.Success() && use.again { // what others have done with it may be why
		use.drop()
		use = s.borrowOwn(t, o)
		undo = use.undo
		d = s.standingAs(t, s.draft(t, o, use.find))
		a = s.sendNew(t, d, valid)
	}
	s.vain.note(o, a)
	if other, b := s.otherThings(t, d, a, use.find, valid); b != nil {
		d, a = other, b
	}
	if undecided(a) && s.made(d) && below(o) && s.shown(t, o) { // what is new may be in no state for it
		if standing, err := s.build.Draft(o, s.supplied(t, s.find(t))); err == nil {
			d = s.standingAs(t, standing)
			a = s.sendNew(t, d, valid)
		}
	}
	show(d, a)
	s.deleted(d, a)
	if body, media := d.Body(); a.Success() && media != nil {
		s.accepted.remember(o, body)
	}
	if a.Success() && s.env.Contract.Creates(o) {
		s.defaults(t, d, a)
	}
	switch {
	case !a.Success():
		return a, undo
	case o.Method == "DELETE":
		return a, func() {} // it is gone
	}
	before := undo
	return a, func() {
		s.remove(t, o, a)
		before()
	}
}

// conditional is a request with the entity tag of what it changes, where its operation
// asks for one: any other is refused.
func (s *suite) conditional(t *rule.T, d request.Draft, r request.Request) request.Request {
	get := s.sibling(d.Operation, http.MethodGet)
	if get == nil || get.Effect != spec.Reads || !s.env.Contract.LooksAt(d.Operation, "If-Match") {
		return r
	}
	now, err := s.build.Draft(get, func(_ *spec.Operation, p spec.Input) (any, bool) { return d.Value(p) })
	if err != nil {
		return r
	}
	a := t.Send(s.request(t, now).WithNote("the entity tag of what is changed"))
	if tag := a.Response.Header.Get("ETag"); a.Success() && tag != "" {
		return r.WithHeader("If-Match", tag)
	}
	return r
}

// sendNew sends a draft. A creation that conflicts with an existing name (409, in many
// frameworks 400 or 422), and a change without effect (304), are repeated with other names.
func (s *suite) sendNew(t *rule.T, d request.Draft, write func(request.Draft) request.Request) *rule.Answer {
	a := t.Send(write(d))
	if s.vain.is(d.Operation) {
		return a
	}
	defer func() {
		if o, _ := s.removal(d.Operation); o == nil { // anything else is deleted again
			s.met.remember(a)
		}
	}()
	again := map[string]int{http.MethodPost: http.StatusConflict, http.MethodPut: http.StatusNotModified, http.MethodPatch: http.StatusNotModified}
	taken, known := again[d.Operation.Method]
	if invalid := a.Status() == http.StatusBadRequest || a.Status() == http.StatusUnprocessableEntity; invalid && d.Operation.Method == http.MethodPost {
		if d, ok := s.build.Renamed(d, suffix()); ok {
			if b := t.Send(write(d).WithNote("another name")); b.Success() {
				a = b
			}
		}
	}
	if !known || a.Status() != taken {
		return a
	}
	for _, other := range []func(request.Draft, string) (request.Draft, bool){s.build.Renamed, s.build.Reshaped} {
		if d, ok := other(d, suffix()); ok {
			if a = t.Send(write(d).WithNote("another name")); a.Status() != taken {
				break
			}
		}
	}
	return a
}

// own creates a resource for an operation that changes one, or a part of one, and finds its
// id: what was there before may be of use to someone. To read a part it prefers an existing
// resource.
func (s *suite) own(t *rule.T, o *spec.Operation) (find request.Find, undo func()) {
	if len(spec.Placeholders(o.Path)) == 0 || o.Effect == spec.Reads && below(o) && s.shown(t, o) {
		return s.supplied(t, s.find(t)), func() {}
	}
	return s.fresh(t, o)
}

// borrowOwn is own for a valid change, which other specs may have sent to the same thing.
func (s *suite) borrowOwn(t *rule.T, o *spec.Operation) borrowed {
	if len(spec.Placeholders(o.Path)) > 0 && o.Effect != spec.Deletes {
		return s.borrow(t, o, toChange)
	}
	find, undo := s.own(t, o)
	return borrowed{find, func() {}, false, undo}
}

// below reports whether an operation is about a part of what its path names.
func below(o *spec.Operation) bool {
	return len(spec.Placeholders(o.Path)) > 0 && !strings.HasSuffix(trimmed(o.Path), "}")
}

// readOwn reads a resource created for it, if there is none to read and the run may
// create one; else it returns absent.
func (s *suite) readOwn(t *rule.T, o *spec.Operation, absent *rule.Answer) (a *rule.Answer, undo func()) {
	find, undo := s.supplied(t, s.find(t)), func() {}
	if !below(o) || !s.shown(t, o) {
		use := s.borrow(t, o, toKeep)
		find, undo = use.find, use.undo
	}
	d, err := s.build.Draft(o, find)
	if err != nil || !s.made(d) && s.request(t, d).Path == absent.Request.Path() {
		return absent, undo // else a response has shown one since
	}
	defer func() {
		if a == nil {
			undo() // the spec ends here
		}
	}()
	return t.Send(s.request(t, d).WithNote("what was made for it")), undo
}

// made reports whether the run itself has created what a draft names.
func (s *suite) made(d request.Draft) bool {
	names := spec.Placeholders(d.Operation.Path)
	for _, p := range d.Inputs.Parameters {
		if p.In == "path" && len(names) > 0 && p.Name == names[len(names)-1] {
			v, _ := d.Value(p)
			return s.env.Noted("made " + d.Operation.Path + " " + text(v))
		}
	}
	return false
}

// createdID returns the id of a created resource, as a path parameter.
func (s *suite) createdID(a *rule.Answer, path, name string) (any, bool) {
	if location := a.Response.Header.Get("Location"); location != "" {
		if v, ok := fromAddress(location, path, name); ok {
			return v, true
		}
	}
	body := a.Value()
	if o, ok := body.(map[string]any); ok {
		for _, v := range candidates(o, path, name) {
			return v, true
		}
		for _, inner := range o { // {"pet": {"id": 7}}
			if list := candidates(inner, path, name); len(list) > 0 && len(o) == 1 {
				return list[0], true
			}
		}
	} else if scalarValue(body) {
		return body, true
	}
	return nil, false
}

// remove deletes what an operation has created, if the document has a DELETE for it, and
// reports whether it is gone. The DELETE operation's own specs judge whether that works.
func (s *suite) remove(t *rule.T, create *spec.Operation, a *rule.Answer) bool {
	return s.env.Spent(spec.Writes) == "" && s.removeBy(t, create, a, s.env.Exchange)
}

// An exchanger is [env.Env.Exchange].
type exchanger func(ctx context.Context, r request.Request, requirements []string) spec.Exchange

// removeBy is remove with another way to send.
func (s *suite) removeBy(t *rule.T, create *spec.Operation, a *rule.Answer, send exchanger) bool {
	o, last := s.removal(create)
	if o == nil {
		return false
	}
	v, ok := s.createdID(a, o.Path, last)
	if !ok {
		return false
	}
	d, err := s.build.Draft(o, func(_ *spec.Operation, p spec.Input) (any, bool) {
		if p.Name == last {
			return v, true
		}
		return fromPath(a, s.env.Contract.BasePath(create)+create.Path, p.Name)
	})
	if err != nil {
		return false
	}
	r, err := s.build.Request(d, s.alternative(o))
	if err != nil {
		return false
	}
	if !s.tidyBy(t, s.conditional(t, d, r), a, send) {
		return false
	}
	s.env.Note(gone(o.Path, last, v))
	return true
}

// tidy sends the request that deletes what was created, and reports whether it is gone.
func (s *suite) tidy(t *rule.T, r request.Request, made *rule.Answer) bool {
	return s.tidyBy(t, r, made, s.env.Exchange)
}

func (s *suite) tidyBy(t *rule.T, r request.Request, made *rule.Answer, send exchanger) bool {
	ex := send(t.Context, r.WithEffect(spec.Writes).WithNote("deletes what was created"), []string{"clean-up"})
	if ex.Response == nil || ex.Response.Status/100 != 2 {
		s.unremoved(t, ex)
		return false
	}
	t.TookBack(made)
	return true
}

// unremoved judges a deletion without success: what has parts, or what others refer to, may
// be refused, and is no server error.
func (s *suite) unremoved(t *rule.T, ex spec.Exchange) {
	if a := t.Judge(ex); failed(a) {
		t.Use(a)
		t.Violation(a, "HTTP-SERVE-001", "status", "accepted", "any status below 500 for a request that the document allows", status(a))
	}
}

// fromPath returns the value of a parameter in the path of a request.
func fromPath(a *rule.Answer, template, name string) (any, bool) {
	return fromAddress(a.Request.Path(), template, name)
}

func text(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return strings.Trim(jsonOf(v), `"`)
}
