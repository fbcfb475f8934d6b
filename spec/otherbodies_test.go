package spec

import (
	"net/http"
	"slices"
	"testing"
)

// regions is a schema with a list of at least two.
func regions(required string) string {
	return `{schema: {type: object, required: [` + required + `], properties: {region: {type: array, minItems: 2, items: {type: string}}}}}`
}

// A body that is not JSON is judged by its type, and findings give the location.
func TestOtherBodies(t *testing.T) {
	const (
		rows = `{schema: {type: array, items: {type: object, required: [id], properties: {id: {type: integer}, n: {type: string}}}}}`
		pet  = `{schema: {type: object, required: [id], xml: {name: pet}, properties: {id: {type: integer, xml: {attribute: true}}}}}`
		line = `{schema: {type: object, required: [id]}}`
	)
	for _, tt := range []struct {
		content, contentType, body string
		want                       string // starts with the level
	}{
		{`{application/xml: ` + pet + `}`, "application/xml", `<pet id="1"/>`, ""},
		{`{application/xml: ` + pet + `}`, "application/xml", `<pet id="1">`, "MUST BODY-XML-001 body syntax | one well-formed XML document | unexpected EOF"},
		{`{application/xml: ` + pet + `}`, "application/xml", `<pet/>`, `MUST BODY-SCHEMA-001 $.id required | property "id" | no such property`},
		{`{application/xml: ` + pet + `}`, "application/xml", `<cat id="1"/>`, "MUST BODY-SCHEMA-001 body xml | an element <pet> | <cat>"},
		{`{application/xml: {schema: {type: object, properties: {code: {enum: [0, 1]}}}}}`, "application/xml", `<r><code>0</code></r>`, ""},
		{`{application/xml: ` + regions("") + `}`, "application/xml", `<r/>`, ""}, // no list is no empty list
		{`{application/xml: ` + regions("") + `}`, "application/xml", `<r><region>a</region></r>`, "MUST BODY-SCHEMA-001 $.region minItems | at least 2 items | 1"},
		{`{application/xml: ` + regions("region") + `}`, "application/xml", `<r/>`, "MUST BODY-SCHEMA-001 $.region minItems | at least 2 items | 0"},
		{`{application/xml: {schema: {type: object, properties: {code: {enum: [0, 1]}}}}}`, "application/xml", `<r><code>2</code></r>`, "MUST BODY-SCHEMA-001 $.code enum | one of 0, 1 | 2"},
		{`{application/xml: {schema: {type: object, properties: {code: {enum: ["0", "1"]}}}}}`, "application/xml", `<r><code>0</code></r>`, ""},
		{`{application/xml: {schema: {type: object, properties: {view: {type: string, properties: {id: {type: integer, xml: {attribute: true}}}}}}}}`, "application/xml", `<r><view id="1">text</view></r>`, ""},
		{`{text/json: {schema: {type: integer}}}`, "text/json", `1`, ""},
		{`{text/json: {schema: {type: integer}}}`, "text/json", `"1"`, `MUST BODY-SCHEMA-001 $ type | integer | "1" (string)`},
		{`{application/xml: {}}`, "application/xml", `<a/><b/>`, "MUST BODY-XML-001 body syntax | one well-formed XML document | a second root element"},
		{`{application/xml: {}}`, "application/xml", `<a x="1" x="2"/>`, "MUST BODY-XML-001 body syntax | one well-formed XML document | attribute x twice"},
		{`{application/xml: {}}`, "application/xml", `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`, ""},
		{`{application/xml: {}}`, "application/xml", `<?xml version="1.0" encoding="Shift_JIS"?><a/>`, ""},
		{`{application/xml: {}}`, "application/xml", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xe5</a>", ""},
		{`{text/csv: ` + rows + `}`, "text/csv", "id,n\n1,a\n", ""},
		{`{text/csv: ` + rows + `}`, "text/csv", "1,a\n2,b\n", ""},
		{`{text/csv: ` + rows + `}`, "text/csv", "no,n\n1,a\n", `MUST BODY-SCHEMA-001 body, line 1 required | a column "id" | no such column`},
		{`{text/csv: ` + rows + `}`, "text/csv", "id,n\n1,a\nb,2\n", `MUST BODY-SCHEMA-001 $[1].id type | integer | "b" (string)`},
		{`{text/csv: ` + rows + `}`, "text/csv", "id,n\n,a\n", ""},
		{`{text/csv: {schema: {type: string, pattern: '^id,'}}}`, "text/csv", "id,n\n1,a\n", ""},
		{`{text/csv: {schema: {type: string, pattern: '^id,'}}}`, "text/csv", "no,n\n1,a\n", `MUST BODY-SCHEMA-001 $ pattern | text that matches ^id, | "no,n\n1,a\n"`},
		{`{application/x-ndjson: ` + line + `}`, "application/x-ndjson", "{\"id\":1}\n{}\n", `MUST BODY-SCHEMA-001 $[1].id required | property "id" | no such property`},
		{`{application/x-ndjson: ` + line + `}`, "application/x-ndjson", "{\"id\":1}\n{\"id\":1} x\n", "MUST BODY-JSON-001 body, line 2 trailing | nothing after the JSON text | \"x\" at byte 9"},
	} {
		got := ""
		for _, text := range checked(t, `{'200': {description: ok, content: `+tt.content+`}}`, 200, http.Header{"Content-Type": {tt.contentType}}, tt.body) {
			got = "MUST " + text
		}
		if got != tt.want {
			t.Errorf("%s: %q\n got %s\nwant %s", tt.content, tt.body, got, tt.want)
		}
	}
}

// Server URLs apply with every value of their variables, the defaults first.
func TestServerVariables(t *testing.T) {
	c := foreign(t, "servers: [{url: '/{a}/{b}', variables: {a: {default: x, enum: [w, x]}, b: {default: '1', enum: ['1', '2']}}}]\npaths: {/p: {get: {responses: {'200': {description: ok}}}}}\n")
	if got := c.BasePath(c.Operations()[0]); got != "/x/1" {
		t.Errorf("base path %s, want /x/1", got)
	}
	for _, path := range []string{"/x/1/p", "/w/1/p", "/x/2/p", "/w/2/p"} {
		if c.Locate("GET", path) == nil {
			t.Errorf("%s is no path of the document", path)
		}
	}
	if slices.Contains(c.bases, "/{a}/{b}") {
		t.Error("a variable is left")
	}
}
