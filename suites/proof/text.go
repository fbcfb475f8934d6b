package proof

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

// WriteText writes the matrix for people, faults of the suite first.
func (m *Matrix) WriteText(out io.Writer) error {
	var b strings.Builder
	for _, r := range m.Faults {
		if !r.Expected {
			fmt.Fprintf(&b, "SURVIVED     %s\n  breaks     %s\n  server     %s\n", r.ID, strings.Join(append([]string{r.Requirement}, r.Consequences...), " or "), r.Sentence)
			writeAlarms(&b, "found", r)
		}
	}
	for _, r := range m.Variants {
		if !r.Expected {
			fmt.Fprintf(&b, "FALSE ALARM  %s\n  server     %s\n  conformant %s\n", r.ID, r.Sentence, r.Source)
			writeAlarms(&b, "alarm", r)
		}
	}
	for _, r := range m.Trivial {
		if !r.Expected {
			fmt.Fprintf(&b, "GOT THROUGH  %s\n  server     %s\n", r.ID, r.Sentence)
			writeAlarms(&b, "found", r)
		}
	}
	m.writeFaults(&b)
	for _, r := range m.Variants {
		state := "alarm"
		if r.Expected {
			state = "quiet"
		}
		fmt.Fprintf(&b, "%-8s  %-34s %d requirements tested (%v)\n", state, r.ID, r.Tested, r.Duration.Round(time.Millisecond))
	}
	for _, r := range m.Trivial {
		fmt.Fprintf(&b, "%-8s  %-34s %d requirements violated, %d passed, %d not tested\n", "trivial", r.ID, r.Tested-len(r.Passed), len(r.Passed), len(r.Skipped))
	}
	if len(m.Excluded) > 0 {
		b.WriteString("\nexcluded, and why:\n")
		for _, x := range m.Excluded {
			fmt.Fprintf(&b, "  %-34s %s\n", x.ID, x.Reason)
		}
	}
	if m.Score.Faults > 0 {
		fmt.Fprintf(&b, "\n%s\n", m.Score.kinds())
	}
	fmt.Fprintf(&b, "\n%s\n", m.Score)
	_, err := io.WriteString(out, b.String())
	return err
}

// writeFaults lists the faults by family, with counts.
func (m *Matrix) writeFaults(b *strings.Builder) {
	if len(m.Faults) == 0 {
		return
	}
	fmt.Fprintf(b, "%-12s %7s %7s\n", "family", "faults", "killed")
	for _, family := range m.families() {
		var n, killed int
		for _, q := range m.Requirements {
			if q.Family == family {
				n, killed = n+q.Faults, killed+q.Killed
			}
		}
		if n > 0 {
			fmt.Fprintf(b, "%-12s %7d %7d\n", family, n, killed)
		}
	}
	b.WriteByte('\n')
	for _, r := range m.Faults {
		state := "survived"
		if r.Expected {
			state = "killed"
		}
		fmt.Fprintf(b, "%-8s  %-34s %-18s reported by %s (%v)\n", state, r.ID, r.Requirement, orNone(strings.Join(r.ReportedBy, " ")), r.Duration.Round(time.Millisecond))
	}
	b.WriteByte('\n')
}

// String returns the score in one sentence.
func (s Score) String() string {
	return fmt.Sprintf("%d of %d faults killed, %d of %d variants quiet, %d of %d trivial servers refused", s.Killed, s.Faults, s.Quiet, s.Variants, s.Refused, s.Trivial)
}

// kinds describes the kinds of faults.
func (s Score) kinds() string {
	return fmt.Sprintf("of the faults %d are cells of one table (each documented member left out, of another type, or null), %d are behaviours", s.Cells, s.Faults-s.Cells)
}

func writeAlarms(b *strings.Builder, word string, r Result) {
	if r.Problem != "" {
		fmt.Fprintf(b, "  problem    %s\n", r.Problem)
	}
	const enough = 8
	for i, a := range r.Alarms {
		if i == enough {
			fmt.Fprintf(b, "  … and %d more\n", len(r.Alarms)-enough)
			break
		}
		fmt.Fprintf(b, "  %-10s %s %s  %s\n             want %s\n             got  %s\n             spec %s\n", word, a.Requirement, a.Level, a.Where, line(a.Want), line(a.Got), a.Spec)
	}
	b.WriteByte('\n')
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// line bounds text that may quote a server.
func line(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	const most = 200
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// WriteJSON writes the matrix for programs.
func (m *Matrix) WriteJSON(out io.Writer) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(m)
}
