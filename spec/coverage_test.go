package spec_test

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
)

func TestUniverseItems(t *testing.T) {
	items := contract(t).Universe().Items()
	byKey := map[string]spec.CoverageItem{}
	for _, i := range items {
		if _, twice := byKey[i.Key]; twice {
			t.Errorf("%s stands twice", i.Key)
		}
		byKey[i.Key] = i
		if !slices.Contains(spec.CoverKinds(), i.Kind) || i.Text == "" || i.Operation == "" {
			t.Errorf("incomplete: %+v", i)
		}
	}
	for key, reason := range map[string]string{
		"listBillingActivity status 200":                              "",
		"listBillingActivity status 500":                              "a fault of the server",
		"listBillingActivity status 429":                              "only a burst",
		"listBillingActivity status 404":                              "the request names nothing",
		"listStorageAddons status 404":                                "",
		"listCards status 400":                                        "the request has no input",
		"listBillingActivity header 429 Retry-After":                  "only a burst",
		"listBillingActivity media type 400 application/problem+json": "the target chooses",
		"listBillingActivity property 200 $.entries[*].amount":        "",
		"listBillingActivity property 200 kind=credit $.hasMore":      "",
		"listBillingActivity property error $.errors[*].pointer":      "",
		"getInvoice property error $.retryAfter":                      "only a burst",
		"listBillingActivity enum 200 $.entries[*].method = swish":    "",
		"listBillingActivity null 200 $.entries[*].method null":       "",
		"listBillingActivity null 200 $.entries[*].method not null":   "",
		"listBillingActivity input query kind = credit":               "",
		"listBillingActivity input query kind absent":                 "",
		"listBillingActivity input query page minimum 0":              "",
		"listBillingActivity input query page invalid":                "",
		"listSharedHosting input query limit maximum 100":             "",
		"listSharedHosting input query include = domains":             "",
		"orderStorageAddon input path accountId unknown":              "",
		"orderStorageAddon input body paymentMethod = invoice":        "",
		"orderStorageAddon input body addonId null":                   "",
		"payInvoice credential apiKey accepted":                       "",
		"listCards credential session refused":                        "",
		"listCards credential none":                                   "",
	} {
		i, ok := byKey[key]
		if !ok {
			t.Errorf("no item %s", key)
		} else if !strings.HasPrefix(i.Reason, reason) || (reason == "") != (i.Reason == "") {
			t.Errorf("%s: reason %q, want %q", key, i.Reason, reason)
		}
	}
	for key := range byKey {
		if strings.Contains(key, "status default") || strings.Contains(key, "= null") {
			t.Errorf("%s should be no item", key)
		}
	}
	if os.Getenv("SHOW_COVERAGE") != "" {
		for _, i := range items {
			fmt.Println(i.Key, "|", i.Reason)
		}
	}
}

func TestUniverseIsTheSameEveryTime(t *testing.T) {
	again, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(contract(t).Universe().Items(), again.Universe().Items()) {
		t.Error("two contracts from one document differ in what can be observed")
	}
}

// Mutually nested objects describe an unlimited number of locations; only the first
// levels of each response are counted.
func TestUniverseOfObjectsThatHoldOneAnother(t *testing.T) {
	const kinds = 12
	size := func(operations int) (items int, shown string) {
		var doc strings.Builder
		doc.WriteString(`{"openapi":"3.1.0","info":{"title":"t","version":"1"},"paths":{`)
		for i := range operations {
			fmt.Fprintf(&doc, `"/k%d":{"get":{"responses":{"200":{"description":"","content":{"application/json":{"schema":{"$ref":"#/components/schemas/K0"}}}}}}},`, i)
		}
		doc.WriteString(`"/z":{}},"components":{"schemas":{`)
		for i := range kinds {
			fmt.Fprintf(&doc, `"K%d":{"type":"object","properties":{"name":{"type":"string"}`, i)
			for k := range kinds {
				fmt.Fprintf(&doc, `,"k%d":{"$ref":"#/components/schemas/K%d"}`, k, k)
			}
			doc.WriteString(`}},`)
		}
		doc.WriteString(`"Z":{}}}}`)
		c, err := loadPair(t, doc.String(), "")
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range c.Universe().Items() {
			shown += i.Text + "\n"
		}
		return len(c.Universe().Items()), shown
	}
	one, shown := size(1)
	if ten, _ := size(10); ten > 10*one {
		t.Errorf("%d items of one operation, %d of ten", one, ten)
	}
	if one > 300 || !strings.Contains(shown, "200 $.name\n") || !strings.Contains(shown, "200 $.k11\n") {
		t.Errorf("%d items, want some hundred, with all places of the first level:\n%s", one, shown)
	}
}

