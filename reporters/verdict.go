package reporters

import "github.com/hostup/api-conformance/spec"

// Fails reports whether a violation of this level fails a run: everything except SHOULD
// does, and in a strict run SHOULD as well. A baseline may still excuse it.
func Fails(level spec.Level, strict bool) bool { return level != spec.Should || strict }

// Judge returns the verdict of a complete result, by the rules of [Build]. Violations
// that only a baseline excuses leave it Partial.
func Judge(r *Run) Verdict {
	ran, excused := false, false
	if r.Down() {
		return Partial
	}
	for _, s := range r.Specs {
		if s.Outcome == Errored {
			return NonConformant
		}
		ran = ran || s.Outcome != Skipped
	}
	for _, g := range r.Findings {
		if g.Fails {
			return NonConformant
		}
		excused = excused || g.Known != nil && Fails(g.First.Level, r.Settings.Strict)
	}
	switch {
	case r.Interrupted, !ran, excused, len(r.Left()) > 0, len(r.Untested()) > 0:
		return Partial
	}
	return Conformant
}
