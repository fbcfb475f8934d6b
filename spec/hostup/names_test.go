package hostup_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/hostup"
)

// generic are the rooms that work with any document, and what in them belongs to the
// pack.
var generic = []struct {
	room   string
	except []string
}{
	{"spec", []string{"spec/hostup", "spec/packs"}},
	{"reporters", []string{"reporters/internal/sample"}}, // results of this API, for tests
}

// module is the name of this project, which holds that of the API: of the module, the
// command, the member of its own in a HAR and the fingerprint of its own in SARIF.
var module = regexp.MustCompile(`github\.com/hostup/api-conformance|hostup-conformance|_hostup\b|hostupConformanceSignature`)

// token is a word as a program or a document writes it.
var token = regexp.MustCompile(`[A-Za-z0-9_-]+`)

// TestGenericRoomsNameNothingOfThePack: what works with any document names no
// operation, path, header, property, id or requirement of this one.
func TestGenericRoomsNameNothingOfThePack(t *testing.T) {
	known := namesOf(t)
	read := 0
	for _, g := range generic {
		err := filepath.WalkDir(filepath.Join("../..", g.room), func(path string, d fs.DirEntry, err error) error {
			name := filepath.ToSlash(strings.TrimPrefix(path, filepath.FromSlash("../..")+string(filepath.Separator)))
			switch {
			case err != nil:
				return err
			case d.IsDir() && (slices.Contains(g.except, name) || d.Name() == "testdata"):
				return fs.SkipDir
			case d.IsDir() || strings.HasSuffix(name, "_test.go") || d.Type()&fs.ModeSymlink != 0: // that leads into the pack
				return nil
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			read++
			n := 0
			for line := range strings.Lines(string(text)) {
				n++
				if found := known.in(module.ReplaceAllString(line, "")); found != "" {
					t.Errorf("%s:%d names %q of HostUp: %s", name, n, found, strings.TrimSpace(line))
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if read == 0 {
		t.Error("nothing was read")
	}
}

// names are those that the document and the catalogue of the pack give to things.
type names struct {
	words   map[string]bool // operations, properties, data, requirements
	headers map[string]bool // headers and cookies, in lower case
	ids     *regexp.Regexp
}

// in is the first of the names in a line, "" for none.
func (n names) in(line string) string {
	for _, part := range []string{"hostup", "/api/"} {
		if strings.Contains(strings.ToLower(line), part) {
			return part
		}
	}
	for _, w := range token.FindAllString(line, -1) {
		if n.words[w] || n.headers[strings.ToLower(w)] {
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
	n := names{words: map[string]bool{}, headers: map[string]bool{}}
	for _, o := range c.Operations() {
		n.words[o.ID] = true
	}
	found := func(text, form string) (list []string) {
		for _, m := range regexp.MustCompile(form).FindAllStringSubmatch(text, -1) {
			list = append(list, m[1])
		}
		if len(list) == 0 {
			t.Fatalf("the pack has nothing of the form %s", form)
		}
		return list
	}
	document, overlay := string(pack.Document.Text), string(pack.Overlay.Text)
	for _, h := range slices.Concat(found(document, `(?m)^ +(X-[A-Za-z-]+):$`), found(document, `(?m)^ +name: ([A-Z]+-[A-Za-z-]+|[a-z]+_[a-z]+)$`)) {
		n.headers[strings.ToLower(h)] = true
	}
	for _, w := range slices.Concat(found(document, `(?m)^ +([a-z]+[A-Z][A-Za-z]+):$`), found(document, `(?m)^ +x-data: (\w+)$`)) {
		n.words[w] = true
	}
	for _, w := range []string{"operationId", "requestBody", "requestBodies", "securitySchemes", "allOf", "apiKey"} {
		delete(n.words, w) // of OpenAPI
	}
	n.ids = regexp.MustCompile(`\b(?:` + strings.Join(found(overlay, `pattern: \^([a-z]+_)\[`), "|") + `)[0-9]`)
	generic, err := os.ReadFile("../generic.yaml")
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := spec.LoadText(nil, "any.yaml", []byte("openapi: 3.1.0\ninfo: {title: any, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: ok}}}}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range c.Requirements() {
		if !foreign.Reach().Has(r.ID) && !strings.Contains(string(generic), r.ID) {
			n.words[r.ID] = true
		}
	}
	return n
}
