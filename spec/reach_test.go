package spec_test

import (
	"slices"
	"testing"
)

// TestReach: which requirements apply to a recording without a body, compared with what
// the rules see of whole exchanges.
func TestReach(t *testing.T) {
	c := contract(t)
	reach := c.Reach()
	all := reach.All()
	for _, g := range exchanges(t) {
		whole, bodiless := copyOf(g.Exchange), copyOf(g.Exchange)
		if whole.Response == nil {
			continue
		}
		bodiless.Response.Body, bodiless.Response.BodyUnknown = nil, true
		of, without := reach.Of(whole), reach.Of(bodiless)
		for _, f := range c.Check(bodiless) {
			t.Errorf("%s: without its body it breaks %s: %s", g.Name, f.Requirement, f.Got)
		}
		for _, id := range append(slices.Clone(of), without...) {
			if !slices.Contains(all, id) {
				t.Errorf("%s: %s is reached, and All does not list it", g.Name, id)
			}
			if _, ok := c.Requirement(id); !ok {
				t.Errorf("%s: no requirement %s", g.Name, id)
			}
		}
		for _, id := range without {
			if !slices.Contains(of, id) {
				t.Errorf("%s: %s is reached only without a body", g.Name, id)
			}
		}
		for _, id := range []string{"BODY-JSON-001", "LEAK-CARD-001", "HTTP-LENGTH-001"} {
			if slices.Contains(without, id) {
				t.Errorf("%s: %s is reached without a body", g.Name, id)
			}
		}
		if len(without) >= len(of) {
			t.Errorf("%s: %d requirements are reached without a body, %d with it", g.Name, len(without), len(of))
		}
	}
}

// TestReachOfNothing: a request without a response tests that there is one.
func TestReachOfNothing(t *testing.T) {
	ex := copyOf(exchanges(t)[0].Exchange)
	ex.Response, ex.Failure = nil, "connection refused"
	if got := contract(t).Reach().Of(ex); !slices.Equal(got, []string{"HTTP-ANSWER-001"}) {
		t.Errorf("got %v", got)
	}
}
