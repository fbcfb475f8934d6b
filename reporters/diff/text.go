package diff

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/markdown"
	"github.com/hostup/api-conformance/reporters/internal/wording"
)

// WriteText writes a delta for a terminal: new findings first, the summary as the last
// line.
func (d Delta) WriteText(w io.Writer) error {
	var b strings.Builder
	for _, s := range []struct {
		name string
		DeltaSide
	}{{"old", d.Old}, {"new", d.New}} {
		fmt.Fprintf(&b, "%s  %s  %s  %s\n", s.name, s.Started.UTC().Format(time.DateTime), escape.Line(string(s.Verdict), 40), wording.Target(s.Target))
	}
	if note := d.Differences(); note != "" {
		fmt.Fprintf(&b, "note %s\n", note)
	}
	section := func(title string, all []string) {
		if len(all) > 0 {
			fmt.Fprintf(&b, "\n%s (%d)\n  %s\n", title, len(all), strings.Join(all, "\n  "))
		}
	}
	for _, s := range wording.Hints(&reporters.Run{Target: d.New.Target}) {
		fmt.Fprintf(&b, "down %s\n", s)
	}
	for _, s := range d.Sections() {
		section(s.Title, s.Entries)
	}
	fmt.Fprintf(&b, "\n%s\n", d.Summary())
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteMarkdown writes a delta for a comment on a pull request.
func (d Delta) WriteMarkdown(w io.Writer) error {
	m := &markdown.Builder{Limit: markdown.CommentLimit}
	m.Printf("**%s**\n\n", markdown.Text(d.Summary()))
	if note := d.Differences(); note != "" {
		m.Printf("> %s\n\n", markdown.Text(note))
	}
	for _, s := range wording.Hints(&reporters.Run{Target: d.New.Target}) {
		m.Printf("> **The target as a whole:** %s\n\n", markdown.Text(s))
	}
	for i, s := range d.Sections() {
		if len(s.Entries) == 0 {
			continue
		}
		open := ""
		if i == 0 {
			open = " open"
		}
		m.Printf("<details%s><summary>%s (%d)</summary>\n\n", open, s.Title, len(s.Entries))
		shown := 0
		for _, e := range s.Entries {
			if !m.Fits("- "+markdown.Text(e)+"\n", len("\n</details>\n\n")+40) {
				break
			}
			m.Printf("- %s\n", markdown.Text(e))
			shown++
		}
		if rest := len(s.Entries) - shown; rest > 0 {
			m.Must("- and %d more\n", rest)
		}
		m.Must("\n</details>\n\n")
	}
	_, err := io.WriteString(w, m.String())
	return err
}

// WriteJSON writes a delta for programs.
func (d Delta) WriteJSON(w io.Writer) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(d); err != nil {
		return err
	}
	_, err := w.Write(buf.Bytes())
	return err
}

// NothingJudged reports whether the new run did not begin, because of its target.
func (d Delta) NothingJudged() bool {
	return d.New.Target.Outage != nil && !d.New.Target.Outage.During()
}

// Titles of sections whose findings a page can link to.
const (
	TitleAppeared = "new findings"
	TitleRemains  = "still violated"
	TitleFixed    = "fixed"
)

type deltaSection struct {
	Title   string
	Entries []string
}

