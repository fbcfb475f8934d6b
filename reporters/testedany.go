package reporters

import "slices"

// testedAny reports whether any spec did anything but be skipped.
func (r *Run) testedAny() bool {
	return slices.ContainsFunc(r.Specs, func(s SpecResult) bool { return s.Outcome != Skipped })
}
