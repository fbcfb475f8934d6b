package suites_test

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/hostup/api-conformance/fixtures/docserver"
	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
)

// A document may have little that a rule could look at. Each of these has one operation and
// one kind of input, response and security, and is tested at a server of it.
func TestTinyDocuments(t *testing.T) {
	parameters := map[string]string{
		"none":            "",
		"required query":  "{name: version, in: query, required: true, schema: {type: string}}",
		"optional query":  "{name: version, in: query, schema: {type: string}}",
		"listed query":    "{name: sort, in: query, required: true, schema: {type: string, enum: [name, -name]}}",
		"required limit":  "{name: limit, in: query, required: true, schema: {type: integer, minimum: 1}}",
		"former query":    "{name: limit, in: query, deprecated: true, schema: {type: integer}}",
		"required header": "{name: X-Version, in: header, required: true, schema: {type: integer}}",
		"list of lists":   "{name: rows, in: query, schema: {type: array, items: {type: array, items: {type: string}}}}",
		"cookie":          "{name: lang, in: cookie, schema: {type: string}}",
	}
	responses := map[string]string{
		"list":    `"200": {description: ok, content: {application/json: {schema: {type: array, items: {type: object, properties: {id: {type: string}}}}}}}`,
		"text":    `"200": {description: ok, content: {text/plain: {schema: {type: string}}}}`,
		"nothing": `"204": {description: done}`,
		"default": `default: {description: any}`,
	}
	securities := map[string]string{"public": "", "key": "security: [{key: []}]", "either": "security: [{key: []}, {}]"}
	for method, body := range map[string]string{"get": "", "post": "requestBody: {content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}", "delete": ""} {
		for pname, p := range parameters {
			for rname, r := range responses {
				for sname, security := range securities {
					text := fmt.Sprintf("openapi: 3.0.3\ninfo: {title: tiny, version: '1'}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}\n"+
						"paths:\n  /things:\n    %s:\n      parameters: [%s]\n      responses: {%s}\n", method, p, r)
					for _, more := range []string{body, security} {
						if more != "" {
							text += "      " + more + "\n"
						}
					}
					t.Run(strings.Join([]string{method, pname, rname, sname}, ", "), func(t *testing.T) { tiny(t, text) })
				}
			}
		}
	}
}

// Two paths may differ in a fragment alone, which no request has: what one of them says of
// HEAD is not what GET of the other one is compared with.
func TestPathsThatDifferInAFragment(t *testing.T) {
	const media = "{application/json: {schema: {type: object, properties: {name: {type: string, example: NAME}}}}}"
	operation := func(method, name string) string {
		return "{" + method + `: {responses: {"200": {description: ok, content: ` + strings.Replace(media, "NAME", name, 1) + "}}}}\n"
	}
	tiny(t, "openapi: 3.0.3\ninfo: {title: tiny, version: '1'}\npaths:\n  /things: "+operation("head", "a")+"  /things#all: "+operation("get", "all of them"))
}

// tiny tests a server of the document by the document.
func tiny(t *testing.T, text string) {
	t.Parallel()
	d, err := document.Parse("tiny.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	handler, err := docserver.New(d, docserver.Config{})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	defer server.Close()
	environ := []string{"HOSTUP_BASE_URL=" + server.URL}
	for _, c := range handler.Credentials() {
		if c.Identity == docserver.Primary {
			environ = append(environ, config.AuthVariable(c.Scheme)+"="+c.Value)
		}
	}
	c, cfg := target(t, text, environ...)
	cfg.Safety, cfg.Depth, cfg.Settle = config.Delete, config.Thorough, time.Millisecond
	run, err := suites.Run(t.Context(), cfg, suites.Options{Contract: c})
	if err != nil {
		t.Fatal(err)
	}
	if len(run.Specs) == 0 || run.Traffic.Exchanges == 0 {
		t.Errorf("%d specs, %d exchanges", len(run.Specs), run.Traffic.Exchanges)
	}
	for _, g := range run.Findings {
		f := g.First
		t.Errorf("%s %s %s: %s: want %s, got %s", f.Level, f.Requirement, f.Operation, f.Where, f.Want, f.Got)
	}
}
