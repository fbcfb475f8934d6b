package baseline

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pb33f/go-yaml"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/spec/document"
)

// A List contains known findings, each with the reason why the run need not fail on it.
// Its file:
//
//	baseline: hostup-conformance/baseline/1
//	known:
//	  - signature: "BODY-SCHEMA-001 | GET /orders | $.orders[*].amount | type"
//	    reason: amounts become numbers with release 2026.5
//	    ticket: BILL-1234
//	    expires: 2026-06-30   # optional: the last day on which it holds
type List struct {
	Version string  `yaml:"baseline"`
	Known   []Entry `yaml:"known"`

	source *yaml.Node // the file that it was read from, with its comments; nil for a new list
}

// Version identifies the file format.
const Version = "hostup-conformance/baseline/1"

// An Entry is one known finding.
type Entry struct {
	Signature string `yaml:"signature"`
	Reason    string `yaml:"reason"`
	Ticket    string `yaml:"ticket"`
	Expires   day    `yaml:"expires,omitempty"` // 2006-01-02

	source *yaml.Node // nil for a new entry
}

// line returns the line of the entry in its file, 0 for a new entry.
func (e Entry) line() int {
	if e.source == nil {
		return 0
	}
	return e.source.Line
}

// A day is a date as written: YAML would parse it as a time.
type day string

// UnmarshalYAML implements yaml.Unmarshaler.
func (d *day) UnmarshalYAML(n *yaml.Node) error {
	*d = day(n.Value)
	return nil
}

// placeholder marks what a person must fill in. [Read] refuses it.
const placeholder = "TODO"

// Read reads a baseline. It refuses, with the line, everything that would excuse more
// than a person has decided to: an unknown member, an empty reason or ticket or one that
// begins with TODO, a duplicate or malformed signature, a failed connection or time-out
// (no reason justifies a missing response), and an invalid date. name is used in messages
// only.
func Read(name string, r io.Reader) (*List, error) {
	text, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	file, err := document.ReadYAML(text)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %s", name, yamlTrouble(err))
	case file.Kind == 0:
		return nil, fmt.Errorf("%s is empty: write one with the command baseline write", name)
	}
	b := &List{source: &file}
	d := yaml.NewDecoder(bytes.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(b); err != nil {
		return nil, fmt.Errorf("%s: %s", name, yamlTrouble(err))
	}
	if b.Version != Version {
		return nil, fmt.Errorf("%s: baseline is %q, want %q", name, b.Version, Version)
	}
	b.locate()
	first := map[string]int{}
	for i, e := range b.Known {
		if err := e.check(); err != nil {
			return nil, fmt.Errorf("%s:%d: entry %d: %w", name, e.line(), i+1, err)
		}
		if line, twice := first[e.Signature]; twice {
			return nil, fmt.Errorf("%s:%d: entry %d: the signature stands at line %d already", name, e.line(), i+1, line)
		}
		first[e.Signature] = e.line()
	}
	return b, nil
}

// locate keeps the YAML nodes of the entries.
func (b *List) locate() {
	if known := entries(b.source); known != nil && len(known.Content) == len(b.Known) {
		for i := range b.Known {
			b.Known[i].source = known.Content[i]
		}
	}
}

func (e Entry) check() error {
	parts := strings.Split(e.Signature, " | ")
	switch {
	case e.Signature == "":
		return errors.New("no signature")
	case len(parts) < 4:
		return fmt.Errorf("%q is no signature: copy it from the report", e.Signature)
	case unanswered(parts[0], parts[2]):
		return errors.New("a response that does not come, or not to its end, cannot be a known finding")
	}
	for _, m := range []struct{ name, value, example string }{
		{"reason", e.Reason, "say why the run need not fail over it"},
		{"ticket", e.Ticket, "say where it is being dealt with"},
	} {
		if strings.TrimSpace(m.value) == "" || todo(m.value) {
			return fmt.Errorf("the %s is %q: %s", m.name, m.value, m.example)
		}
	}
	if e.Expires != "" {
		if _, err := time.Parse(time.DateOnly, string(e.Expires)); err != nil {
			return fmt.Errorf("expires is %q, want a date such as 2026-06-30", e.Expires)
		}
	}
	return nil
}

