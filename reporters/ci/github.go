package ci

import (
	"fmt"
	"io"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/wording"
	"github.com/hostup/api-conformance/spec"
)

// GitHub shows at most ten errors and ten warnings of one step; more lines only lengthen
// the log.
const githubMost = 50

// WriteGitHub writes workflow commands: an error or a warning for each violated
// requirement, at the line of the OpenAPI document that states the rule, or where the
// operation begins. Causes that fail the run are errors, known ones notices.
func WriteGitHub(w io.Writer, run *reporters.Run) error {
	var b strings.Builder
	if o := run.Target.Outage; o != nil {
		command(&b, "error", "", 0, "the target as a whole", strings.Join(wording.Hints(run), "\n"))
	} else {
		for _, s := range wording.Hints(run) {
			command(&b, "warning", "", 0, "hint", s)
		}
	}
	githubCauses(&b, run)
	for _, s := range run.Specs {
		if s.Outcome == reporters.Errored && run.Prevented() == nil {
			command(&b, "error", "", 0, "spec could not finish", escape.Line(s.Name, escape.PlaceLimit)+"\n"+escape.Line(s.Problem, escape.ValueLimit))
		}
	}
	if run.Baseline != nil {
		for _, p := range run.Baseline.Problems {
			command(&b, "error", "", 0, "baseline", escape.Line(p.Signature, escape.PlaceLimit)+"\n"+escape.Line(p.Text, escape.ValueLimit))
		}
	}
	about := append(wording.Scope(run), run.Notices...)
	if r := run.Target.Recording; r != nil {
		about = append(about, wording.RecordingSummary(r)...)
	}
	for _, s := range about {
		command(&b, "warning", "", 0, "about this run", escape.Line(s, 1000))
	}
	for _, why := range wording.Besides(run) {
		command(&b, "error", "", 0, "the run fails", why)
	}
	for i, p := range run.Problems {
		if i == githubMost {
			command(&b, "notice", "", 0, "document", wording.Count(len(run.Problems)-i, "more problem")+" of the document, see the report")
			break
		}
		command(&b, "warning", p.File, p.Line, "document: "+escape.Line(p.ID, escape.PlaceLimit), escape.Line(p.Text, escape.ValueLimit))
	}
	level := map[reporters.Verdict]string{reporters.Conformant: "notice", reporters.Partial: "warning"}[run.Verdict]
	if level == "" {
		level = "error"
	}
	s := reporters.ScoreOf(run, spec.Must)
	command(&b, level, "", 0, "verdict: "+escape.Line(string(run.Verdict), 40), fmt.Sprintf("%d of %d MUST requirements hold; %s", s.Passed, s.Total(), wording.Totals(run)))
	_, err := io.WriteString(w, b.String())
	return err
}

// githubCauses writes a command for each requirement that is violated.
func githubCauses(b *strings.Builder, run *reporters.Run) {
	catalogue := run.Catalogue()
	all := wording.Blocks(run.Findings)
	for i, block := range all {
		g := block.First()
		if i == githubMost {
			command(b, "notice", "", 0, "hostup-conformance", fmt.Sprintf("%s not shown here, see the report", wording.Count(len(all)-i, "more requirement")))
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
		title := escape.Line(f.Requirement+" "+catalogue[f.Requirement].Sentence, 200)
		text := fmt.Sprintf("%s\nwant %s\ngot %s\nseen %s", wording.Where(f), escape.Line(f.Want, escape.ValueLimit), escape.Line(f.Got, escape.ValueLimit), wording.Seen(g))
		if entailed := block.Entailed(); len(entailed) > 0 {
			text += "\nbreaks " + strings.Join(entailed, "; ")
		}
		if also := block.Also(wording.ShownPlaces); len(also) > 0 {
			text += "\nalso at " + strings.Join(also, "; ")
		}
		file, at := wording.DocumentLine(run, f)
		command(b, level, file, at, title, text)
	}
}

// command writes one workflow command. Values are escaped as in the runner's own toolkit:
// percent, carriage return and line feed everywhere, colon and comma also in properties.
func command(b *strings.Builder, name, file string, at int, title, text string) {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	b.WriteString("::" + name + " ")
	if file != "" {
		b.WriteString("file=" + property.Replace(escape.Line(file, escape.PlaceLimit)) + ",")
		if at > 0 {
			fmt.Fprintf(b, "line=%d,", at)
		}
	}
	b.WriteString("title=" + property.Replace(title) + "::" + data.Replace(escape.Lines(text)) + "\n")
}
