package reporters

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// WriteText writes a delta for a terminal: what is new first, the judgement as
// the last line.
func (d Delta) WriteText(w io.Writer) error {
	var b strings.Builder
	for _, s := range []struct {
		name string
		DeltaSide
	}{{"old", d.Old}, {"new", d.New}} {
		fmt.Fprintf(&b, "%s  %s  %s  %s\n", s.name, s.Started.UTC().Format(time.DateTime), line(string(s.Verdict), 40), targetText(s.Target))
	}
	if note := d.differ(); note != "" {
		fmt.Fprintf(&b, "note %s\n", note)
	}
	section := func(title string, all []string) {
		if len(all) > 0 {
			fmt.Fprintf(&b, "\n%s (%d)\n  %s\n", title, len(all), strings.Join(all, "\n  "))
		}
	}
	for _, s := range hints(&Run{Target: d.New.Target}) {
		fmt.Fprintf(&b, "down %s\n", s)
	}
	for _, s := range d.sections() {
		section(s.title, s.entries)
	}
	fmt.Fprintf(&b, "\n%s\n", d.summary())
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteMarkdown writes a delta for a comment on a pull request.
func (d Delta) WriteMarkdown(w io.Writer) error {
	m := &mdBuilder{limit: CommentLimit}
	m.printf("**%s**\n\n", md(d.summary()))
	if note := d.differ(); note != "" {
		m.printf("> %s\n\n", md(note))
	}
	for _, s := range hints(&Run{Target: d.New.Target}) {
		m.printf("> **The target as a whole:** %s\n\n", md(s))
	}
	for i, s := range d.sections() {
		if len(s.entries) == 0 {
			continue
		}
		open := ""
		if i == 0 {
			open = " open"
		}
		m.printf("<details%s><summary>%s (%d)</summary>\n\n", open, s.title, len(s.entries))
		shown := 0
		for _, e := range s.entries {
			if !m.fits("- "+md(e)+"\n", len("\n</details>\n\n")+40) {
				break
			}
			m.printf("- %s\n", md(e))
			shown++
		}
		if rest := len(s.entries) - shown; rest > 0 {
			m.must("- and %d more\n", rest)
		}
		m.must("\n</details>\n\n")
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

// NothingJudged reports that the new run did not begin, because of its target.
func (d Delta) NothingJudged() bool {
	return d.New.Target.Outage != nil && d.New.Target.Outage.Kind != OutageGone
}

// Titles of sections whose findings a page can lead to.
const (
	titleAppeared = "new findings"
	titleRemains  = "still violated"
	titleFixed    = "fixed"
)

type deltaSection struct {
	title   string
	entries []string
}

func (d Delta) sections() []deltaSection {
	groups := func(all []FindingGroup) (out []string) {
		for _, g := range all {
			s := fmt.Sprintf("%s %s  %s: want %s, got %s", line(g.First.Requirement, 80), levelWord(g.First.Level), where(g.First), line(g.First.Want, 120), line(g.First.Got, 120))
			if g.Known != nil {
				s += "  (known: " + line(g.Known.Ticket, 80) + ")"
			}
			out = append(out, s)
		}
		return out
	}
	changes := func(all []RequirementChange) (out []string) {
		for _, c := range all {
			s := line(c.ID, 80) + "  " + line(c.Sentence, valueLimit)
			if c.Skip != nil {
				s += "  (" + line(c.Skip.Reason, valueLimit) + ")"
			}
			out = append(out, s)
		}
		return out
	}
	times := func(all []LatencyChange) (out []string) {
		for _, c := range all {
			out = append(out, fmt.Sprintf("%s  median %s, was %s", line(c.Operation, placeLimit), precise(c.New), precise(c.Old)))
		}
		return out
	}
	if d.NothingJudged() {
		return []deltaSection{{titleAppeared, groups(d.Appeared)}, {titleRemains, groups(d.Remains)}}
	}
	return []deltaSection{
		{titleAppeared, groups(d.Appeared)},
		{"could not finish any more", changes(d.NewlyStopped)},
		{titleFixed, groups(d.Fixed)},
		{titleRemains, groups(d.Remains)},
		{"violated before, not tested now", groups(d.Unknown)},
		{"not tested any more", changes(d.NewlySkipped)},
		{"tested for the first time", changes(d.NewlyTested)},
		{"slower", times(d.Slower)},
		{"faster", times(d.Faster)},
	}
}

// differ says in what the results differ besides the answers.
func (d Delta) differ() string {
	var parts []string
	if d.Old.Document.SHA256 != d.New.Document.SHA256 || d.Old.Document.OverlaySHA256 != d.New.Document.OverlaySHA256 {
		parts = append(parts, "the documents differ")
	}
	if d.Old.Suite != d.New.Suite {
		parts = append(parts, fmt.Sprintf("the suites differ (%s and %s)", line(d.Old.Suite.Version, 40), line(d.New.Suite.Version, 40)))
	}
	if a, b := targetText(d.Old.Target), targetText(d.New.Target); a != b {
		parts = append(parts, fmt.Sprintf("the targets differ (%s and %s)", a, b))
	}
	if a, b := selection(d.Old.Settings), selection(d.New.Settings); a != b {
		parts = append(parts, fmt.Sprintf("the settings differ (%s and %s)", a, b))
	}
	return strings.Join(parts, "; ")
}

// selection is what settings say about which findings a run can have.
func selection(s Settings) string {
	out := "safety " + line(s.Safety, placeLimit)
	if s.Strict {
		out += ", strict"
	}
	if s.Profile != "" {
		out += ", profile " + line(s.Profile, placeLimit)
	}
	if s.LabelFilter != "" {
		out += ", only " + line(s.LabelFilter, placeLimit)
	}
	return out
}

// summary is the judgement in one line.
func (d Delta) summary() string {
	if d.NothingJudged() && len(d.Appeared)+len(d.Remains) == 0 {
		return fmt.Sprintf("nothing was judged; of the old findings %d are not tested again", len(d.Unknown))
	}
	word := "no new findings"
	if n := len(d.Appeared); n > 0 {
		word = count(n, "new finding")
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
