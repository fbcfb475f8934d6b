package generic

import (
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// notListed judges that the list of another customer does not have what that customer is
// told not to exist. A refusal says less: many lists name what may not be opened.
func (s *suite) notListed(t *rule.T, o *spec.Operation, refused *rule.Answer, keys []request.Key) {
	list := s.collectionRead(o)
	if list == nil || refused.Status() != http.StatusNotFound {
		return
	}
	names := spec.Placeholders(o.Path)
	last := names[len(names)-1]
	id, ok := s.draft(t, o, nil).Value(*s.pathInput(o, last))
	if own := s.peek(t, list, nil); !ok || own == nil || !hasRow(own, o.Path, last, id) {
		return
	}
	r, err := s.build.Request(s.draft(t, list, nil), nil)
	s.need(t, err)
	a := t.Send(r.WithKeys(keys...).WithNote("the list as another customer"))
	if a.Success() && hasRow(a, o.Path, last, id) {
		t.Violation(a, "OWN-ACCESS-001", "body", "foreign", "nothing that this customer is told not to exist", text(id)+", of another customer")
	}
}

// listedToBoth reports whether what an operation names, and no customer can make, is in the
// list of another customer as well: it is there for all, or each has one of that name.
func (s *suite) listedToBoth(t *rule.T, o *spec.Operation, keys []request.Key) bool {
	names := spec.Placeholders(o.Path)
	list, last := s.collectionRead(s.readOf(o)), names[len(names)-1]
	if list == nil || s.creation(o, last) != nil || s.naming(s.readOf(o), last) != nil || s.missing(list) != "" {
		return false
	}
	id, ok := s.draft(t, o, nil).Value(*s.pathInput(o, last))
	r, err := s.build.Request(s.draft(t, list, nil), nil)
	if !ok || err != nil {
		return false
	}
	a := t.Send(r.WithKeys(keys...).WithNote("the list as another customer"))
	return a.Success() && hasRow(a, s.readOf(o).Path, last, id)
}

// readOf is the read of what an operation is about, or the operation itself.
func (s *suite) readOf(o *spec.Operation) *spec.Operation {
	if get := s.sibling(o, http.MethodGet); get != nil {
		return get
	}
	return o
}

// collectionRead is the read of the collection that has what an operation reads, nil if
// there is none, or if everybody may read it.
func (s *suite) collectionRead(o *spec.Operation) *spec.Operation {
	names := spec.Placeholders(o.Path)
	if o.Method != http.MethodGet || len(names) == 0 {
		return nil
	}
	last := names[len(names)-1]
	reads := s.index().reads[trimmed(collection(o.Path, last))]
	if len(reads) == 0 || s.pathInput(o, last) == nil || !strings.HasSuffix(trimmed(o.Path), "/{"+last+"}") || !s.env.Contract.Access(reads[0]).Required() {
		return nil
	}
	return reads[0]
}

// deniedSame judges a read of what has a name of its maker: another customer is served
// nothing, or his own thing of that name.
func (s *suite) deniedSame(t *rule.T, o *spec.Operation, keys []request.Key) {
	own := s.read(t, o, nil)
	r, err := s.build.Request(s.draft(t, o, nil), nil)
	s.need(t, err)
	a := t.Send(r.WithKeys(keys...).WithNote("a credential " + whose[request.OtherCustomer]))
	switch {
	case own.Success() && a.Success() && string(own.Response.Body) == string(a.Response.Body):
		t.Violation(a, "OWN-ACCESS-001", "status", "refused", "status 401 or 403 for a credential "+whose[request.OtherCustomer], status(a))
	case failed(a):
		t.Violation(a, "HTTP-ROBUST-001", "status", "refused", "any status below 500 for a credential "+whose[request.OtherCustomer], status(a))
	}
}

// hasRow reports whether a row of an answer is about an id.
func hasRow(a *rule.Answer, path, name string, id any) bool {
	const depth = 3
	return slices.ContainsFunc(firstList(a.Value(), depth), func(row any) bool {
		list := candidates(row, path, name)
		return len(list) > 0 && text(list[0]) == text(id)
	})
}

// distinct judges that a list of things that have addresses, or an id, has each once.
func (s *suite) distinct(t *rule.T, o *spec.Operation, a *rule.Answer) {
	const depth = 3
	if o.Method != http.MethodGet || !s.collects(o) || !a.Success() || lists(a.Value(), depth) != 1 {
		return
	}
	seen := map[string]bool{}
	for _, row := range firstList(a.Value(), depth) {
		shown, _ := row.(map[string]any)
		id := shown["id"]
		if below := s.index().below[trimmed(o.Path)]; below != "" {
			if list := candidates(row, trimmed(o.Path)+"/{"+below+"}", below); len(list) > 0 {
				id = list[0]
			}
		}
		key := jsonOf(row)
		if scalarValue(id) && seen[key] {
			t.Violation(a, "LIST-UNIQUE-001", "body", "unique", "each thing once", rowOf(text(id))+" again, alike in all")
			return
		}
		seen[key] = true
	}
}

// collects reports whether an operation lists things that can be made or addressed.
func (s *suite) collects(o *spec.Operation) bool {
	return s.index().below[trimmed(o.Path)] != "" || s.index().adds[o.Path]
}

// namedByMaker reports whether who makes a thing chooses the word that its path has: each
// customer may have one of that name.
func (s *suite) namedByMaker(o *spec.Operation) bool {
	names := spec.Placeholders(o.Path)
	last := names[len(names)-1]
	create := s.creation(o, last)
	if plain := generalName(last); create == nil || strings.HasSuffix(plain, "id") || strings.HasSuffix(plain, "pk") {
		return false
	}
	d, ok := s.sample(create)
	if full, more := s.build.Full(d); ok && more {
		d = full
	}
	body, _ := object(d)
	return slices.ContainsFunc(ordered(body), func(name string) bool {
		return generalName(name) == generalName(last) || generalName(name) == lastWord(last)
	})
}
