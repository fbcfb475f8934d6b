package wording

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/lists"
	"github.com/hostup/api-conformance/spec"
)

// Finding is the single textual form of a violation, in the message of a failed spec, in
// JUnit and on the terminal:
//
//	BODY-SCHEMA-001  MUST  a body is what the document says
//	  where  GET /orders -> 200  $.orders[0].amount
//	  want   number
//	  got    "98.75" (string)
//	  source openapi.yaml:212  ·  https://developer.example.com/orders
//	  curl   curl -sS … -H "Authorization: Bearer $API_KEY"
//
// The order never changes. Missing parts are left out: the status if the finding is not
// about one response, the source if there is none, the command if curl is empty. Where
// causes are counted, a line "seen" precedes "curl". Values are escaped and cut; the
// command is shown as it is or, if too long, not at all. The result has no trailing line
// feed.
//
// The zero Requirement is accepted for req.
func Finding(f spec.Finding, req spec.Requirement, curl string) string {
	return Painted(f, req, "", curl, Painter{})
}

// Group is Finding for a cause, with how often it was seen.
func Group(g reporters.FindingGroup, req spec.Requirement, curl string, p Painter) string {
	return Painted(g.First, req, Seen(g), curl, p)
}

// Painted is Finding in colours, with how often the cause was seen, if that is not "".
func Painted(f spec.Finding, req spec.Requirement, seen, curl string, p Painter) string {
	level := f.Level
	if level == "" {
		level = req.Level
	}
	sentence := req.Sentence
	if sentence == "" {
		sentence = "(this requirement is not in the catalogue)"
	}
	colour := p.Yellow
	if level != spec.Should {
		colour = p.Red
	}

	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s  %s", p.Bold(escape.Line(f.Requirement, escape.PlaceLimit)), colour(escape.Line(string(level), escape.PlaceLimit)), escape.Line(sentence, escape.ValueLimit))
	row := func(label, value string) {
		if value != "" {
			fmt.Fprintf(&b, "\n  %s %s", p.Dim(fmt.Sprintf("%-6s", label)), value)
		}
	}
	row("where", Where(f))
	row("want", escape.Line(f.Want, escape.ValueLimit))
	row("got", escape.Line(f.Got, escape.ValueLimit))
	row("source", Source(f, req))
	row("seen", seen)
	row("curl", escape.ShellCommand(curl, escape.CurlLimit))
	return b.String()
}

// Where names the operation, the status, and the part of the response.
func Where(f spec.Finding) string {
	s := escape.Line(f.Operation, escape.PlaceLimit)
	if f.Status != 0 {
		s += " -> " + strconv.Itoa(f.Status)
	}
	if f.Where != "" {
		s += "  " + escape.Line(f.Where, escape.PlaceLimit)
	}
	if f.Scope != "" {
		s += "  (" + escape.Line(f.Scope, escape.PlaceLimit) + ")"
	}
	return s
}

// Source lists where the rule is written: the document first, then the pages.
func Source(f spec.Finding, req spec.Requirement) string {
	var all []string
	switch {
	case f.File != "" && f.Line > 0:
		all = append(all, f.File+":"+strconv.Itoa(f.Line))
	case f.File != "":
		all = append(all, f.File)
	}
	return escape.Line(strings.Join(append(all, req.Sources...), "  ·  "), escape.ValueLimit)
}

// Seen says how often a cause was met.
func Seen(g reporters.FindingGroup) string {
	var s string
	if g.Exchanges > 0 {
		s = fmt.Sprintf("in %d of %s", g.Exchanges, Count(g.Of, "response"))
	} else {
		s = Count(g.Count, "time")
	}
	if len(g.Specs) > 0 {
		s += ", met by " + Count(len(g.Specs), "spec")
	}
	if n := len(g.Operations); n > 0 {
		some := lists.Some(n, ShownPlaces, func(i int) string { return escape.Line(g.Operations[i], escape.PlaceLimit) })
		s += fmt.Sprintf(", at %s: %s", Count(n, "operation"), strings.Join(some, ", "))
	}
	if g.Known != nil {
		s += "; known: " + Known(*g.Known)
	}
	return s
}

// Known says why a finding need not fail the run, and until when.
func Known(k reporters.Known) string {
	s := escape.Line(k.Reason, escape.ValueLimit) + " (" + escape.Line(k.Ticket, 120)
	if k.Expires != "" {
		s += ", until " + escape.Line(k.Expires, 20)
	}
	return s + ")"
}

// OneLine describes a cause in a single line.
func OneLine(f spec.Finding) string {
	return fmt.Sprintf("%s: want %s, got %s", escape.Line(f.Requirement, 80), escape.Line(f.Want, 120), escape.Line(f.Got, 120))
}
