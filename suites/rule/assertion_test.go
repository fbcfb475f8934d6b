package rule

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/onsi/gomega"
	"github.com/onsi/gomega/types"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

func TestExpect(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	cfg := settings.Default()
	cfg.BaseURL = "http://127.0.0.1:1"
	cfg.Give("api-key", "hostup_key-0123456789")
	client, err := client.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	e := env.New(contract, cfg, client, 1)
	answer := spec.Exchange{
		ID: "x0001", Operation: "listCards", Request: spec.Request{Method: "GET"},
		Response: &spec.Response{Status: 200},
	}
	finding := func(requirement, got string) []spec.Finding {
		return []spec.Finding{{
			Requirement: requirement, Level: spec.Must, Operation: "GET /api/v2/billing/cards", Status: 200,
			Where: "$[0].id", Keyword: "value", Want: "the id of the card", Got: got, Exchange: "x0001",
		}}
	}
	for _, x := range []struct {
		name    string
		actual  any
		matcher types.GomegaMatcher
		by      string
		want    []spec.Finding
	}{
		{"a value that matches", "card_1", gomega.Equal("card_1"), "", nil},
		{"another value", "card_2", gomega.Equal("card_1"), "", finding("CARD-READ-001", `"card_2"`)},
		{"a value that the matcher cannot judge", 1, gomega.HavePrefix("card_"), "", finding("CARD-READ-001", "1")},
		{"by another requirement", nil, gomega.Not(gomega.BeNil()), "CARD-TYPE-001", finding("CARD-TYPE-001", "<nil>")},
		{"a value with a secret", cfg.Get("api-key"), gomega.BeEmpty(), "", finding("CARD-READ-001", `"‹redacted HOSTUP_API_KEY›"`)},
	} {
		t.Run(x.name, func(t *testing.T) {
			s := &T{Context: t.Context(), Env: e, about: Of("listCards", "CARD-READ-001")}
			a := s.Expect(newAnswer(s, answer), "$[0].id", x.actual)
			if x.by != "" {
				a = a.By(x.by)
			}
			if got := a.To(x.matcher, "the id of the card"); got != (x.want == nil) {
				t.Errorf("To = %t", got)
			}
			if diff := cmp.Diff(x.want, s.findings); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}
