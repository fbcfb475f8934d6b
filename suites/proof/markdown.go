package proof

import (
	"fmt"
	"io"
	"strings"
)

// WriteMarkdown writes the matrix in the form of fixtures/KILL_MATRIX.md: without times,
// and the same for every run with the same result.
func (m *Matrix) WriteMarkdown(out io.Writer) error {
	var b strings.Builder
	b.WriteString("# Kill matrix\n\nWritten by `hostup-conformance faults --format markdown`; `make faults` checks it. Do not edit.\n\n")
	fmt.Fprintf(&b, "**%s.**\n\n", m.Score)
	b.WriteString("A fault is a change of the reference server that breaks one requirement. It is killed if a finding of the suite names\n" +
		"that requirement, or one that is broken with it unavoidably. A variant is a change after which the server still keeps the\n" +
		"contract; anything found there is a false alarm.\n\n")
	kinds := m.Score.kinds()
	fmt.Fprintf(&b, "%s. %d changes are excluded, see the end.\n", strings.ToUpper(kinds[:1])+kinds[1:], len(m.Excluded))
	m.survivors(&b)

	m.faults(&b)

	b.WriteString("\n## Requirements\n\n")
	var rows [][]string
	for _, q := range m.Requirements {
		rows = append(rows, []string{q.ID, string(q.Level), fmt.Sprint(q.Faults), fmt.Sprint(q.Killed)})
	}
	table(&b, []string{"requirement", "level", "faults", "killed"}, rows)

	b.WriteString("\n## Variants\n\nA variant that keeps the conventions of the published examples too has to be quiet at every level; the others at MUST.\n\n")
	rows = nil
	for _, r := range m.Variants {
		level, state := "MUST", "quiet"
		if r.Strict {
			level = "all"
		}
		if !r.Expected {
			state = "**false alarm**"
		}
		rows = append(rows, []string{"`" + r.ID + "`", r.Sentence, r.Source, level, state})
	}
	table(&b, []string{"variant", "the server", "conformant, because", "levels", ""}, rows)

	b.WriteString("\n## Servers that understand nothing\n\n")
	rows = nil
	for _, r := range m.Trivial {
		rows = append(rows, []string{"`" + r.ID + "`", r.Sentence, fmt.Sprint(r.Tested - len(r.Passed)), fmt.Sprint(len(r.Passed)), fmt.Sprint(len(r.Skipped))})
	}
	table(&b, []string{"server", "", "violates", "passes", "not tested"}, rows)

	if len(m.Excluded) > 0 {
		b.WriteString("\n## Excluded\n\nChanges that are written down and are no faults: the contract does not rule them out, or no request can show them.\n\n")
		rows = nil
		for _, x := range m.Excluded {
			rows = append(rows, []string{"`" + x.ID + "`", x.Reason})
		}
		table(&b, []string{"change", "why it is no fault"}, rows)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// faults writes a table for each family.
func (m *Matrix) faults(b *strings.Builder) {
	b.WriteString("\n## Faults\n")
	for _, family := range m.families() {
		var rows [][]string
		for _, r := range m.Faults {
			if m.family(r.Requirement) == family {
				rows = append(rows, []string{"`" + r.ID + "`", r.Sentence, r.Requirement, r.by()})
			}
		}
		if len(rows) > 0 {
			fmt.Fprintf(b, "\n### %s\n\n", family)
			table(b, []string{"fault", "the server", "breaks", "killed by"}, rows)
		}
	}
}

func (m *Matrix) survivors(b *strings.Builder) {
	for _, r := range m.Faults {
		if !r.Expected {
			fmt.Fprintf(b, "\n- **survived:** `%s`, %s", r.ID, r.Sentence)
		}
	}
	for _, r := range m.Variants {
		if !r.Expected {
			fmt.Fprintf(b, "\n- **false alarm:** `%s`, %s", r.ID, r.Sentence)
		}
	}
	if !m.Sound() {
		b.WriteByte('\n')
	}
}

// by returns what killed a fault. Requirements that were also reported may differ between
// runs and are left out.
func (r Result) by() string {
	if !r.Expected {
		return "**survived**"
	}
	return r.KilledBy
}

func table(b *strings.Builder, head []string, rows [][]string) {
	write := func(cells []string) {
		b.WriteString("|")
		for _, c := range cells {
			b.WriteString(" " + strings.ReplaceAll(line(c), "|", `\|`) + " |")
		}
		b.WriteByte('\n')
	}
	write(head)
	b.WriteString("|" + strings.Repeat(" --- |", len(head)) + "\n")
	for _, row := range rows {
		write(row)
	}
}