func TestObserve(t *testing.T) {
	u := contract(t).Universe()
	observed := func(name string, edits ...edit) map[string]bool {
		all := map[string]bool{}
		for _, k := range u.Observe(changed(t, name, edits...)) {
			if all[k] {
				t.Errorf("%s: %s twice", name, k)
			}
			all[k] = true
		}
		return all
	}
	query := func(q string) edit {
		return func(_ testing.TB, ex *spec.Exchange) { ex.Request.URL.RawQuery = q }
	}
	header := func(name, value string) edit {
		return func(_ testing.TB, ex *spec.Exchange) {
			for _, n := range []string{"Authorization", "X-Api-Key", "Cookie"} {
				ex.Request.Header.Del(n)
			}
			if value != "" {
				ex.Request.Header.Set(name, value)
			}
		}
	}
	requestBody := func(b string) edit {
		return func(_ testing.TB, ex *spec.Exchange) { ex.Request.Body = []byte(b) }
	}
	tests := []struct {
		name, of string
		edits    []edit
		want     []string
		not      []string
	}{
		{
			name: "a page", of: "activity-transactions",
			want: []string{"status 200", "media type 200 application/json", "property 200 $.entries", "property 200 $.entries[*]", "property 200 $.entries[*].amount", "enum 200 $.kind = transaction", "null 200 $.entries[*].method not null"},
			not:  []string{"status 400", "null 200 $.entries[*].method null", "property 200 kind=credit $.hasMore", "credential none"},
		},
		{name: "nulls", of: "activity-nulls", want: []string{"null 200 $.entries[*].method null"}},
		{name: "credit", of: "activity-credit", want: []string{"input query kind = credit", "property 200 kind=credit $.hasMore"}, not: []string{"property 200 $.hasMore", "input query kind absent"}},
		{name: "rate limit", of: "activity-rate-limited", want: []string{"status 429", "header 429 Retry-After", "property error $.code"}},
		{name: "absent", of: "activity-transactions", edits: does(query("")), want: []string{"input query kind absent", "input query page absent"}},
		{name: "boundary", of: "activity-transactions", edits: does(query("page=0&kind=transaction")), want: []string{"input query page minimum 0", "input query page valid", "input query kind = transaction"}, not: []string{"input query page absent", "input query page invalid"}},
		{name: "invalid", of: "activity-transactions", edits: does(query("page=-1&kind=bogus")), want: []string{"input query page invalid", "input query kind invalid"}, not: []string{"input query page valid"}},
		{name: "text", of: "activity-transactions", edits: does(query("page=one")), want: []string{"input query page invalid"}},
		{name: "huge", of: "activity-transactions", edits: does(query("page=" + strings.Repeat("9", 400))), want: []string{"input query page valid"}},
		{name: "bearer", of: "activity-transactions", edits: does(header("Authorization", "bearer x")), want: []string{"credential bearer accepted"}, not: []string{"credential bearer refused"}},
		{name: "bearer refused", of: "activity-unauthorized", edits: does(header("Authorization", "Bearer x")), want: []string{"credential bearer refused"}, not: []string{"credential bearer accepted"}},
		{name: "session", of: "activity-transactions", edits: does(header("Cookie", "a=b; hostup_session=x")), want: []string{"credential session accepted"}},
		{name: "none", of: "activity-unauthorized", edits: does(header("X", "")), want: []string{"credential none"}},
		{name: "basic", of: "activity-unauthorized", edits: does(header("Authorization", "Basic x")), want: []string{"credential undocumented"}, not: []string{"credential none"}},
		{name: "order", of: "order-created", want: []string{"status 201", "input path accountId valid", "input body object", "property 201 $.orderId"}},
		{name: "no account", of: "order-account-not-found", want: []string{"status 404", "input path accountId unknown"}, not: []string{"input path accountId valid"}},
		{name: "no body", of: "order-missing-member", edits: does(requestBody("")), want: []string{"input body absent"}},
		{name: "no JSON", of: "order-missing-member", edits: does(requestBody("{")), want: []string{"input body malformed"}},
		{name: "no object", of: "order-missing-member", edits: does(requestBody("[]")), want: []string{"input body malformed"}},
		{name: "members", of: "order-missing-member", edits: does(requestBody(`{"addonId":1,"paymentMethod":"card"}`)), want: []string{"input body addonId invalid", "input body paymentMethod = card"}},
		{name: "null and absent", of: "order-missing-member", edits: does(requestBody(`{"addonId":null}`)), want: []string{"input body addonId null", "input body paymentMethod absent"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := observed(tt.of, tt.edits...)
			operation := changed(t, tt.of).Operation
			for _, k := range tt.want {
				if !got[operation+" "+k] {
					t.Errorf("%s was not observed", k)
				}
			}
			for _, k := range tt.not {
				if got[operation+" "+k] {
					t.Errorf("%s was observed", k)
				}
			}
			if t.Failed() {
				t.Log(strings.Join(u.Observe(changed(t, tt.of, tt.edits...)), "\n"))
			}
		})
	}
}

