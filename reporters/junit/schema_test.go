package junit

import (
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// A junitElement describes an element in a schema: attributes (true if required),
// children, and whether it may contain text.
type junitElement struct {
	attributes map[string]bool
	children   []string
	text       bool
}

// xunitSchema has the elements that Jenkins' xUnit plugin accepts, of those that we write
// (jenkinsci/xunit-plugin, junit-10.xsd, which describes the files of Maven Surefire).
// The plugin refuses any other and skips the file.
var xunitSchema = map[string]junitElement{
	"testsuites": {attributes: map[string]bool{"name": false, "time": false, "tests": false, "failures": false, "errors": false}, children: []string{"testsuite"}},
	"testsuite": {
		attributes: map[string]bool{"name": true, "tests": true, "failures": true, "errors": true, "skipped": false, "time": false, "timestamp": false,
			"group": false, "hostname": false, "id": false, "package": false, "file": false, "log": false, "url": false, "version": false},
		children: []string{"testsuite", "properties", "testcase", "system-out", "system-err"},
	},
	"properties": {children: []string{"property"}},
	"property":   {attributes: map[string]bool{"name": true, "value": true}},
	"testcase":   {attributes: map[string]bool{"name": true, "time": false, "classname": false, "group": false}, children: []string{"skipped", "error", "failure", "system-out", "system-err"}},
	"skipped":    {attributes: map[string]bool{"type": false, "message": false}, text: true},
	"error":      {attributes: map[string]bool{"type": false, "message": false}, text: true},
	"failure":    {attributes: map[string]bool{"type": false, "message": false}, text: true},
	"system-out": {text: true},
	"system-err": {text: true},
}

// surefireTime matches the time of a suite in the schema.
var surefireTime = regexp.MustCompile(`^[0-9]*(\.[0-9]{0,3})?$`)

// xunitProblems returns the violations of the schema in a file.
func xunitProblems(text string) (problems []string) {
	d := xml.NewDecoder(strings.NewReader(text))
	path := []string{""}
	allowed := map[string][]string{"": {"testsuites"}}
	for name, e := range xunitSchema {
		allowed[name] = e.children
	}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return problems
		}
		if err != nil {
			return append(problems, err.Error())
		}
		inside := path[len(path)-1]
		switch x := token.(type) {
		case xml.StartElement:
			name := x.Name.Local
			if !slices.Contains(allowed[inside], name) {
				problems = append(problems, name+" inside "+inside)
			}
			missing := maps.Clone(xunitSchema[name].attributes)
			for _, a := range x.Attr {
				if _, ok := xunitSchema[name].attributes[a.Name.Local]; !ok {
					problems = append(problems, a.Name.Local+" of "+name)
				}
				if strings.HasPrefix(name, "testsuite") && a.Name.Local == "time" && !surefireTime.MatchString(a.Value) {
					problems = append(problems, "time "+a.Value)
				}
				delete(missing, a.Name.Local)
			}
			for a, required := range missing {
				if required {
					problems = append(problems, "no "+a+" of "+name)
				}
			}
			path = append(path, name)
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			if strings.TrimSpace(string(x)) != "" && !xunitSchema[inside].text {
				problems = append(problems, "text inside "+inside)
			}
		}
	}
}

// TestJUnitMeetsXUnit: the file of any run is accepted by every reader.
func TestJUnitMeetsXUnit(t *testing.T) {
	long := sample.Run()
	long.Duration *= 5000
	for name, run := range map[string]*reporters.Run{
		"sample": sample.Run(), "empty": {Verdict: reporters.Partial}, "hostile": sample.Poisoned(sample.Hostile), "recorded": sample.Recorded(),
		"known": sample.Known(), "long": long,
		"unexplained": {Verdict: reporters.NonConformant, Specs: []reporters.SpecResult{{Name: "a", Outcome: reporters.Failed}, {Name: "b", Outcome: "?"}}},
	} {
		if problems := xunitProblems(sample.Shown(t, Write, run)); len(problems) > 0 {
			t.Errorf("%s: %q", name, slices.Compact(problems))
		}
	}
}

// TestXUnitProblems: the check above detects violations.
func TestXUnitProblems(t *testing.T) {
	good := `<testsuites name="x"><testsuite name="x" tests="1" failures="0" errors="0" time="1.5"><testcase name="x"><failure>text</failure></testcase></testsuite></testsuites>`
	if p := xunitProblems(good); len(p) > 0 {
		t.Errorf("good: %q", p)
	}
	for _, test := range []struct{ old, new, want string }{
		{`<testsuites `, `<testsuites skipped="1" `, "skipped of testsuites"},
		{`<failure>`, `<properties></properties><failure>`, "properties inside testcase"},
		{`"1.5"`, `"1.5s"`, "time 1.5s"},
		{` tests="1"`, ``, "no tests of testsuite"},
		{`<testcase `, `text<testcase `, "text inside testsuite"},
		{`<testcase `, `<testcase file="x" `, "file of testcase"},
	} {
		if p := xunitProblems(strings.Replace(good, test.old, test.new, 1)); !slices.Equal(p, []string{test.want}) {
			t.Errorf("%q, want %q", p, test.want)
		}
	}
}
