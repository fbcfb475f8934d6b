package reporters

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// FindingText is the one form in which a violation is told, in the message of a
// failed spec, in JUnit and on the terminal:
//
//	ACT-PAGE-003  MUST  the page after the last one is empty
//	  where  GET /api/v2/billing/activity -> 200  $.entries[0].amount
//	  want   number
//	  got    "98.75" (string)
//	  source spec/openapi.yaml:212  ·  https://developer.hostup.se/endpoints/billing/get-v2-billing-activity
//	  curl   curl -sS … -H "Authorization: Bearer $HOSTUP_API_KEY"
//
// The order never changes. What a finding does not have is left out: the status
// when it is not about one answer, the source when there is none, the command
// when curl is empty. Where causes are counted, a line "seen" stands above
// "curl". Values are escaped and cut; the command is shown as it is, or, if it is too
// long, not at all. The result has no line feed at its end.
//
// A finding is told even if req is the zero Requirement.
func FindingText(f spec.Finding, req spec.Requirement, curl string) string {
	return findingText(f, req, "", curl, painter{})
}

// groupText is FindingText for a cause, with how often it was seen.
func groupText(g FindingGroup, req spec.Requirement, curl string, p painter) string {
	return findingText(g.First, req, seen(g), curl, p)
}

func findingText(f spec.Finding, req spec.Requirement, seen, curl string, p painter) string {
	level := f.Level
	if level == "" {
		level = req.Level
	}
	sentence := req.Sentence
	if sentence == "" {
		sentence = "(this requirement is not in the catalogue)"
	}
	colour := p.yellow
	if level != spec.Should {
		colour = p.red
	}

	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s  %s", p.bold(line(f.Requirement, placeLimit)), colour(line(string(level), placeLimit)), line(sentence, valueLimit))
	row := func(label, value string) {
		if value != "" {
			fmt.Fprintf(&b, "\n  %s %s", p.dim(fmt.Sprintf("%-6s", label)), value)
		}
	}
	row("where", where(f))
	row("want", line(f.Want, valueLimit))
	row("got", line(f.Got, valueLimit))
	row("source", source(f, req))
	row("seen", seen)
	row("curl", shellCommand(curl, curlLimit))
	return b.String()
}

// where says which answer and which part of it.
func where(f spec.Finding) string {
	s := line(f.Operation, placeLimit)
	if f.Status != 0 {
		s += " -> " + strconv.Itoa(f.Status)
	}
	if f.Where != "" {
		s += "  " + line(f.Where, placeLimit)
	}
	if f.Scope != "" {
		s += "  (" + line(f.Scope, placeLimit) + ")"
	}
	return s
}

// source lists where the rule is written: the document first, then the pages.
func source(f spec.Finding, req spec.Requirement) string {
	var all []string
	switch {
	case f.File != "" && f.Line > 0:
		all = append(all, f.File+":"+strconv.Itoa(f.Line))
	case f.File != "":
		all = append(all, f.File)
	}
	return line(strings.Join(append(all, req.Sources...), "  ·  "), valueLimit)
}

// seen says how often a cause was met.
func seen(g FindingGroup) string {
	var s string
	if g.Exchanges > 0 {
		s = fmt.Sprintf("in %d of %s", g.Exchanges, count(g.Of, "answer"))
	} else {
		s = count(g.Count, "time")
	}
	if len(g.Specs) > 0 {
		s += ", met by " + count(len(g.Specs), "spec")
	}
	if g.Known != nil {
		s += "; known: " + knownText(*g.Known)
	}
	return s
}

// knownText says why a finding need not fail the run, and until when.
func knownText(k Known) string {
	s := line(k.Reason, valueLimit) + " (" + line(k.Ticket, 120)
	if k.Expires != "" {
		s += ", until " + line(k.Expires, 20)
	}
	return s + ")"
}

// oneLine tells a cause where there is room for one line only.
func oneLine(f spec.Finding) string {
	return fmt.Sprintf("%s: want %s, got %s", line(f.Requirement, 80), line(f.Want, 120), line(f.Got, 120))
}
