package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/pb33f/jsonschema/v6"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/hostup/api-conformance/reporters"
)

// valid requires files to conform to the JSON schema that the command publishes.
func valid(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: valid FILE…")
	}
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(reporters.Schema()))
	ts.Check(err)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	ts.Check(c.AddResource("urn:report", schema))
	compiled, err := c.Compile("urn:report")
	ts.Check(err)
	for _, name := range args {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(ts.ReadFile(name)))
		ts.Check(err)
		if err := compiled.Validate(value); err != nil {
			ts.Fatalf("%s: %v", name, err)
		}
	}
}

// again renders a result and requires the bytes of a file.
func again(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: again FILE FORMAT RESULT…")
	}
	ts.Check(ts.Exec("hostup-conformance", append([]string{"report", "--format", args[1]}, args[2:]...)...))
	if ts.ReadFile("stdout") != ts.ReadFile(args[0]) {
		ts.Fatalf("report --format %s gives something else than %s", args[1], args[0])
	}
}

// fill fills in the entries of a baseline as a person would.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: fill FILE [LAST-DAY]")
	}
	text := ts.ReadFile(args[0])
	text = regexp.MustCompile(`(?m)reason: .*`).ReplaceAllString(text, "reason: cards become a list with 2026.5")
	ticket := "ticket: BILL-1"
	if len(args) == 2 {
		ticket += "\n${1}expires: " + args[1]
	}
	text = regexp.MustCompile(`(?m)^( *)ticket: .*`).ReplaceAllString(text, "${1}"+ticket)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// counts requires that the last line of progress, the summary and the reports of the last
// run have the same number of failed specs, of at least MIN, and no line of progress more.
func counts(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: counts MIN")
	}
	least, err := strconv.Atoi(args[0])
	ts.Check(err)
	run, err := reporters.ReadJSON(strings.NewReader(ts.ReadFile("reports/report.json")))
	ts.Check(err)
	failed := 0
	for _, s := range run.Specs {
		if s.Outcome == reporters.Failed {
			failed++
		}
	}
	if failed < least {
		ts.Fatalf("%d specs have failed, want at least %d", failed, least)
	}
	same := func(where, text, pattern string) {
		found := regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1)
		if len(found) == 0 {
			ts.Fatalf("no number of failed specs in %s:\n%s", where, text)
		}
		for i, m := range found {
			n, _ := strconv.Atoi(m[1]) // "" is none
			if last := i == len(found)-1; n > failed || last && n != failed {
				ts.Fatalf("%s has %d failed specs of %d:\n%s", where, n, failed, text)
			}
		}
	}
	same("progress", ts.ReadFile("stderr"), `specs done(?:, (\d+) failed)?.*\n`)
	same("the summary", ts.ReadFile("stdout"), `(?m)^\d+ specs: .* (\d+) failed`)
	same("the page", ts.ReadFile("reports/report.html"), `\d+ specs: .* (\d+) failed`)
	own := regexp.MustCompile(`(?s)<testcase [^>]*classname="hostup-conformance\.run".*?</testcase>`).ReplaceAllString(ts.ReadFile("reports/junit.xml"), "")
	if n := strings.Count(own, "<failure "); n != failed {
		ts.Fatalf("junit.xml has %d failed specs of %d", n, failed)
	}
}

// exchanges requires that the summary and the result of the last run count as many
// exchanges as its recording has.
func exchanges(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: exchanges HAR")
	}
	var recording struct {
		Log struct{ Entries []json.RawMessage }
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &recording))
	run, err := reporters.ReadJSON(strings.NewReader(ts.ReadFile("reports/report.json")))
	ts.Check(err)
	recorded := len(recording.Log.Entries)
	if recorded == 0 || run.Traffic.Exchanges != recorded {
		ts.Fatalf("%d exchanges in the result, %d recorded", run.Traffic.Exchanges, recorded)
	}
	if want := fmt.Sprintf("; %d exchanges; ", recorded); !strings.Contains(ts.ReadFile("stdout"), want) {
		ts.Fatalf("the summary has no %q:\n%s", want, ts.ReadFile("stdout"))
	}
}
