package reporters

import (
	"fmt"
	"io"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// GitHub shows at most ten errors and ten warnings of one step; more lines only
// make the log long.
const githubMost = 50

// WriteGitHub writes workflow commands: an error or a warning for each cause, at
// the line of the OpenAPI document that states the rule, or where the operation
// begins. Causes that fail the run are errors, known ones notices.
func WriteGitHub(w io.Writer, run *Run) error {
	var b strings.Builder
	catalogue := run.catalogue()
	if o := run.Target.Outage; o != nil {
		command(&b, "error", "", 0, "the target as a whole", strings.Join(hints(run), "\n"))
	} else {
		for _, s := range hints(run) {
			command(&b, "warning", "", 0, "hint", s)
		}
	}
	all := blocks(run.Findings)
	for i, block := range all {
		g := block.first()
		if i == githubMost {
			command(&b, "notice", "", 0, "hostup-conformance", fmt.Sprintf("%s not shown here, see the report", count(len(all)-i, "more requirement")))
			break
		}
		level := "warning"
		switch {
		case g.Fails:
			level = "error"
		case g.Known != nil:
			level = "notice"
		}
		f := g.First
		title := line(f.Requirement+" "+catalogue[f.Requirement].Sentence, 200)
		text := fmt.Sprintf("%s\nwant %s\ngot %s\nseen %s", where(f), line(f.Want, valueLimit), line(f.Got, valueLimit), seen(g))
		if also := block.also(shownPlaces); len(also) > 0 {
			text += "\nalso at " + strings.Join(also, "; ")
		}
		file, at := lineFor(run, f)
		command(&b, level, file, at, title, text)
	}
	for _, s := range run.Specs {
		if s.Outcome == Errored && run.prevented() == nil {
			command(&b, "error", "", 0, "spec could not finish", line(s.Name, placeLimit)+"\n"+line(s.Problem, valueLimit))
		}
	}
	if run.Baseline != nil {
		for _, p := range run.Baseline.Problems {
			command(&b, "error", "", 0, "baseline", line(p.Signature, placeLimit)+"\n"+line(p.Text, valueLimit))
		}
	}
	about := append(scope(run), run.Notices...)
	if r := run.Target.Recording; r != nil {
		about = append(about, recordingSummary(r)...)
	}
	for _, s := range about {
		command(&b, "warning", "", 0, "about this run", line(s, 1000))
	}
	for _, why := range besides(run) {
		command(&b, "error", "", 0, "the run fails", why)
	}
	level := map[Verdict]string{Conformant: "notice", Partial: "warning"}[run.Verdict]
	if level == "" {
		level = "error"
	}
	s := ScoreOf(run, spec.Must)
	command(&b, level, "", 0, "verdict: "+line(string(run.Verdict), 40), fmt.Sprintf("%d of %d MUST requirements hold; %s", s.Passed, s.Total(), totals(run)))
	_, err := io.WriteString(w, b.String())
	return err
}

// command writes one workflow command. Values are escaped as the runner's own
// toolkit does: percent, carriage return and line feed everywhere, colon and
// comma in properties too.
func command(b *strings.Builder, name, file string, at int, title, text string) {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	b.WriteString("::" + name + " ")
	if file != "" {
		b.WriteString("file=" + property.Replace(line(file, placeLimit)) + ",")
		if at > 0 {
			fmt.Fprintf(b, "line=%d,", at)
		}
	}
	b.WriteString("title=" + property.Replace(title) + "::" + data.Replace(lines(text)) + "\n")
}
