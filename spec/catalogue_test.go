package spec_test

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec"
)

// Every id that code reports is in the catalogue, and for every rule that Check can
// report there is a test here in which it does.
func TestReportedRequirementsAreInTheCatalogue(t *testing.T) {
	c := contract(t)
	generic, err := spec.LoadText(nil, "any.yaml", []byte("openapi: 3.1.0\nsecurity: [{key: []}]\ncomponents: {securitySchemes: {key: {type: http, scheme: bearer}}}\npaths: {/x: {get: {responses: {'200': {description: ok, content: {application/xml: {}, application/json: {schema: {writeOnly: true}}}}, '206': {description: part}}}}}\n"))
	if err != nil {
		t.Fatal(err)
	}
	reported := map[string]string{}
	tests := ""
	own, err := filepath.Glob("*")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("hostup/*")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, own...)
	id := regexp.MustCompile(`"([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-[0-9]{3})"`)
	mark := regexp.MustCompile(`(?m)^\s+(?:x-requirement|x-recommendation|"\*"|[a-zA-Z]+): ([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-[0-9]{3})$`)
	for _, name := range files {
		switch {
		case strings.HasSuffix(name, "_test.go"):
			tests += readFile(t, name)
		case strings.HasSuffix(name, ".go"):
			for _, m := range id.FindAllStringSubmatch(readFile(t, name), -1) {
				reported[m[1]] = name
			}
		case name == "hostup/openapi.yaml" || name == "hostup/strict.overlay.yaml":
			for _, m := range mark.FindAllStringSubmatch(readFile(t, name), -1) {
				reported[m[1]] = name
			}
		}
	}
	if len(reported) < 50 {
		t.Fatalf("only %d ids found", len(reported))
	}
	for id, name := range reported {
		if strings.HasPrefix(id, "DOC-") {
			continue // a problem of the document, see TestProblems
		}
		r, ok := c.Requirement(id)
		if !ok {
			r, ok = generic.Requirement(id)
		}
		if !ok {
			t.Errorf("%s reports %s, which is not in the catalogue", name, id)
			continue
		}
		if !strings.Contains(tests, "`"+string(r.Level)+" "+id+" ") && !strings.Contains(tests, `"`+string(r.Level)+" "+id+" ") {
			t.Errorf("%s reports %s, and no test shows it", name, id)
		}
	}
}

func TestCatalogue(t *testing.T) {
	c := contract(t)
	known := map[string]bool{"*": true, "v1": true, "v2": true}
	for _, o := range c.Operations() {
		known[o.ID] = true
	}
	for _, r := range c.Requirements() {
		for _, o := range r.Operations {
			if !known[o] {
				t.Errorf("%s is about %s, which is no operation", r.ID, o)
			}
		}
		if first := r.Sentence[:1]; strings.HasSuffix(r.Sentence, ".") || first != strings.ToLower(first) && !strings.HasPrefix(r.Sentence, "HEAD ") && !strings.HasPrefix(r.Sentence, "Content-Type ") && !strings.HasPrefix(r.Sentence, "a ") && !strings.HasPrefix(r.Sentence, "Problem") {
			t.Errorf("%s: %q", r.ID, r.Sentence)
		}
	}
}

// bindingSections are the sections of RFCs that state a rule as MUST, MUST NOT or
// REQUIRED, or that define what a message is: a requirement may rest on them alone.
var bindingSections = map[string]string{
	"RFC 9110": "2.2 5.3 8.6 9.3.2 11.6.1 15.3.5 15.4.5 15.5.2 15.5.6",
	"RFC 9112": "6.3",
	"RFC 8259": "2 8.1 10",
	"RFC 9457": "3.1.2",
}

// Every MUST is promised by a page, by the document, or by a section of an RFC that
// says so; else the catalogue says why the suite insists on it.
func TestEveryMUSTIsPromised(t *testing.T) {
	form := regexp.MustCompile(`^(?:(https://developer\.hostup\.se/[a-z0-9/_-]+(?: and https://developer\.hostup\.se/[a-z0-9/_-]+)?(?:(?: and|,) [^:]+)?(?:: .+| \(.+\))?)|(RFC [0-9]+) sections? ([0-9.]+(?:(?:, | and )[0-9.]+)*)(?:: .+)?|JSON Schema 2020-12 core section [0-9.]+|ISO 4217 minor units|RFC [0-9]+)$`)
	promised, insisted := 0, 0
	for _, r := range contract(t).Requirements() {
		binds := false
		for _, source := range r.Sources {
			m := form.FindStringSubmatch(source)
			switch {
			case m == nil:
				t.Errorf("%s: the source %q names no page, no document and no section", r.ID, source)
			case m[1] != "":
				binds = true
			case m[2] != "":
				for _, section := range strings.FieldsFunc(m[3], func(c rune) bool { return !strings.ContainsRune("0123456789.", c) }) {
					binds = binds || slices.Contains(strings.Fields(bindingSections[m[2]]), section)
				}
			}
		}
		switch {
		case r.Level != spec.Must:
		case r.Insists != "":
			insisted++
		case binds:
			promised++
		default:
			t.Errorf("%s is MUST, but none of %q says so: make it SHOULD, or say why you insist", r.ID, r.Sources)
		}
	}
	if insisted > promised/5 {
		t.Errorf("%d of %d MUST are insisted on", insisted, promised+insisted)
	}
}

// The same holds for any document: what its MUST rest on is the document, a section that
// says so, or a reason to insist.
func TestEveryGenericMUSTIsPromised(t *testing.T) {
	all, err := spec.General()
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{"RFC 9110": bindingSections["RFC 9110"] + " 13.1.1 13.1.2 15.3.7", "RFC 9112": bindingSections["RFC 9112"], "RFC 8259": bindingSections["RFC 8259"], "RFC 9457": bindingSections["RFC 9457"]}
	form := regexp.MustCompile(`^(RFC [0-9]+) sections? ([0-9., and]+)`)
	for _, r := range all {
		binds := slices.ContainsFunc(r.Sources, func(source string) bool {
			m := form.FindStringSubmatch(source)
			return m != nil && slices.ContainsFunc(strings.FieldsFunc(m[2], func(c rune) bool { return !strings.ContainsRune("0123456789.", c) }), func(section string) bool {
				return slices.Contains(strings.Fields(sections[m[1]]), section)
			}) || strings.HasPrefix(source, "OpenAPI Specification: ") || strings.HasPrefix(source, "XML 1.0 ")
		})
		if r.Level == spec.Must && !binds && r.Insists == "" {
			t.Errorf("%s is MUST, but none of %q says so: make it SHOULD, or say why you insist", r.ID, r.Sources)
		}
	}
}
