package generic

import (
	"crypto/rand"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// lifecycle: what is created exists, what is changed has changed, what is deleted is
// gone. It reads a resource that it has created itself, after each step.
func (s *suite) lifecycle(o *spec.Operation) []probe {
	names := spec.Placeholders(o.Path)
	if s.depth == config.Quick || o.Method != http.MethodGet || o.Effect != spec.Reads || len(names) == 0 || !strings.HasSuffix(trimmed(o.Path), "/{"+names[len(names)-1]+"}") {
		return nil
	}
	name := names[len(names)-1]
	create := s.creation(o, name)
	if create == nil {
		create = s.naming(o, name)
	}
	if create == nil && s.sibling(o, http.MethodDelete) != nil {
		create = s.withinAnother(o, name)
	}
	if create == nil {
		return nil
	}
	p := probe{area: "state", op: o, text: "shows what was created, changed and deleted", ids: []string{"STATE-CREATE-001", "STATE-CREATE-002", "BODY-WRITEONLY-001", "HTTP-SERVE-001", "STATE-LIST-001"}}
	p.sends = append(sends(create, 1, 5, "something to follow"), sends(o, 0, 12, "what was made")...)
	if create.Method == http.MethodPut {
		p.sends = append(p.sends, s.free(o, *s.pathInput(o, name))...)
	}
	if list := (&life{suite: s, get: o, create: create, name: name}).holder(); list != nil {
		p.sends = append(p.sends, sends(list, 0, 2, "what was made")...)
	}
	for _, method := range []string{http.MethodPatch, http.MethodPut, http.MethodDelete} {
		change := s.sibling(o, method)
		if change == nil {
			continue
		}
		var most int
		if method == http.MethodDelete {
			p.ids = append(p.ids, "STATE-DELETE-001")
			p.sends = append(p.sends, s.partSends(o)...)
			most = 4
		} else {
			p.ids = append(p.ids, "STATE-CHANGE-001", "HTTP-ETAG-001")
			most = 6
		}
		if method == http.MethodPatch {
			p.ids = append(p.ids, "STATE-PATCH-001", "STATE-MERGE-001")
			most = 8
		}
		if method == http.MethodPut {
			p.ids = append(p.ids, "STATE-REPLACE-001")
		}
		if s.env.Contract.LooksAt(change, "If-Match") {
			p.ids = append(p.ids, "HTTP-MATCH-001")
		}
		p.sends = append(p.sends, sends(change, 0, most, "what was made")...)
	}
	if s.env.Contract.LooksAt(o, "If-None-Match") {
		p.ids = append(p.ids, "HTTP-NONEMATCH-001")
	}
	if s.partOfThing(o, name) != nil {
		p.ids = append(p.ids, "STATE-WITHIN-001")
	}
	p.run = func(t *rule.T) {
		l := &life{suite: s, t: t, get: o, create: create, name: name}
		l.follow()
	}
	return []probe{p}
}

// A life is that of a resource that a spec creates, changes and deletes.
type life struct {
	*suite
	t           *rule.T
	get, create *spec.Operation
	name        string // of the parameter that identifies the resource
	draft       request.Draft
	made        *rule.Answer
	id          any
	refused     bool // its deletion, for the state that it is in
}

func (l *life) follow() {
	use := l.within(l.t, l.create)
	defer func() { use.undo() }()
	if l.begin(use.find); !l.made.Success() && use.again { // there may be only one within it
		use.drop()
		use = l.within(l.t, l.create)
		l.begin(use.find)
	}
	if l.vain.note(l.create, l.made); !l.made.Success() {
		l.nothingMade(l.made)
	}
	gone := false
	defer func() {
		if !gone {
			l.takeBack()
		}
	}()
	first := l.created()
	l.listed(first)
	l.foreign()
	for _, method := range []string{http.MethodPatch, http.MethodPut} {
		if change := l.sibling(l.get, method); change != nil && l.missing(change) == "" {
			first = l.change(change, first)
		}
	}
	if remove := l.sibling(l.get, http.MethodDelete); remove != nil && l.missing(remove) == "" {
		if gone = l.deleteFilled(remove, first); l.refused && l.create.Method == http.MethodPost {
			l.deleteAsMade(use.find, remove)
		}
	}
}

// deleteAsMade makes another one and deletes that: the changes may be why the first cannot
// be deleted.
func (l *life) deleteAsMade(find request.Find, remove *spec.Operation) {
	other := &life{suite: l.suite, t: l.t, get: l.get, create: l.create, name: l.name}
	other.draft, other.made = l.makeFull(l.t, l.suite.draft(l.t, l.create, find), "something to delete")
	id, ok := l.createdID(other.made, l.get.Path, l.name)
	if !other.made.Success() || !ok {
		return
	}
	other.id = id
	if first := other.read("what was made"); !first.Success() || !other.delete(remove, first) {
		other.takeBack()
	}
}

// begin creates the resource, with all optional properties if the target accepts that.
func (l *life) begin(find request.Find) {
	t := l.t
	d := l.suite.draft(t, l.create, l.choosing(find))
	l.draft, l.made = l.makeFull(t, d, "something to follow")
	if failed(l.made) && l.create.Method == http.MethodPut {
		t.Violation(l.made, "HTTP-SERVE-001", "status", "accepted", "any status below 500 for a new "+l.name+" that the document allows", status(l.made))
	}
}

// nothingMade skips the spec, for that answer to the creation.
func (l *life) nothingMade(a *rule.Answer) {
	l.t.Skip(reporters.SkipNoData, "nothing could be created: %s was answered with status %d: give data of the target with %s", l.create.Name(), a.Status(), l.hint(l.create))
}

// choosing is a finder that chooses the name of what a PUT makes.
func (l *life) choosing(shown request.Find) request.Find {
	if l.create.Method != http.MethodPut {
		return shown
	}
	return func(o *spec.Operation, p spec.Input) (any, bool) {
		if p.In != "path" || p.Name != l.name {
			return shown(o, p)
		}
		if l.id == nil {
			l.id, _ = l.nobodys(l.t, o, p, shown)
		}
		return l.id, l.id != nil
	}
}

// listed judges that the list to which the resource belongs has it.
func (l *life) listed(first *rule.Answer) {
	list := l.holder()
	if list == nil || l.missing(list) != "" {
		return
	}
	d, err := l.drafted(list)
	if err != nil {
		return
	}
	x := &addition{suite: l.suite, t: l.t, add: l.create, list: d, draft: l.draft, made: l.made, id: l.id, sure: l.create.Method == http.MethodPut}
	x.identify(unwrapped(first.Value()))
	x.look()
	if body, media := l.draft.Body(); x.seen != nil && media != nil {
		l.hidden(body, media.Schema, x.seen)
		x.single(body)
	}
}

// holder is the read of the list to which the resource belongs, nil if there is none.
func (l *life) holder() *spec.Operation {
	for _, list := range append(slices.Clone(l.index().reads[trimmed(collection(l.get.Path, l.name))]), l.index().reads[trimmed(l.create.Path)]...) {
		if list != l.get && l.env.Contract.AnswersJSON(list) {
			return list
		}
	}
	return nil
}

// takeBack deletes what was made.
func (l *life) takeBack() {
	if trimmed(l.create.Path) == trimmed(collection(l.get.Path, l.name)) {
		l.remove(l.t, l.create, l.made)
		return
	}
	if l.id == nil {
		return // it is not known to be new
	}
	remove := l.sibling(l.get, http.MethodDelete)
	d, err := l.drafted(remove)
	if r, wrong := l.build.Request(d, l.alternative(remove)); err == nil && wrong == nil {
		l.tidy(l.t, r, l.made)
	}
}

func suffix() string { return "-" + strings.ToLower(rand.Text()[:8]) }

var suffixes = regexp.MustCompile(`-[a-z2-7]{8}$`)

// suffixed reports whether a text ends with a suffix of this run.
func suffixed(text string) bool { return suffixes.MatchString(text) }

// created reads the new resource and checks that it exists.
func (l *life) created() *rule.Answer {
	t := l.t
	id, ok := l.id, l.id != nil // the run has chosen it
	if !ok {
		id, ok = l.createdID(l.made, l.get.Path, l.name)
	}
	location := l.made.Response.Header.Get("Location")
	_, named := fromAddress(location, l.get.Path, l.name)
	if !ok {
		l.takeBack()
		t.Skip(reporters.SkipNoData, "the response of %s does not say what %s is", l.create.Name(), l.name)
	}
	if l.create.Method == http.MethodPost && trimmed(l.create.Path) != trimmed(collection(l.get.Path, l.name)) && (l.made.Status() != http.StatusCreated || says(l.draft, id)) {
		t.Skip(reporters.SkipNoData, "the response of %s does not say that %s is new", l.create.Name(), l.name)
	}
	l.id = id
	a := l.read("what was made")
	if location != "" && a.Success() {
		l.lookAt(location, a)
	}
	// The id is certain if Location contains it, or if a listed resource has one of that
	// kind.
	put := l.create.Method == http.MethodPut && l.made.Status() != http.StatusAccepted
	known := put || named || l.peek(t, l.get, nil) != nil && l.shown(t, l.get)
	begun := named && l.made.Status() == http.StatusAccepted // RFC 9110 section 15.3.3: where its state is told
	if known && absentNow(a) && (put || begun || l.made.Status() == http.StatusCreated) {
		if a = l.settled("what was made", func(a *rule.Answer) bool { return !absentNow(a) }); absentNow(a) {
			t.Violation(a, "STATE-CREATE-001", "status", "present", fmt.Sprintf("what %s said that it made (status %d)", l.create.Name(), l.made.Status()), status(a))
			t.Stop()
		}
	}
	if !a.Success() {
		l.takeBack()
		t.Skip(reporters.SkipNoData, "what was made is not shown: status %d", a.Status())
	}
	return l.kept(a)
}

// says reports whether a body names an id.
func says(d request.Draft, id any) bool {
	body, _ := d.Body()
	return slices.ContainsFunc(slices.Collect(maps.Values(flat(body))), func(v any) bool { return text(v) == text(id) })
}

func absentNow(a *rule.Answer) bool {
	return a.Status() == http.StatusNotFound || a.Status() == http.StatusGone
}

// lookAt reads the URL in Location if it is not the one already read, on the same host
// and with the credentials of the creation.
func (l *life) lookAt(location string, read *rule.Answer) {
	u, err := url.Parse(location)
	if made := l.made.Status(); err != nil || made != http.StatusCreated && made != http.StatusAccepted || l.made.Request.URL == nil {
		return
	}
	at := l.made.Request.URL.ResolveReference(u)
	if at.Host != l.made.Request.URL.Host || at.Scheme != l.made.Request.URL.Scheme {
		return // behind a gateway the target has another name
	}
	if at.EscapedPath() == read.Request.URL.EscapedPath() {
		return
	}
	r := l.request(l.t, l.draft).WithoutBody().WithMethod(http.MethodGet).WithEffect(spec.Reads).WithNote("what Location names")
	r.Operation, r.Path, r.Query = "", at.EscapedPath(), at.RawQuery
	if o := l.env.Contract.Locate(http.MethodGet, r.Path); o != nil {
		r.Operation = o.ID
	}
	if a := l.until(l.t, func() *rule.Answer { return l.t.Send(r) }, func(a *rule.Answer) bool { return !absentNow(a) }); absentNow(a) {
		l.t.Violation(l.made, "STATE-CREATE-001", "header Location", "present", "the address of what was made", fmt.Sprintf("%q, which is answered with status %d", location, a.Status()))
	}
}

// drafted returns the draft of an operation on the resource.
func (l *life) drafted(o *spec.Operation) (request.Draft, error) {
	shown := l.supplied(l.t, l.find(l.t))
	return l.build.Draft(o, func(op *spec.Operation, p spec.Input) (any, bool) {
		if p.Name == l.name {
			return l.build.Typed(p.Schema, l.id)
		}
		if v, ok := l.draft.Value(p); ok {
			return v, true // the collection that it was created in
		}
		return shown(op, p)
	})
}

// read reads the resource.
func (l *life) read(note string, header ...string) *rule.Answer {
	d, err := l.drafted(l.get)
	l.need(l.t, err)
	r := l.request(l.t, d).WithNote(note)
	if len(header) == 2 {
		r = r.WithHeader(header[0], header[1])
	}
	return l.t.Send(r)
}

// settled reads the resource until the response is good or the time to settle is over.
func (l *life) settled(note string, good func(*rule.Answer) bool) *rule.Answer {
	return l.until(l.t, func() *rule.Answer { return l.read(note) }, good)
}

// until reads until the response is good or the time to settle is over: targets may show
// changes with a delay.
func (s *suite) until(t *rule.T, read func() *rule.Answer, good func(*rule.Answer) bool) *rule.Answer {
	deadline := time.Now().Add(s.env.Config.Settle)
	for wait := 100 * time.Millisecond; ; wait *= 2 {
		a := read()
		if left := time.Until(deadline); good(a) || left <= 0 || !t.Wait(min(wait, left)) {
			return a
		}
	}
}
