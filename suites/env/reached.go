package env

import (
	"slices"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
)

// Reached lists the requirements that an exchange of the run puts to the test: see
// [spec.Reach]. The framing of an answer that the client read was there to be seen,
// and so was the id of one that has to be unique.
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

// Reaches reports whether answers are judged by the requirement one by one, so that
// [Env.Reached] says when it was put to the test.
func (e *Env) Reaches(id string) bool {
	return e.Contract.Reach().Has(id) || e.isUniqueID(id)
}

func (e *Env) isUniqueID(id string) bool {
	return slices.ContainsFunc(e.Pack.UniqueIDs, func(u UniqueID) bool { return u.Requirement == id })
}

// WhyUnseen says what no answer had that the requirement is about.
func (e *Env) WhyUnseen(id string) string {
	place := e.Contract.Reach().Place(id)
	switch {
	case e.isUniqueID(id):
		place = "$.requestId"
	case place == "":
		place = "what this is about"
	}
	return "nothing to judge was seen: no answer had " + place
}

// Selects reports whether the label filter and the profile of the run select what
// has the labels.
func (e *Env) Selects(labels []string) bool { return e.selects == nil || e.selects(labels) }

// filter is the label filter of the configuration, nil for one that selects all;
// a run refuses one that cannot be read.
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
