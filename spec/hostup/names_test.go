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

// TestGenericRoomsNameNothingOfThePack: what works with any document names no
// operation, path, header, property, id or requirement of this one.
func TestGenericRoomsNameNothingOfThePack(t *testing.T) {
	words := regexp.MustCompile(strings.Join(names(t), "|"))
	read := 0
	for _, g := range generic {
		err := filepath.WalkDir(filepath.Join("../..", g.room), func(path string, d fs.DirEntry, err error) error {
			name := filepath.ToSlash(strings.TrimPrefix(path, filepath.Join("../..")+string(filepath.Separator)))
			switch {
			case err != nil:
				return err
			case d.IsDir() && (slices.Contains(g.except, name) || d.Name() == "testdata"):
				return fs.SkipDir
			case d.IsDir() || strings.HasSuffix(name, "_test.go"):
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
				if found := words.FindString(module.ReplaceAllString(line, "")); found != "" {
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

// names are the words of the pack, each as a regular expression: they follow from its
// document and its catalogue.
func names(t *testing.T) (list []string) {
	t.Helper()
	pack := hostup.Pack()
	c, err := pack.Load()
	if err != nil {
		t.Fatal(err)
	}
	word := func(s string) { list = append(list, `\b`+regexp.QuoteMeta(s)+`\b`) }
	list = append(list, `(?i:hostup)`, `/api/`)
	for _, o := range c.Operations() {
		word(o.ID)
	}
	document, overlay := string(pack.Document.Text), string(pack.Overlay.Text)
	for _, form := range []string{
		`(?m)^ +(X-[A-Za-z-]+):$`,                         // headers
		`(?m)^ +name: ([A-Z]+-[A-Za-z-]+|[a-z]+_[a-z]+)$`, // headers and cookies of security schemes
		`(?m)^ +([a-z]+[A-Z][A-Za-z]+):$`,                 // properties
		`(?m)^ +x-data: (\w+)$`,
	} {
		found := regexp.MustCompile(form).FindAllStringSubmatch(document, -1)
		if len(found) == 0 {
			t.Fatalf("the document has nothing of the form %s", form)
		}
		for _, m := range found {
			if strings.ContainsAny(m[1], "-_") {
				list = append(list, `(?i:\b`+regexp.QuoteMeta(m[1])+`\b)`) // the case of headers does not matter
			} else if !openAPI[m[1]] {
				word(m[1])
			}
		}
	}
	prefixes := regexp.MustCompile(`pattern: \^([a-z]+_)\[`).FindAllStringSubmatch(overlay, -1)
	if len(prefixes) == 0 {
		t.Fatal("the overlay has no form of an id")
	}
	for _, m := range prefixes {
		list = append(list, `\b`+m[1]+`[0-9]`)
	}
	foreign, err := spec.LoadText(nil, "any.yaml", []byte("openapi: 3.1.0\ninfo: {title: any, version: '1'}\npaths: {/a: {get: {responses: {'200': {description: ok}}}}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range c.Requirements() {
		if !foreign.Reach().Has(r.ID) && !strings.Contains(generics(t), r.ID) {
			word(r.ID)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// openAPI are the words of the OpenAPI specification in camel case.
var openAPI = map[string]bool{"operationId": true, "requestBody": true, "securitySchemes": true, "requestBodies": true, "allOf": true, "apiKey": true}

// generics is the catalogue of documents without a pack.
func generics(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../generic.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
