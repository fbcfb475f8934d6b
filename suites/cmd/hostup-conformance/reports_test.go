package main

import (
	"bytes"
	"os"
	"regexp"
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
