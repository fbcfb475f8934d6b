package spec_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
)

type contractType = spec.Contract

const tiny = `openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /x/{id}:
    get:
      operationId: x
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        200:
          description: ok
          headers: {X-Count: {schema: {type: integer}}}
          content: {application/json: {schema: {type: object}}}
`

// loadPair loads a document and an overlay.
func loadPair(t testing.TB, document, overlay string) (*spec.Contract, error) {
	t.Helper()
	dir := t.TempDir()
	if overlay != "" {
		write(t, dir, "strict.overlay.yaml", overlay)
	}
	c, err := packs.LoadFile(write(t, dir, "api.yaml", document))
	if err != nil {
		err = fmt.Errorf("%s", strings.ReplaceAll(err.Error(), dir+string(filepath.Separator), ""))
	}
	return c, err
}

func readFile(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The error for an unreadable document is one clear line that names what was given.
func TestLoadFileErrors(t *testing.T) {
	document, overlay := readFile(t, "hostup/openapi.yaml"), readFile(t, "hostup/strict.overlay.yaml")
	in := func(text, old, new string) string {
		if !strings.Contains(text, old) {
			t.Fatalf("no %q", old)
		}
		return strings.Replace(text, old, new, 1)
	}
	for _, tt := range []struct{ name, document, overlay, want string }{
		{"nothing", "", "", "api.yaml is neither YAML nor JSON: no content"},
		{"no YAML", "a: [1\nb: }", "", "api.yaml is neither YAML nor JSON: go-yaml load error"},
		{"broken JSON", "{\n\"openapi\": \"3.1.0\",\n\"info\": }", "", "api.yaml:LINE: not JSON: "},
		{"a list", "- a", "", "api.yaml is not a mapping: give an OpenAPI document"},
		{"another format", "a: 1", "", "api.yaml is not an OpenAPI document: it has to have a member openapi"},
		{"an unknown version", in(document, "openapi: 3.1.0", "openapi: 4.0.0"), "", "api.yaml is an OpenAPI 4.0.0 document: give one of version 3.0, 3.1 or 3.2"},
		{"Swagger", `swagger: "2.0"`, "", "api.yaml is a Swagger 2.0 document: convert it to OpenAPI 3 first"},
		{"AsyncAPI", `asyncapi: 3.0.0`, "", "api.yaml is an AsyncAPI 3.0.0 document, which describes messages and not HTTP"},
		{"a recording", `{"log": {"entries": []}}`, "", "api.yaml is a recording (HAR): give the document that it is of, and this one to the command verify"},
		{"an overlay", "overlay: 1.0.0\nactions: []", "", "api.yaml is an OpenAPI Overlay: give the document that it changes, and this one with --overlay"},
		{"the page of a log-in", "<!doctype html>\n<html><body>a: b</body></html>", "", "api.yaml is HTML or XML, perhaps the page of a log-in or an error: give an OpenAPI document"},
		{"no operations", "openapi: 3.1.0\npaths: {}\nwebhooks: {x: {post: {}}}", "", "api.yaml has no operations: there is nothing to test"},
		{"operations of a file that is not there", "openapi: 3.1.0\npaths:\n  /a: {$ref: 'a.yaml#/b'}\n", "", `api.yaml has no operations: there is nothing to test; api.yaml:LINE: external $ref "a.yaml" cannot be read`},
		{"operations of a path without a slash", "openapi: 3.1.0\npaths: {a: {get: {}}}", "", `api.yaml has no operations: there is nothing to test; api.yaml:LINE: path "a" does not begin with a slash: it is ignored`},
		{"an alias inside itself", "openapi: &a\n  b: *a\n", "", "api.yaml:LINE: more than 1000 levels, or an alias inside itself"},
		{"infinity", "openapi: 3.1.0\npaths: {}\nx-most: .inf\n", "", "api.yaml:LINE: .inf is no value of JSON"},
		{"a requirement that is not in the catalogue", in(document, "x-requirement: ENV-MEMBERS-001", "x-requirement: NOPE-001"), "", "api.yaml:LINE: x-requirement names NOPE-001, which is not in the catalogue"},
		{"a SHOULD in the document", in(document, "x-requirement: ENV-MEMBERS-001", "x-requirement: ENV-CODE-001"), "", "api.yaml:LINE: x-requirement names ENV-CODE-001, which is SHOULD; it has to be MUST"},
		{"an overlay that is no YAML", document, "a: [1\nb: }", "strict.overlay.yaml is neither YAML nor JSON: go-yaml load error"},
		{"an overlay without actions", document, "overlay: 1.0.0\n", "strict.overlay.yaml has no actions: give an OpenAPI Overlay 1.0 document"},
		{"an action that matches nothing", document, in(overlay, "$.components.schemas.V1RateLimited", "$.components.schemas.Nope"), "strict.overlay.yaml:LINE: target $.components.schemas.Nope matches nothing in api.yaml"},
		{"an overlay with empty actions", document, "overlay: 1.0.0\nactions: []\n", "strict.overlay.yaml:LINE: actions is empty: an OpenAPI Overlay has at least one"},
		{"an action that does nothing", document, overlay + "\n  - target: $.info\n", "strict.overlay.yaml:LINE: an action needs update, remove or copy"},
		{"an action that does not fit", document, overlay + "\n  - target: $.info\n    update: {title: [a]}\n", "strict.overlay.yaml:LINE: target $.info, at #/info: title: an array cannot be merged into a primitive value"},
		{"a target that is no JSONPath", document, in(overlay, "$.components.schemas.V1RateLimited", "$.[[["), "strict.overlay.yaml:LINE: target $.[[[ is not a JSONPath"},
		{"a MUST in the overlay", document, in(overlay, "x-recommendation: BODY-SCHEMA-002", "x-recommendation: ACT-ROW-001"), "strict.overlay.yaml:LINE: x-recommendation names ACT-ROW-001, which is MUST; it has to be SHOULD"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := loadPair(t, tt.document, tt.overlay)
			if err == nil {
				t.Fatal("no error")
			}
			got := err.Error()
			line := regexp.MustCompile(`yaml:[1-9][0-9]*:`).ReplaceAllString(got, "yaml:LINE:")
			if !strings.Contains(line, tt.want) {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if strings.Contains(got, "\n") || strings.Contains(got, "contract.invalid") || !strings.Contains(got, ".yaml") {
				t.Errorf("not one line that names a file: %q", got)
			}
		})
	}
	if _, err := packs.LoadFile(filepath.Join(t.TempDir(), "none.yaml")); err == nil || !strings.HasSuffix(err.Error(), "none.yaml: no such file or directory") || strings.Count(err.Error(), "none.yaml") != 1 {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := packs.LoadFile(t.TempDir()); err == nil || !strings.HasSuffix(err.Error(), "is a directory") {
		t.Errorf("a directory: %v", err)
	}
}

// A problem in a part of a document only affects that part: it is reported with its line,
// and the rest is judged.
func TestProblems(t *testing.T) {
	document, overlay := readFile(t, "hostup/openapi.yaml"), readFile(t, "hostup/strict.overlay.yaml")
	const brand = "        brand:\n          type: string\n"
	for _, tt := range []struct{ name, document, old, new, want string }{
		{"a broken reference", document, "#/components/schemas/ProblemItem\"", "#/components/schemas/Nope\"", `DOC-REF-001 unresolved $ref "#/components/schemas/Nope"`},
		{"a reference to a file", document, "#/components/schemas/ProblemItem\"", "other.yaml#/x\"", `DOC-REF-001 external $ref "other.yaml" cannot be read`},
		{"a reference to an address", document, "#/components/schemas/ProblemItem\"", "https://example.com/x\"", `DOC-REF-001 external $ref "https://example.com/x" is not supported: bundle the document first`},
		{"a member twice", document, brand, brand + brand, `DOC-KEY-001 duplicate member "brand": the first one counts`},
		{"a list where an object is wanted", document, "\n  parameters:\n", "\n  parameters:\n    Listed: [{in: query, name: a}]\n", `DOC-KIND-001 the parameter is an array: it is ignored`},
		{"a bad pattern", document, brand, brand + "          pattern: '['\n", `DOC-PATTERN-001 pattern "[" does not compile: it is ignored`},
		{"an unknown type", document, brand, "        brand:\n          type: strang\n", `DOC-SCHEMA-001 type "strang" is none of JSON Schema: it is ignored`},
		{"nullable", document, brand, brand + "          nullable: true\n", "DOC-SCHEMA-001 nullable is no keyword of OpenAPI 3.1"},
		{"a boolean bound", document, brand, brand + "          exclusiveMinimum: true\n", "DOC-SCHEMA-001 exclusiveMinimum is a number in OpenAPI 3.1"},
		{"required as a boolean", document, brand, brand + "          required: true\n", `DOC-SCHEMA-001 required: "true" is no value of this keyword: it is ignored`},
		{"an unknown effect", document, "x-effect: money", "x-effect: free", `DOC-EXTENSION-001 x-effect is "free": give read, write, delete or money`},
		{"an operationId twice", document, "operationId: listCards\n", "operationId: payInvoice\n", `DOC-ID-001 duplicate operationId "payInvoice": GET /api/v2/billing/cards is given another name`},
		{"an unknown scheme", document, "- apiKey: []", "- apiKeyy: []", `DOC-SECURITY-001 security names the scheme "apiKeyy", which is not declared`},
		{"a bad pattern in the overlay", overlay, "^txn_[0-9A-Za-z]+$", "'['", `DOC-PATTERN-001 pattern "[" does not compile: it is ignored`},
	} {
		if !strings.Contains(tt.document, tt.old) {
			t.Fatalf("no %q", tt.old)
		}
		d, o := strings.Replace(tt.document, tt.old, tt.new, 1), ""
		if tt.document == overlay {
			d, o = document, d
		}
		c, err := loadPair(t, d, o)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		found := false
		for _, p := range c.Problems() {
			found = found || strings.HasPrefix(p.ID+" "+p.Text, tt.want) && p.Line > 0 && p.File != ""
		}
		if !found {
			t.Errorf("%s: %+v, want %s", tt.name, c.Problems(), tt.want)
		}
		if len(c.Operations()) != len(contract(t).Operations()) {
			t.Errorf("%s: an operation is gone", tt.name)
		}
	}
}

// An operation without operationId is named by its method and path.
func TestDerivedOperationID(t *testing.T) {
	c, err := loadText(t, "openapi: 3.0.3\npaths:\n  /a/{b}/c-d: {get: {responses: {'200': {description: ok}}}, post: {responses: {}}}\n  /a/{b}/c/d: {get: {responses: {}}}\n")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, o := range c.Operations() {
		got = append(got, o.ID)
	}
	if want := []string{"get-a-b-c-d", "post-a-b-c-d", "get-a-b-c-d-2"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLoadFile(t *testing.T) {
	dir := t.TempDir()
	c, err := packs.LoadFile(write(t, dir, "copy.yaml", readFile(t, "hostup/openapi.yaml")))
	if err != nil {
		t.Fatal(err)
	}
	if own := contract(t); c.Digest() != own.Digest() || c.OverlayDigest() != "" || c.Title() != own.Title() || c.Version() != own.Version() {
		t.Error("a copy of the document is another contract")
	}
	f := c.Check(changed(t, "cards-one", set("/0/brand", `1`)))
	if len(f) != 1 || f[0].File != filepath.Join(dir, "copy.yaml") {
		t.Errorf("%+v", f)
	}
}

// An overlay given by the user is part of the document: operations and MUST follow it.
func TestLoadWithOverlay(t *testing.T) {
	dir := t.TempDir()
	over := write(t, dir, "over.yaml", "overlay: 1.0.0\nactions:\n  - target: $.paths['/x'].post\n    update: {x-effect: read, responses: {'200': {description: ok, content: {application/json: {schema: {type: integer}}}}}}\n")
	c, err := packs.LoadFile(write(t, dir, "api.yaml", "openapi: 3.1.0\npaths: {/x: {post: {operationId: x, responses: {'400': {description: no}}}}}\n"), over)
	if err != nil {
		t.Fatal(err)
	}
	if o := c.Operation("x"); o.Effect != spec.Reads || o.Success() != 200 {
		t.Errorf("%+v", o)
	}
	if f := c.Check(changed(t, "cards-one", sent("POST", "/x"), body(`"1"`))); len(f) != 1 || f[0].Level != spec.Must || f[0].Requirement != "BODY-SCHEMA-001" {
		t.Errorf("%+v", f)
	}
}

// A document of several files is one contract; its findings name the file.
func TestLoadSeveralFiles(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "models"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "paths.yaml", "things:\n  get:\n    operationId: things\n    responses: {200: {$ref: 'models/answers.yaml#/Things'}}\n")
	write(t, dir, "models/answers.yaml", "Things:\n  description: ok\n  content: {application/json: {schema: {$ref: 'thing.json#/definitions/list'}}}\n")
	write(t, dir, "models/thing.json", "{\"definitions\": {\n\"list\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/definitions/thing\"}},\n\"thing\": {\"type\": \"object\", \"required\": [\"id\"], \"properties\": {\"parent\": {\"$ref\": \"../api.yaml#/components/schemas/Id\"}}}}}")
	c, err := packs.LoadFile(write(t, dir, "api.yaml", "openapi: 3.1.0\npaths: {/things: {$ref: 'paths.yaml#/things'}}\ncomponents: {schemas: {Id: {type: integer}}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Problems()) > 0 {
		t.Fatalf("%+v", c.Problems())
	}
	judged := c.Check(changed(t, "cards-one", sent("GET", "/things"), body(`[{"parent": "x"}]`)))
	if len(judged) != 2 || judged[0].File != filepath.Join(dir, "models", "thing.json") || judged[0].Line != 3 {
		t.Errorf("%+v", judged)
	}
}

// Statuses may be written as numbers and path items by reference.
func TestLoadFileOfAnotherStyle(t *testing.T) {
	c, err := loadText(t, strings.Replace(tiny, "paths:\n  /x/{id}:\n", "components:\n  pathItems:\n    X:\n      description: d\npaths:\n  /x/me:\n    get: {operationId: me, responses: {'204': {description: none}}}\n  /x/{id}:\n", 1))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"/x/1": "x", "/x/me": "me", "/x/": "", "/x": "", "/x/1/": ""} {
		got := ""
		if o := c.Match("HEAD", path); o != nil {
			got = o.ID
		}
		if got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	judged := c.Check(changed(t, "cards-one", sent("GET", "/x/1"), body("[]"), header("X-Count", "many")))
	if len(judged) != 2 || judged[0].Operation != "GET /x/{id}" {
		t.Fatalf("%+v", judged)
	}
	// a schema without its own requirement is reported as the general one
	for i, want := range []string{"MUST BODY-SCHEMA-001 ", "MUST BODY-SCHEMA-001 "} {
		if got := string(judged[i].Level) + " " + judged[i].Requirement + " "; got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestEveryOperationIsAnnotated(t *testing.T) {
	c := contract(t)
	ids := []string{"payInvoice", "listBillingActivity", "listCards", "listStorageAddons", "orderStorageAddon", "listSharedHosting", "getInvoice", "listCardsV1"}
	for i, o := range c.Operations() {
		if i >= len(ids) || o.ID != ids[i] {
			t.Errorf("operation %d is %s", i, o.ID)
		}
		if o.Source == "" || o.Effect == "" || o.Version == "" || o.Summary == "" || len(o.Security) == 0 {
			t.Errorf("%s lacks a mark: %+v", o.ID, o)
		}
		if (o.Version == "v2") != strings.HasPrefix(o.Path, "/api/v2/") {
			t.Errorf("%s is %s at %s", o.ID, o.Version, o.Path)
		}
		if o.Success() == 0 || !slices.Contains(o.Statuses, "default") {
			t.Errorf("%s has the statuses %v", o.ID, o.Statuses)
		}
	}
	text := readFile(t, "hostup/openapi.yaml")
	for _, mark := range []string{"x-effect", "x-version"} {
		if n := len(regexp.MustCompile(`(?m)^      `+mark+`: \S`).FindAllString(text, -1)); n != len(ids) {
			t.Errorf("%d of %d operations have %s", n, len(ids), mark)
		}
	}
}

// Loading is part of every run and of every test that needs a contract. The test counts
// its allocations: the document is read and its schemas are compiled once. A warm-up of
// the library that repeated either for each operation would cost many times this.
func TestLoadIsCheap(t *testing.T) {
	if _, err := packs.Default(); err != nil { // values made once per process
		t.Fatal(err)
	}
	allocations := testing.AllocsPerRun(1, func() {
		if _, err := packs.Default(); err != nil {
			t.Fatal(err)
		}
	})
	t.Logf("%.0f allocations", allocations)
	if allocations > 350_000 { // 117,000 on its own
		t.Errorf("loading makes %.0f allocations", allocations)
	}
}
