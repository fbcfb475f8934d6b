package spec_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec"
)

// The document allows every golden request, except those whose response says that it does
// not.
func TestGoldenRequestsAreConformant(t *testing.T) {
	refused := map[string][]string{
		"activity-unauthorized":         {"security: "},
		"cards-unauthorized":            {"security: "},
		"invoice-unauthorized":          {"security: "},
		"activity-unknown-kind":         {"kind"},
		"order-wrong-payment-method":    {"paymentMethod"},
		"shared-hosting-invalid-cursor": nil,
	}
	for _, g := range exchanges(t) {
		got := contract(t).CheckRequest(g.Exchange)
		words, isRefused := refused[g.Name]
		if !isRefused || words == nil {
			if got != nil {
				t.Errorf("%s: %q", g.Name, got)
			}
			continue
		}
		for _, w := range words {
			if !strings.Contains(strings.Join(got, "\n"), w) {
				t.Errorf("%s: %q does not say %s", g.Name, got, w)
			}
		}
	}
}

func asked(change func(r *spec.Request)) edit {
	return func(_ testing.TB, ex *spec.Exchange) { change(&ex.Request) }
}

func TestCheckRequest(t *testing.T) {
	c := contract(t)
	text := func(s string) edit { return asked(func(r *spec.Request) { r.Body = []byte(s) }) }
	without := func(name string) edit { return asked(func(r *spec.Request) { r.Header.Del(name) }) }
	for _, tt := range []struct {
		name, of string
		edits    []edit
		want     []string
	}{
		{"another host, scheme and port", "cards-one", does(asked(func(r *spec.Request) { r.URL.Scheme, r.URL.Host = "http", "127.0.0.1:8080" })), nil},
		{"a session", "cards-one", does(without("Authorization"), credential("Cookie", "hostup_session=abc")), nil},
		{"a key in capitals", "pay-scheduled", does(without("X-API-Key"), asked(func(r *spec.Request) { r.Header["x-api-key"] = []string{"k"} })), nil},
		{"no preference", "order-created", does(text(`{"addonId":"a"}`)), nil},
		{"HEAD", "cards-one", does(asHead), nil},
		{"no credential", "cards-one", does(without("Authorization")), []string{"*"}},
		{"a page below 0", "activity-transactions", does(query("page=-1")), []string{"parameter page: minimum: got -1, want 0"}},
		{"a page that is a word", "activity-transactions", does(query("page=one")), []string{"*"}},
		{"a body without a member", "pay-scheduled", does(text(`{"invoiceId":"1"}`)), []string{"requestBody: missing property 'cardId'"}},
		{"a member of the wrong type", "pay-scheduled", does(text(`{"invoiceId":1,"cardId":null}`)),
			[]string{"requestBody /cardId: got null, want string", "requestBody /invoiceId: got number, want string"}},
		{"no body", "pay-scheduled", does(text("")), []string{"*"}},
		{"a body that is not JSON", "pay-scheduled", does(text("{")), []string{"*"}},
		{"a body of another type", "pay-scheduled", does(credential("Content-Type", "text/plain")), []string{"*"}},
		{"an invoice that is a word", "invoice-read", does(asked(func(r *spec.Request) { r.URL.Path = "/api/billing/invoice/inv_1" })), []string{"*"}},
		{"an unknown path", "cards-one", does(sent("GET", "/api/v2/nowhere")), []string{"no operation GET /api/v2/nowhere in the document"}},
		{"an unknown method", "cards-one", does(sent("PATCH", "/api/v2/billing/cards")), []string{"no operation PATCH /api/v2/billing/cards in the document"}},
		{"two slashes", "cards-one", does(asked(func(r *spec.Request) { r.URL.Path = "//api/v2/billing/cards" })), []string{"no operation GET //api/v2/billing/cards in the document"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ex := changed(t, tt.of, tt.edits...)
			got := c.CheckRequest(ex)
			for range 20 {
				if again := c.CheckRequest(ex); !slices.Equal(again, got) {
					t.Fatalf("%q, then %q", got, again)
				}
			}
			if len(tt.want) == 1 && tt.want[0] == "*" {
				if len(got) == 0 {
					t.Error("nothing is said to be wrong")
				}
				t.Logf("%q", got)
				return
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestServersDoNotMatter(t *testing.T) {
	c, err := loadText(t, strings.Replace(tiny, "paths:", "servers: [{url: https://x.example/base}, {url: /other}]\npaths:", 1))
	if err != nil {
		t.Fatal(err)
	}
	if got := c.CheckRequest(changed(t, "cards-one", sent("GET", "/x/1"))); got != nil {
		t.Errorf("got %q", got)
	}
}

func FuzzCheckRequest(f *testing.F) {
	f.Add("GET", "/api/v2/billing/cards", "page=1", []byte(`{}`))
	f.Add("POST", "//api/v2/shared-hosting/%2F/addons/storage", "%zz", []byte(`{"addonId":`))
	f.Fuzz(func(t *testing.T, method, path, query string, text []byte) {
		ex := changed(t, "order-created", asked(func(r *spec.Request) {
			r.Method, r.URL.Path, r.URL.RawPath, r.URL.RawQuery, r.Body = method, path, "", query, text
		}))
		contract(t).CheckRequest(ex)
	})
}
