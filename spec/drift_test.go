package spec_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestDrift(t *testing.T) {
	c := contract(t)
	for _, tt := range []struct {
		name, of string
		edits    []edit
		want     []string
	}{
		{"of a page and its rows", "activity-methods", does(set("/total", `1`), set("/entries/0/fee", `1`), set("/entries/7/fee", `{"a":1}`), set("/entries/1/tax rate", `1`)),
			[]string{"$.entries[*].fee", `$.entries[*]["tax rate"]`, "$.total"}},
		{"of an object with members without end", "activity-methods", does(set("/entries/3", manyMembers(500)), set("/entries/0/fee", `1`)), []string{"$.entries[*].*", "$.entries[*].fee"}},
		{"of a bare array", "cards-one", does(set("/0/funding", `"credit"`)), []string{"$[*].funding"}},
		{"of an error", "order-missing-member", does(set("/traceId", `1`), set("/errors/0/hint", `1`), set("/extensions", `{"actions":{"x":1}}`)),
			[]string{"$.errors[*].hint", "$.traceId"}},
		{"of an envelope of two schemas", "pay-scheduled", does(set("/trace", `1`), set("/data/jobId", `1`)), []string{"$.data.jobId", "$.trace"}},
		{"of an error with branches", "pay-card-refused", does(status(500), set("/retryAfter", `1`), set("/details", `[]`)), []string{"$.details"}},
		{"of a free object", "activity-credit", does(set("/entries/0/anything", `{"a":1}`)), nil},
		{"of a free object in an invoice", "invoice-read", does(set("/data/invoice/metadata", `{"taxconfig":{}}`), set("/data/invoice/items", `[]`)), []string{"$.data.invoice.items"}},
		{"of a nested object", "shared-hosting", does(set("/data/0/billing/vat", `1`), set("/data/0/billingCycleState", `{"billingCycleOptions":[{"x":1}],"y":1}`)),
			[]string{"$.data[*].billing.vat", "$.data[*].billingCycleState.y"}},
		{"of a wrong type", "activity-transactions", does(set("/entries", `{"0":{"fee":1}}`)), nil},
		{"of an HTML page", "activity-internal-error", does(body("<html>")), nil},
		{"of a status that is not documented", "order-created", does(status(200), set("/x", `1`)), nil},
		{"of no operation", "activity-internal-error", does(sent("GET", "/api/v2/nowhere"), set("/x", `1`)), nil},
		{"of no answer", "cards-one", does(noAnswer("reset")), nil},
		{"of HEAD", "cards-one", does(asHead), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := c.Drift(changed(t, tt.of, tt.edits...)); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// manyMembers returns an object with n undocumented properties.
func manyMembers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"m%d":%d`, i, i)
	}
	return "{" + b.String()[1:] + "}"
}

// The page of an invoice shows more properties than the document contains.
func TestGoldenExchangesHaveNoDrift(t *testing.T) {
	for _, g := range exchanges(t) {
		if drift := contract(t).Drift(g.Exchange); drift != nil {
			t.Errorf("%s: %q", g.Name, drift)
		}
	}
}

func TestDriftOfSchemasWithBranches(t *testing.T) {
	c, err := loadText(t, `
openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /x:
    get:
      operationId: x
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Node"}
components:
  schemas:
    Node:
      type: object
      properties:
        next: {$ref: "#/components/schemas/Node"}
        map: {type: object, properties: {a: {}}, additionalProperties: {type: string}}
        closed: {type: object, additionalProperties: false, properties: {a: {}}}
        pair: {prefixItems: [{properties: {a: {}}}]}
      anyOf:
        - properties: {any: {properties: {a: {}}}}
        - properties: {any: {properties: {b: {}}}}
      oneOf: [{properties: {one: {}}}]
      if: {properties: {kind: {const: 1}}}
      then: {properties: {then: {}}}
      else: {properties: {else: {}}}
      dependentSchemas:
        kind: {properties: {dependent: {}}}
`)
	if err != nil {
		t.Fatal(err)
	}
	ex := changed(t, "cards-one", sent("GET", "/x"), body(`{"next":{"next":{"x":1}},"map":{"b":"c"},"closed":{"b":1},"pair":[{"a":1,"b":1}],
		"any":{"a":1,"b":1,"c":1},"one":1,"kind":2,"then":1,"else":1,"dependent":1,"new":1}`))
	want := []string{"$.any.c", "$.closed.b", "$.new", "$.next.next.x", "$.pair[*].b"}
	if got := c.Drift(ex); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// loadText loads a document with an overlay that adds nothing important.
func loadText(t testing.TB, document string) (*contractType, error) {
	t.Helper()
	return loadPair(t, document, "")
}

func write(t testing.TB, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
