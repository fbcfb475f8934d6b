package shipped

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec/hostup"
)

// own matches the names of this project that contain that of the API: module, command,
// its HAR property and its SARIF fingerprint.
var own = regexp.MustCompile(`github\.com/hostup/api-conformance|hostup-conformance|_hostup\b|hostupConformance`)

// common are names that the pack shares with other APIs: properties of error documents,
// headers of rate limits and keys.
var common = []string{"requestId", "retryAfter", "notFound", "x-api-key", "x-ratelimit-reset"}

// word matches a word in a program or a document.
var word = regexp.MustCompile(`[A-Za-z0-9_-]+`)

// names are the names that the document, the catalogue and the settings of the pack
// define.
type names struct {
	words   map[string]bool // operations, properties, data, requirements
	headers map[string]bool // headers and cookies, in lower case
	rules   map[string]bool // requirements that are only in its catalogue
	parts   []string        // of a line, in lower case
	ids     *regexp.Regexp
}

// in returns the first of the names in a line of a package, "" for none. Only the areas,
// in suites, may name rules.
func (n names) in(room, line string) string {
	line = own.ReplaceAllString(line, "")
	for _, part := range n.parts {
		if strings.Contains(strings.ToLower(line), part) {
			return part
		}
	}
	for _, w := range word.FindAllString(line, -1) {
		if room != "suites" && n.rules[w] || n.words[w] || n.headers[strings.ToLower(w)] {
			return w
		}
	}
	return n.ids.FindString(line)
}

func namesOf(t *testing.T) names {
	t.Helper()
	pack := hostup.Pack()
	c, err := pack.Load()
	if err != nil {
		t.Fatal(err)
	}
	n := names{words: map[string]bool{}, headers: map[string]bool{}, rules: map[string]bool{}, parts: []string{"storage add-on", "hostup", "/api/"}}
	for _, o := range c.Operations() {
		n.words[o.ID] = true
	}
	for _, p := range Packs() {
		n.words[p.Domain], n.words[p.OwnerDatum] = true, true
	}
	settings := Names()
	n.headers[strings.ToLower(settings.Cookie)] = true
	n.parts = append(n.parts, strings.ToLower(settings.Prefix))
	document, overlay := string(pack.Document.Text), string(pack.Overlay.Text)
	for _, h := range slices.Concat(found(t, document, `(?m)^ +(X-[A-Za-z-]+):$`), found(t, document, `(?m)^ +name: ([A-Z]+-[A-Za-z-]+|[a-z]+_[a-z]+)$`)) {
		n.headers[strings.ToLower(h)] = true
	}
	for _, w := range slices.Concat(found(t, document, `(?m)^ +([a-z]+[A-Z][A-Za-z]+):$`), found(t, document, `(?m)^ +x-data: (\w+)$`)) {
		n.words[w] = true
	}
	for _, w := range []string{"operationId", "requestBody", "requestBodies", "securitySchemes", "allOf", "apiKey"} {
		delete(n.words, w) // of OpenAPI
	}
	for _, w := range common {
		delete(n.words, w)
		delete(n.headers, w)
	}
	n.ids = regexp.MustCompile(`\b(?:` + strings.Join(found(t, overlay, `pattern: \^([a-z]+_)\[`), "|") + `)[0-9]`)
	generic, err := os.ReadFile("../../../spec/generic.yaml")
	if err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile("../../../spec/rules.go") // the rules for any API
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range c.Requirements() {
		// The areas of suites/generic test rules of any document with the ids of its
		// catalogue: those that name no operation.
		about := slices.ContainsFunc(r.Operations, func(id string) bool { return c.Operation(id) != nil })
		if about {
			n.words[r.ID] = true
		}
		if !strings.Contains(string(table), `"`+r.ID+`"`) && !strings.Contains(string(generic), r.ID) {
			n.rules[r.ID] = true
		}
	}
	return n
}

// found returns the first groups of all matches in a text of the pack.
func found(t *testing.T, text, form string) (list []string) {
	t.Helper()
	for _, m := range regexp.MustCompile(form).FindAllStringSubmatch(text, -1) {
		list = append(list, m[1])
	}
	if len(list) == 0 {
		t.Fatalf("the pack has nothing of the form %s", form)
	}
	return list
}