// Sections returns the changes by kind, new findings first.
func (d Delta) Sections() []deltaSection {
	groups := func(all []reporters.FindingGroup) (out []string) {
		for _, g := range all {
			s := fmt.Sprintf("%s %s  %s: want %s, got %s", escape.Line(g.First.Requirement, 80), wording.LevelWord(g.First.Level), wording.Where(g.First), escape.Line(g.First.Want, 120), escape.Line(g.First.Got, 120))
			if g.Known != nil {
				s += "  (known: " + escape.Line(g.Known.Ticket, 80) + ")"
			}
			out = append(out, s)
		}
		return out
	}
	changes := func(all []RequirementChange) (out []string) {
		for _, c := range all {
			s := escape.Line(c.ID, 80) + "  " + escape.Line(c.Sentence, escape.ValueLimit)
			if c.Skip != nil {
				s += "  (" + escape.Line(c.Skip.Reason, escape.ValueLimit) + ")"
			}
			out = append(out, s)
		}
		return out
	}
	times := func(all []LatencyChange) (out []string) {
		for _, c := range all {
			out = append(out, fmt.Sprintf("%s  median %s, was %s", escape.Line(c.Operation, escape.PlaceLimit), wording.Precise(c.New), wording.Precise(c.Old)))
		}
		return out
	}
	if d.NothingJudged() {
		return []deltaSection{{TitleAppeared, groups(d.Appeared)}, {TitleRemains, groups(d.Remains)}}
	}
	return []deltaSection{
		{TitleAppeared, groups(d.Appeared)},
		{"could not finish any more", changes(d.NewlyStopped)},
		{TitleFixed, groups(d.Fixed)},
		{TitleRemains, groups(d.Remains)},
		{"violated before, not tested now", groups(d.Unknown)},
		{"not tested any more", changes(d.NewlySkipped)},
		{"tested for the first time", changes(d.NewlyTested)},
		{"slower", times(d.Slower)},
		{"faster", times(d.Faster)},
	}
}

// Differences says how the results differ besides the responses: documents, suites,
// targets, settings.
func (d Delta) Differences() string {
	var parts []string
	if d.Old.Document.SHA256 != d.New.Document.SHA256 || d.Old.Document.OverlaySHA256 != d.New.Document.OverlaySHA256 {
		parts = append(parts, "the documents differ")
	}
	if d.Old.Suite != d.New.Suite {
		parts = append(parts, fmt.Sprintf("the suites differ (%s and %s)", escape.Line(d.Old.Suite.Version, 40), escape.Line(d.New.Suite.Version, 40)))
	}
	if a, b := wording.Target(d.Old.Target), wording.Target(d.New.Target); a != b {
		parts = append(parts, fmt.Sprintf("the targets differ (%s and %s)", a, b))
	}
	if a, b := selection(d.Old.Settings), selection(d.New.Settings); a != b {
		parts = append(parts, fmt.Sprintf("the settings differ (%s and %s)", a, b))
	}
	return strings.Join(parts, "; ")
}

// selection describes the settings that determine which findings a run can have.
func selection(s reporters.Settings) string {
	out := "safety " + escape.Line(s.Safety, escape.PlaceLimit)
	if s.Strict {
		out += ", strict"
	}
	if s.Profile != "" {
		out += ", profile " + escape.Line(s.Profile, escape.PlaceLimit)
	}
	if s.LabelFilter != "" {
		out += ", only " + escape.Line(s.LabelFilter, escape.PlaceLimit)
	}
	return out
}

// Summary returns the outcome of the comparison in one line.
func (d Delta) Summary() string {
	if d.NothingJudged() && len(d.Appeared)+len(d.Remains) == 0 {
		return fmt.Sprintf("nothing was judged; of the old findings %d are not tested again", len(d.Unknown))
	}
	word := "no new findings"
	if n := len(d.Appeared); n > 0 {
		word = wording.Count(n, "new finding")
	}
	s := fmt.Sprintf("%s, %d fixed, %d still violated", word, len(d.Fixed), len(d.Remains))
	for _, more := range []struct {
		n    int
		word string
	}{{len(d.NewlyStopped), "not finished"}, {len(d.Unknown), "not tested again"}, {len(d.NewlySkipped), "newly skipped"}, {len(d.NewlyTested), "newly tested"}, {len(d.Slower), "slower"}, {len(d.Faster), "faster"}} {
		if more.n > 0 {
			s += fmt.Sprintf(", %d %s", more.n, more.word)
		}
	}
	return s
}
