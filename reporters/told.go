package reporters

import (
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// Told separates causes from what they entail. A server error in response to a request is
// one defect, although it breaks two rules: that such a request has another status, and
// that the document has the status. causes are told and counted one by one; with lists, by
// the signature of a cause, what is told with it. Each keeps the outcome of its own
// requirement.
func Told(list []FindingGroup) (causes []FindingGroup, with map[string][]FindingGroup) {
	with = map[string][]FindingGroup{}
	for _, g := range list {
		i := slices.IndexFunc(list, func(p FindingGroup) bool { return g.EntailedBy != "" && p.Signature == g.EntailedBy })
		if i < 0 || !asSevere(list[i], g) {
			causes = append(causes, g)
			continue
		}
		with[g.EntailedBy] = append(with[g.EntailedBy], g)
	}
	return causes, with
}

// Failing returns the number of causes that fail a run.
func Failing(list []FindingGroup) (n int) {
	causes, _ := Told(list)
	for _, g := range causes {
		if g.Fails {
			n++
		}
	}
	return n
}

// asSevere reports whether a cause is told no more mildly than what it entails.
func asSevere(p, g FindingGroup) bool {
	return p.Fails || !g.Fails && rank(p.First.Level) <= rank(g.First.Level) && (p.Known == nil || g.Known != nil)
}

// entail sets what entails each group, see [FindingGroup].EntailedBy. A valid request that is
// answered with a server error explains the same answer to any other request of its
// operation and, where it comes from a gateway, to all below its path.
func (b *builder) entail() {
	for _, g := range b.groups {
		if !g.serverErrors() {
			continue
		}
		for _, p := range b.groups {
			if p.EntailedBy == "" && p.serverErrors() && p.explains(g) {
				g.EntailedBy = p.Signature
				break
			}
		}
	}
}

// explains reports whether a server error of a group is the same defect as that of another
// one.
func (g *group) explains(other *group) bool {
	if g == other || g.First.Keyword == spec.KeywordStatus || !g.covers(other) {
		return false
	}
	valid := g.First.Keyword == keywordAccepted && len(g.Specs) >= len(other.Specs) // and not one form of it
	if g.First.Operation == other.First.Operation {
		return other.First.Keyword == spec.KeywordStatus || valid && other.First.Keyword != keywordAccepted
	}
	_, path, _ := strings.Cut(g.First.Operation, " ")
	_, below, _ := strings.Cut(other.First.Operation, " ")
	return valid && strings.HasPrefix(below, path) && !slices.ContainsFunc(g.findings, func(f spec.Finding) bool { return f.Status <= http.StatusNotImplemented })
}

// keywordAccepted is the keyword of findings about valid requests that were not accepted.
const keywordAccepted = "accepted"

// serverErrors reports whether all findings of a group say that a status is a server error.
func (g *group) serverErrors() bool {
	return g.First.Where == "status" && !slices.ContainsFunc(g.findings, func(f spec.Finding) bool {
		return f.Status < http.StatusInternalServerError || f.Scope != ""
	})
}

// covers reports whether a group has every status of another one.
func (g *group) covers(other *group) bool {
	return !slices.ContainsFunc(other.findings, func(f spec.Finding) bool {
		return !slices.ContainsFunc(g.findings, func(of spec.Finding) bool { return of.Status == f.Status })
	})
}
