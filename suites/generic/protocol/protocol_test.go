package protocol_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/internal/areatest"
)

// families with specs in this area; media has many more in other areas.
const families = "methods || input || MEDIA-ACCEPT-001 || LEAK-CREDENTIAL-001"

var area = areatest.New("protocol")

func TestCleanServer(t *testing.T) {
	r := area.Run(t, nil, config.Pay, families)
	if ids := area.Found(r); len(ids) > 0 {
		t.Errorf("the clean server has findings of %v", ids)
	}
	n := 0
	for _, s := range area.Specs(r) {
		n++
		if s.Outcome != reporters.Passed {
			t.Errorf("%s: %s %v", s.Name, s.Outcome, s.Skip)
		}
	}
	if n < 130 {
		t.Errorf("%d specs, want at least 130", n)
	}
	for _, c := range r.Created {
		if strings.HasPrefix(c.Spec, "protocol / ") {
			t.Errorf("%s created %s %s", c.Spec, c.What, c.ID)
		}
	}
}

// Bodies in this area name resources that do not exist: at a conforming target nothing is
// ordered or paid.
func TestNothingIsCarriedOut(t *testing.T) {
	var mu sync.Mutex
	done := 0
	r := area.Run(t, func(rules *refserver.Rules) {
		rules.Answer = func(a *refserver.Answer) {
			mu.Lock()
			defer mu.Unlock()
			if a.Call.Request.Method == http.MethodPost && a.Status < 300 {
				done++
			}
		}
	}, config.Pay, families)
	created := 0
	for _, c := range r.Created {
		if c.What != "invoice" { // every order comes with one
			created++
		}
	}
	if done != created {
		t.Errorf("%d POST requests were carried out, %d are accounted for by other areas", done, created)
	}
}

// A read-only run sends no method that could change something.
func TestReadOnly(t *testing.T) {
	var mu sync.Mutex
	methods := map[string]bool{}
	area.Run(t, func(rules *refserver.Rules) {
		rules.Answer = func(a *refserver.Answer) {
			mu.Lock()
			defer mu.Unlock()
			methods[a.Call.Request.Method] = true
		}
	}, config.ReadOnly, families)
	want := []string{"GET", "HEAD", "OPTIONS", "PROPFIND", "TRACE"}
	if got := slices.Sorted(maps.Keys(methods)); !slices.Equal(got, want) {
		t.Errorf("a read-only run sent %v, want %v", got, want)
	}
}
