package proof

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/hostup/api-conformance/fixtures/golden"
	"github.com/hostup/api-conformance/fixtures/refserver"
)

// A Trivial is a server that responds without reading the request. A suite that such a
// server passes tests nothing.
type Trivial struct {
	ID       string
	Sentence string
	Server   func() (*refserver.Server, error)
}

// AllTrivial returns the trivial servers. The error is one of the golden exchanges.
func AllTrivial() ([]Trivial, error) {
	examples, err := successes()
	if err != nil {
		return nil, err
	}
	return []Trivial{
		{"always-200", "every request is answered with 200 and {}", always(200, "{}")},
		{"always-404", "every request is answered with 404 and {}", always(404, "{}")},
		{"always-500", "every request is answered with 500 and {}", always(500, "{}")},
		{"always-example", "every request of an operation is answered with its documented example", replay(examples)},
	}, nil
}

// always returns a server that gives the same response to everything.
func always(status int, body string) func() (*refserver.Server, error) {
	return written(func(w http.ResponseWriter, _ *refserver.Answer) { writeJSON(w, status, body) })
}

// replay returns a server that answers each operation with an example, and everything
// else with 404, like a static mock.
func replay(examples map[string]golden.Exchange) func() (*refserver.Server, error) {
	return written(func(w http.ResponseWriter, a *refserver.Answer) {
		x, ok := examples[a.Call.Operation.ID]
		if !ok {
			writeJSON(w, http.StatusNotFound, "{}")
			return
		}
		writeJSON(w, x.Response.Status, string(x.Response.Body))
	})
}

func written(write func(w http.ResponseWriter, a *refserver.Answer)) func() (*refserver.Server, error) {
	return func() (*refserver.Server, error) {
		rules := refserver.DefaultRules()
		rules.Write = write
		return refserver.New(refserver.Config{Rules: rules})
	}
}

func writeJSON(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body)) // net/http leaves it out for HEAD
}

// successes returns the documented successful responses by operation: the first non-empty
// one of each.
func successes() (map[string]golden.Exchange, error) {
	all, err := golden.All()
	if err != nil {
		return nil, err
	}
	found := map[string]golden.Exchange{}
	for _, name := range []string{"activity-transactions", "cards-one", "invoice-read", "order-created", "pay-scheduled", "shared-hosting", "storage-addons", "v1-cards-read"} {
		for _, x := range all {
			if x.Name == name {
				found[x.Operation] = x
			}
		}
	}
	for _, o := range refserver.Operations() {
		if _, ok := found[o.ID]; !ok {
			return nil, fmt.Errorf("no golden exchange shows a success of %s: have %s", o.ID, strings.Join(keys(found), ", "))
		}
	}
	return found, nil
}

func keys(m map[string]golden.Exchange) (list []string) {
	for _, o := range refserver.Operations() {
		if _, ok := m[o.ID]; ok {
			list = append(list, o.ID)
		}
	}
	return list
}
