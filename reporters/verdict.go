package reporters

import "github.com/hostup/api-conformance/spec"

// Fails reports whether a violation of that level fails a run: whatever is not marked
// as a mere convention is taken for a promise, and a strict run takes both alike. A
// baseline may still excuse it.
func Fails(level spec.Level, strict bool) bool { return level != spec.Should || strict }

// Judge is the verdict of a result whose parts are known, by the rules of
// [Build]. Violations that a baseline knows, and that would fail the run without
// it, leave it partial.
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