// unanswered reports whether a finding is an incomplete or missing response.
func unanswered(requirement, where string) bool {
	return where == "connection" || requirement == "HTTP-ANSWER-001"
}

// Excuses reports whether a finding is known, and its entry has not expired.
func (b *List) Excuses(signature string, now time.Time) bool {
	i := slices.IndexFunc(b.Known, func(e Entry) bool { return e.Signature == signature })
	return i >= 0 && !b.Known[i].expired(now)
}

// expired reports whether the last day of the entry is over.
func (e Entry) expired(now time.Time) bool {
	last, err := time.ParseInLocation(time.DateOnly, string(e.Expires), now.Location())
	return err == nil && !now.Before(last.AddDate(0, 0, 1))
}

// Write writes a baseline of every finding that fails the run, and returns it. Reason and
// ticket are left for people: [Read] refuses the file until they are filled in. Entries
// of old that still occur are kept as they are, with the comments of the file, and new
// ones follow by signature, so that a diff is easy to read; old may be nil. Values from
// responses are not written.
func Write(w io.Writer, run *reporters.Run, old *List) (*List, error) {
	b := &List{Version: Version}
	if old != nil {
		b.source = old.source
		for _, e := range old.Known {
			if slices.ContainsFunc(run.Findings, func(g reporters.FindingGroup) bool { return g.Signature == e.Signature }) {
				b.Known = append(b.Known, e)
			}
		}
	}
	first := len(b.Known)
	for _, g := range run.Findings {
		kept := slices.ContainsFunc(b.Known, func(e Entry) bool { return e.Signature == g.Signature })
		if g.Fails && !kept && !unanswered(g.First.Requirement, g.First.Where) {
			b.Known = append(b.Known, Entry{
				Signature: g.Signature,
				Reason:    placeholder + " why this need not fail the run: want " + escape.Line(g.First.Want, 120),
				Ticket:    placeholder,
			})
		}
	}
	slices.SortFunc(b.Known[first:], func(a, b Entry) int { return strings.Compare(a.Signature, b.Signature) })
	return b, b.write(w)
}

// Prune writes the baseline without the entries that [Apply] reports as expired, gone or
// unable to match, and returns it.
func Prune(w io.Writer, b *List, run *reporters.Run, now time.Time) (*List, error) {
	result := Apply(run, b, now).Baseline
	out := &List{Version: Version, source: b.source}
	for _, e := range b.Known {
		if !slices.ContainsFunc(result.Problems, func(p reporters.BaselineProblem) bool { return p.Signature == e.Signature }) {
			out.Known = append(out.Known, e)
		}
	}
	return out, out.write(w)
}

// Unfilled returns the number of entries that still contain TODO.
func (b *List) Unfilled() (n int) {
	for _, e := range b.Known {
		if todo(e.Reason) || todo(e.Ticket) {
			n++
		}
	}
	return n
}

func todo(v string) bool {
	v = strings.TrimSpace(v)
	return len(v) >= len(placeholder) && strings.EqualFold(v[:len(placeholder)], placeholder)
}

// yamlTrouble returns an error of the YAML parser in terms of the file.
func yamlTrouble(err error) string {
	s := strings.TrimPrefix(strings.Join(strings.Fields(err.Error()), " "), "yaml: ")
	s = strings.TrimPrefix(parserParts.ReplaceAllString(s, "line $1: "), "construct errors: ")
	return unknownField.ReplaceAllString(s, "unknown member $1")
}

var (
	parserParts  = regexp.MustCompile(`^go-yaml load error in \w+ (?:\(.*?\) )?at L(\d+)\.C\d+(?:-L\d+\.C\d+)?: `)
	unknownField = regexp.MustCompile(`field (\S+) not found in type [^\s;]+`)
)
