package reporters

import "github.com/hostup/api-conformance/spec"

// A Score counts the outcomes of requirements of one level.
type Score struct {
	Level                                    spec.Level
	Passed, Failed, Warned, Skipped, Errored int
}

// ScoreOf counts the requirements of a level.
func ScoreOf(run *Run, level spec.Level) Score {
	s := Score{Level: level}
	for _, q := range run.Requirements {
		if (q.Level == spec.Should) != (level == spec.Should) {
			continue
		}
		switch q.Outcome {
		case Passed:
			s.Passed++
		case Failed:
			s.Failed++
		case Warned:
			s.Warned++
		case Skipped:
			s.Skipped++
		default:
			s.Errored++
		}
	}
	return s
}

// Tested returns the number of requirements whose result is known.
func (s Score) Tested() int { return s.Passed + s.Failed + s.Warned }

// Total returns the number of all requirements.
func (s Score) Total() int { return s.Tested() + s.Skipped + s.Errored }

// Percent returns the share of all requirements that is known to hold, rounded down: 100
// means all. What was not tested does not count as held.
func (s Score) Percent() int {
	if s.Total() == 0 {
		return 0
	}
	return 100 * s.Passed / s.Total()
}
