package rule

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
)

// take judges an exchange and adds it to what the spec saw.
func (t *T) take(r request.Request, ex spec.Exchange) *Answer {
	defer t.Env.Alone(ex)()
	a := newAnswer(t, ex)
	t.noteCreated(r, a)
	if t.Err() != nil || client.NotSent(ex) {
		return a // an interrupted request says nothing about the target
	}
	a.Findings, a.judged = t.Env.Judge(ex)
	if r.Excluded && a.Success() {
		a.Findings = slices.DeleteFunc(a.Findings, func(f spec.Finding) bool { return strings.HasPrefix(f.Requirement, "BODY-SCHEMA-") })
	}
	a.judged.JSON() // now, because other specs may use the response concurrently
	t.add(a)
	a.lighten(t)
	return a
}

// Judge judges an exchange that [T.Exchange] has returned. The answer is not the spec's
// until it is given to [T.Use]: drop findings that do not count before.
func (t *T) Judge(ex spec.Exchange) *Answer {
	defer t.Env.Alone(ex)()
	a := &Answer{Exchange: ex}
	a.Findings, a.judged = t.Env.Judge(ex)
	a.judged.JSON() // as in take
	a.lighten(t)
	return a
}

// Use adds a response that another spec of the run received: expensive requests are sent
// once and inspected by several specs.
func (t *T) Use(a *Answer) *Answer {
	t.add(a)
	return a
}

func (t *T) add(a *Answer) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.kept == nil {
		t.kept = map[string]func() reporters.Exchange{}
		t.observed = map[string]int{}
		t.drift = map[reporters.Drift]int{}
	}
	ex := a.Exchange
	if _, twice := t.kept[ex.ID]; twice {
		return
	}
	t.keep(ex)
	t.order = append(t.order, ex.ID)
	t.findings = append(t.findings, a.Findings...)
	t.meetOutage(a.Findings)
	if a.FailureKind == spec.FailureGone {
		t.down = a.Failure
	}
	t.reach(a)
	if a.owner != t {
		return // counted where it was sent
	}
	operation := t.count(ex)
	for _, item := range a.judgement(t).Observed() {
		t.observed[item]++
	}
	for _, where := range a.judgement(t).Drift() {
		t.drift[reporters.Drift{Operation: operation, Where: t.Env.Place(where)}]++
	}
}

// count counts an exchange of this spec once, and returns the name of its operation.
func (t *T) count(ex spec.Exchange) (operation string) {
	operation = t.Env.Contract.OperationName(ex)
	if t.counted[ex.ID] {
		return operation
	}
	if t.tally == nil {
		t.counted, t.tally = map[string]bool{}, map[string]*reporters.Tally{}
	}
	t.counted[ex.ID] = true
	n := t.tally[operation]
	if n == nil {
		n = &reporters.Tally{Operation: operation, Statuses: map[int]int{}}
		t.tally[operation] = n
	}
	n.Exchanges++
	if ex.Response != nil {
		n.Statuses[ex.Response.Status]++
		n.Durations = append(n.Durations, ex.Duration)
	}
	return operation
}

// sent counts an exchange that may never be given to [T.Use]. One that was interrupted says
// nothing about the target.
func (t *T) sent(ex spec.Exchange) {
	if t.Err() != nil || client.NotSent(ex) {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.count(ex)
}

// keep keeps what reports show of an exchange. Of a large response that is little, and a
// spec may get dozens, so that it is made at once.
func (t *T) keep(ex spec.Exchange) {
	show := func() reporters.Exchange { return t.Env.Show(ex, t.name) }
	if ex.Response != nil && len(ex.Response.Body) > mostHeld {
		shown := show()
		show = func() reporters.Exchange { return shown }
	}
	t.kept[ex.ID] = show
}

// meetOutage keeps the exchanges that findings about the whole target name.
func (t *T) meetOutage(findings []spec.Finding) {
	for _, f := range findings {
		if last, ok := t.Env.Culprit(f.Exchange); ok {
			if t.kept == nil {
				t.kept = map[string]func() reporters.Exchange{}
			}
			if _, known := t.kept[last.ID]; !known {
				t.order = append(t.order, last.ID)
			}
			t.keep(last)
		}
	}
}

// wasDown returns why nothing that the spec saw counts: a request met a target that was
// down or had changed. It returns "" if none did.
func (t *T) wasDown() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.down
}

// noteCreated records what the run has created at the target, whether the request was
// valid or not, and what may have been created although there was no response, even
// because of an interruption: whoever cleans up needs the whole list.
func (t *T) noteCreated(r request.Request, a *Answer) {
	made := t.Env.Made(r, a.Exchange)
	if made == env.No {
		return
	}
	note := func(what, id string) {
		c := reporters.Created{What: what, ID: t.Env.Text(id), Spec: t.name}
		if made == env.Perhaps {
			c.Unsure = a.Failure
		}
		t.mu.Lock()
		t.created = append(t.created, c)
		t.mu.Unlock()
		if t.Env.OnCreated != nil {
			t.Env.OnCreated(c)
		}
	}
	pack := t.Env.Pack
	if pack.Created == nil {
		note(t.Env.Contract.OperationName(a.Exchange)+" request", thing(a))
		return
	}
	for _, made := range pack.Created(r, t.Env.Contract.Match(a.Request.Method, a.Request.Path()), a.Value()) {
		note(made.What, made.ID)
	}
	if !a.Success() || pack.Invented == nil {
		return
	}
	if b, ok := pack.Invented(t.Env, r); ok {
		t.Violation(a, b.Requirement, "status", "refused", b.Want, got(a))
	}
}

// TookBack records and reports that what a response created is deleted again.
func (t *T) TookBack(made *Answer) {
	var gone []reporters.Created
	t.mu.Lock()
	for i := range t.created {
		if c := &t.created[i]; c.ID == t.Env.Text(thing(made)) && !c.Deleted {
			c.Deleted = true
			gone = append(gone, *c)
		}
	}
	t.mu.Unlock()
	for _, c := range gone {
		if t.Env.OnCreated != nil {
			t.Env.OnCreated(c)
		}
	}
}

// thing identifies the resource that a response created or changed: by its Location, its
// id, or the request path.
func thing(a *Answer) string {
	if a.Response != nil {
		if location := a.Response.Header.Get("Location"); location != "" {
			return location
		}
	}
	switch id := a.At("id").(type) {
	case string:
		return id
	case json.Number:
		return id.String()
	}
	return a.Request.Path()
}

// shown returns the exchanges that findings name, in sending order. A report explains
// violations; everything else is only counted.
func (t *T) shown() []reporters.Exchange {
	var list []reporters.Exchange
	for _, id := range t.order {
		if slices.ContainsFunc(t.findings, func(f spec.Finding) bool { return f.Exchange == id }) {
			list = append(list, t.kept[id]())
		}
	}
	return list
}

func (t *T) tallies() []reporters.Tally {
	var list []reporters.Tally
	for _, name := range slices.Sorted(maps.Keys(t.tally)) {
		list = append(list, *t.tally[name])
	}
	return list
}

func (t *T) drifts() []reporters.Drift {
	var list []reporters.Drift
	for d, n := range t.drift {
		d.Count = n
		list = append(list, d)
	}
	slices.SortFunc(list, func(a, b reporters.Drift) int {
		return cmp.Or(cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Where, b.Where))
	})
	return list
}