func TestObserveKnowsOnlyItems(t *testing.T) {
	u := contract(t).Universe()
	known := map[string]bool{}
	for _, i := range u.Items() {
		known[i.Key] = true
	}
	for _, g := range exchanges(t) {
		for _, k := range u.Observe(g.Exchange) {
			if !known[k] {
				t.Errorf("%s: %s is no item", g.Name, k)
			}
		}
	}
}

func TestObserveTakesAnything(t *testing.T) {
	u := contract(t).Universe()
	if got := u.Observe(spec.Exchange{Request: spec.Request{Method: "GET"}}); got != nil {
		t.Errorf("an unknown path shows %v", got)
	}
	if got := u.Observe(spec.Exchange{Operation: "listCards", Request: spec.Request{Method: "GET"}}); !slices.Contains(got, "listCards credential none") {
		t.Errorf("without an answer: %v", got)
	}
	for _, body := range []string{"", "{", `{"a`, `{"kind":`, `{"kind":"transaction"`, "[[[", strings.Repeat("[", 100000), `{"entries":[{"amount":1,}]}`, "\x00\xff", `{"kind":"\`} {
		ex := changed(t, "activity-transactions")
		ex.Response.Body = []byte(body)
		u.Observe(ex)
		ex.Response.Header = nil
		ex.Request.URL = &url.URL{Path: "/%zz"}
		ex.Request.Header = http.Header{"Cookie": {";;="}}
		u.Observe(ex)
	}
}

func FuzzObserve(f *testing.F) {
	u := contract(f).Universe()
	f.Add([]byte(`{"kind":"transaction","entries":[{"amount":1,"method":null}],"hasMore":false}`), "kind=credit")
	f.Fuzz(func(t *testing.T, body []byte, query string) {
		ex := changed(t, "activity-transactions")
		ex.Response.Body, ex.Request.URL.RawQuery = body, query
		u.Observe(ex)
	})
}

func BenchmarkObserve(b *testing.B) {
	u := contract(b).Universe()
	ex := changed(b, "activity-transactions")
	for b.Loop() {
		u.Observe(ex)
	}
}
