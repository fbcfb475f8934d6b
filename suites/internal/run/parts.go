package run

import (
	"slices"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

// names returns the names of the results of a spec, see parts.
func names(whole reporters.SpecRecord) []string {
	if len(whole.Parts) > 0 {
		return whole.Parts
	}
	return []string{whole.Name}
}

// results returns the number of results of a spec, see parts.
func results(whole reporters.SpecRecord) int { return len(names(whole)) }

// split replaces records by their parts.
func split(list []reporters.SpecRecord, fails func(spec.Finding) bool) (all []reporters.SpecRecord) {
	for _, whole := range list {
		all = append(all, parts(whole, fails)...)
	}
	return all
}

// parts returns the records of a spec: itself, or one for each of its requirements if
// these have their own results. The first one also holds what belongs to the spec as a
// whole: its exchanges, findings of requirements that it does not test, what it created,
// and what kept it from finishing.
func parts(whole reporters.SpecRecord, fails func(spec.Finding) bool) []reporters.SpecRecord {
	if len(whole.Parts) == 0 {
		return []reporters.SpecRecord{whole}
	}
	list := make([]reporters.SpecRecord, 0, len(whole.Requirements))
	for i, id := range whole.Requirements {
		part := reporters.SpecRecord{Area: whole.Area, Operation: whole.Operation}
		if i == 0 {
			part = whole
		}
		part.Name, part.Parts, part.Requirements = whole.Parts[i], nil, []string{id}
		part.Findings = slices.DeleteFunc(slices.Clone(whole.Findings), func(f spec.Finding) bool {
			owned := slices.Contains(whole.Requirements, f.Requirement)
			return owned && f.Requirement != id || !owned && i > 0
		})
		part.Exchanges = showing(whole.Exchanges, part)
		part.State, part.Skip, part.Unseen = partState(whole, part, id, i == 0, fails)
		list = append(list, part)
	}
	return list
}

// partState returns the state of one part: that of a spec of this requirement alone.
func partState(whole, part reporters.SpecRecord, id string, first bool, fails func(spec.Finding) bool) (string, *reporters.Skip, map[string]string) {
	switch missing, unseen := whole.Unseen[id]; {
	case whole.State == reporters.StatePending:
		return whole.State, whole.Skip, nil
	case whole.Problem != "" && first:
		return whole.State, whole.Skip, nil
	case whole.Problem != "":
		return reporters.StateSkipped, &reporters.Skip{Code: reporters.SkipInterrupted, Reason: "the requests that test it could not be made to their end: see the first rule of this spec"}, nil
	case slices.ContainsFunc(part.Findings, fails):
		return reporters.StateFailed, whole.Skip, nil
	case whole.Skip != nil:
		return reporters.StateSkipped, whole.Skip, nil
	case unseen:
		return reporters.StateSkipped, &reporters.Skip{Code: reporters.SkipNoData, Reason: missing}, nil
	}
	return reporters.StatePassed, nil, nil
}

// showing returns the exchanges that the findings of a part name, assigned to it.
func showing(all []reporters.Exchange, part reporters.SpecRecord) (list []reporters.Exchange) {
	for _, e := range all {
		if slices.ContainsFunc(part.Findings, func(f spec.Finding) bool { return f.Exchange == e.ID }) {
			e.Spec = part.Name
			list = append(list, e)
		}
	}
	return list
}
