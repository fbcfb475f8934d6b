package generic

import (
	"net/http"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// foreign judges that what was made within one thing is not served as a part of another
// one. Only a POST to the collection within the first one says where it belongs.
func (l *life) foreign() {
	parent := l.parent()
	if parent == nil || l.create.Method != http.MethodPost || trimmed(l.create.Path) != trimmed(collection(l.get.Path, l.name)) {
		return
	}
	own, _ := l.draft.Value(*parent)
	other, ok := l.findingBut(l.t, nil, map[string]bool{text(own): true})(l.get, *parent)
	if !ok {
		return
	}
	d, err := l.drafted(l.get)
	if err != nil {
		return
	}
	r := l.request(l.t, d.With(*parent, other)).WithNote("what was made, as a part of another thing")
	a := l.t.Send(r)
	if failed(a) {
		l.t.Violation(a, "HTTP-SERVE-001", "status", "accepted", "any status below 500 for a request that the document allows", status(a))
	}
	if l.t.Exercised("STATE-WITHIN-001"); a.Status() == http.StatusOK && strings.Contains(string(a.Response.Body), text(l.id)) {
		l.t.Violation(a, "STATE-WITHIN-001", "status", "absent", "status 404, as it was made within "+l.made.Request.Path(), status(a))
	}
}

// parent is the parameter of the thing that the collection is within, where the document
// reads that thing itself: a place such as a language or a region has no address.
func (l *life) parent() *spec.Input {
	return l.partOfThing(l.get, l.name)
}

func (s *suite) partOfThing(get *spec.Operation, name string) *spec.Input {
	above := trimmed(collection(get.Path, name))
	at := strings.LastIndex(above, "/")
	if at < 0 || !strings.HasSuffix(above[:at], "}") {
		return nil
	}
	for _, o := range s.near.at[above[:at]] {
		if names := spec.Placeholders(o.Path); o.Method == http.MethodGet && o.Effect == spec.Reads {
			return s.pathInput(get, names[len(names)-1])
		}
	}
	return nil
}
