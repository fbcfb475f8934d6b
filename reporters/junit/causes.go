package junit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/wording"
)

// met returns the causes that a spec met: first those that fail it, then others that fail
// the run, then warnings, each in the order of the run.
func met(run *reporters.Run, s reporters.SpecResult) []reporters.FindingGroup {
	var out []reporters.FindingGroup
	for _, g := range run.Findings {
		if slices.Contains(s.Signatures, g.Signature) {
			out = append(out, g)
		}
	}
	slices.SortStableFunc(out, func(x, y reporters.FindingGroup) int { return weight(x, s) - weight(y, s) })
	return out
}

func weight(g reporters.FindingGroup, s reporters.SpecResult) int {
	owns := slices.Contains(s.Requirements, g.First.Requirement)
	switch {
	case g.Fails && owns:
		return 0
	case g.Fails:
		return 1
	case owns:
		return 2
	}
	return 3
}

// homes selects for each cause the spec that describes it in full: the first by name
// among those that it fails or, if there is none, that it warns; else among the others
// that met it, failed ones first.
func homes(run *reporters.Run) map[string]string {
	type claim struct {
		weight int
		name   string
	}
	best := map[string]claim{}
	for _, s := range run.Specs {
		for _, g := range met(run, s) {
			red := s.Outcome == reporters.Failed || s.Outcome == reporters.Errored
			c := claim{4 + weight(g, s), s.Name}
			if g.Fails && red || !g.Fails && s.Outcome == reporters.Warned {
				c.weight -= 4
			} else if !red {
				c.weight += 4
			}
			if b, ok := best[g.Signature]; !ok || c.weight < b.weight || c.weight == b.weight && c.name < b.name {
				best[g.Signature] = c
			}
		}
	}
	home := map[string]string{}
	for signature, c := range best {
		home[signature] = c.name
	}
	return home
}

// maxReferences bounds the references to causes in a testcase. A target that breaks
// everything makes every spec meet every cause.
const maxReferences = 8

// tell returns the causes for a failing testcase, each in full in its home. An exchange
// that shows several is told with the first.
func (j *junit) tell(name string, groups []reporters.FindingGroup) string {
	var b strings.Builder
	references, told := 0, map[string]bool{}
	for _, g := range groups {
		home := j.home[g.Signature]
		if home != name {
			if references++; references > maxReferences {
				continue
			}
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		if home != name {
			b.WriteString(reference(g, "same cause as", home))
			continue
		}
		b.WriteString(wording.Group(g, j.catalogue[g.First.Requirement], j.run.Curl(g), wording.Painter{}))
		switch e := j.run.Example(g); {
		case e == nil:
		case told[e.ID]:
			b.WriteString("\n\nexchange " + e.ID + ", as above")
		default:
			told[e.ID] = true
			b.WriteString("\n\n" + exchangeText(*e))
		}
	}
	if references > maxReferences {
		fmt.Fprintf(&b, "\n\n(%s that other testcases tell)", wording.Count(references-maxReferences, "more cause"))
	}
	return b.String()
}

// mention returns the causes for a passing testcase: in full but without the exchange if
// told is set and this is their home; otherwise as a reference.
func (j *junit) mention(name string, groups []reporters.FindingGroup, told bool) string {
	var all []string
	for i, g := range groups {
		if i == maxReferences && !told {
			all = append(all, fmt.Sprintf("(%s that other testcases tell)", wording.Count(len(groups)-i, "more cause")))
			break
		}
		switch home := j.home[g.Signature]; {
		case told && home == name:
			all = append(all, wording.Group(g, j.catalogue[g.First.Requirement], "", wording.Painter{}))
		case home == name:
			all = append(all, "met and not judged here: "+wording.OneLine(g.First))
		default:
			all = append(all, reference(g, "also met here, reported by", home))
		}
	}
	if len(all) == 0 {
		return ""
	}
	return "\n" + strings.Join(all, "\n\n")
}

func reference(g reporters.FindingGroup, how, home string) string {
	return fmt.Sprintf("%s  %s  %s %q", escape.Line(g.First.Requirement, escape.PlaceLimit), g.First.Level, how, escape.Line(home, escape.PlaceLimit))
}

// exchangeText shows an exchange like curl -v: the request after ">", the response after
// "<". Every line is marked, so that no body can pass for something else.
func exchangeText(e reporters.Exchange) string {
	var b strings.Builder
	fmt.Fprintf(&b, "exchange %s, %s, by %s\n", escape.Line(e.ID, escape.PlaceLimit), wording.Duration(e.Duration), escape.Line(e.Spec, escape.PlaceLimit))
	messageText(&b, "> ", e.Request)
	if e.Response != nil {
		messageText(&b, "< ", *e.Response)
	}
	if e.Failure != "" {
		fmt.Fprintf(&b, "! %s\n", escape.Line(e.Failure, 1000))
	}
	return strings.TrimRight(b.String(), "\n")
}

func messageText(b *strings.Builder, mark string, m reporters.Message) {
	write := func(s string) {
		for l := range strings.SplitSeq(s, "\n") {
			b.WriteString(strings.TrimRight(mark+l, " ") + "\n")
		}
	}
	write(escape.Line(m.Line, escape.HeaderLimit))
	for i, h := range m.Headers {
		if i == escape.HeadersLimit {
			write(fmt.Sprintf("(%d more headers)", len(m.Headers)-i+m.HeadersCut))
			break
		}
		write(escape.Line(h.Name, escape.PlaceLimit) + ": " + escape.Line(h.Value, escape.HeaderLimit))
	}
	if m.Body == "" {
		return
	}
	body := escape.Cut(escape.Lines(m.Body), escape.BodyLimit)
	write("")
	write(strings.TrimRight(body, "\n"))
	if m.Cut || len(m.Body) > escape.BodyLimit || len(body) > escape.BodyLimit {
		write(fmt.Sprintf("(cut: the body has %d bytes)", max(m.Bytes, len(m.Body))))
	}
}
