package env

import (
	"slices"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
)

// Reached lists the requirements that an exchange of the run exercises: see [spec.Reach].
// Besides those, it exercises the framing of the response, and its id if that has to be
// unique.
func (e *Env) Reached(judged *spec.Judgement) []string {
	ids := judged.Reached()
	if judged.Exchange().Response == nil {
		return ids
	}
	ids = append(ids, "HTTP-LENGTH-001")
	if id, requirement := requestID(e.Contract, e.Pack.UniqueIDs, judged); id != "" {
		ids = append(ids, requirement)
	}
	return ids
}

// Reaches reports whether single responses are judged by the requirement, so that
// [Env.Reached] says when it was exercised.
func (e *Env) Reaches(id string) bool {
	return e.Contract.Reach().Has(id) || e.isUniqueID(id)
}

func (e *Env) isUniqueID(id string) bool {
	return slices.ContainsFunc(e.Pack.UniqueIDs, func(u UniqueID) bool { return u.Requirement == id })
}

// WhyUnseen says what the requirement is about and no response had.
func (e *Env) WhyUnseen(id string) string {
	place := e.Contract.Reach().Place(id)
	switch {
	case e.isUniqueID(id):
		place = "$.requestId"
	case place == "":
		place = "what this is about"
	}
	return "nothing to judge was seen: no response had " + place
}

// Selects reports whether the label filter and the profile of the run select a spec with
// these labels.
func (e *Env) Selects(labels []string) bool { return e.selects == nil || e.selects(labels) }

// filter returns the label filter of the configuration, nil if it selects all. An
// unreadable filter is refused elsewhere.
func filter(cfg config.Config) types.LabelFilter {
	text := cfg.Selection()
	if text == "" {
		return nil
	}
	f, err := types.ParseLabelFilter(text)
	if err != nil {
		return nil
	}
	return f
}
