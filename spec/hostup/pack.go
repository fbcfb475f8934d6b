// Package hostup is the pack of the HostUp billing API: its document, and what the
// document cannot say. [Pack] returns it.
//
//   - openapi.yaml is the contract as the documentation states it, strict.overlay.yaml
//     what all published examples follow beyond that.
//   - requirements.yaml is the catalogue: every rule with its level and its source.
//   - profiles.yaml says what kinds of targets cannot provide.
//   - The rules in code form one table, in rules.go: those of v1 (envelope.go), of errors
//     (problem.go, codes.go), of times and limits, and of single operations (activity.go,
//     cards.go, order.go).
//
// Rules that need several exchanges are not part of this package: specs test them.
package hostup

import (
	_ "embed"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

//go:embed openapi.yaml
var documentText []byte

//go:embed strict.overlay.yaml
var overlayText []byte

//go:embed requirements.yaml
var requirementsText []byte

//go:embed profiles.yaml
var profilesText []byte

// Pack returns the pack, a new one each time.
func Pack() *spec.Pack {
	return &spec.Pack{
		Name:      "hostup",
		Document:  spec.File{Name: "spec/hostup/openapi.yaml", Text: documentText},
		Overlay:   spec.File{Name: "spec/hostup/strict.overlay.yaml", Text: overlayText},
		Catalogue: spec.File{Name: "requirements.yaml", Text: requirementsText},
		Profiles:  spec.File{Name: "profiles.yaml", Text: profilesText},
		Versions: []spec.Version{
			// the page of the payment lists only 200 and 400, those of other operations
			// the others
			{Name: v1, Statuses: []int{401, 403, 404, 422, 429, 500}},
			{Name: v2, Problems: true},
		},
		VersionAt: versionAt,
		Addresses: []string{"redirectUrl"},
		Rules:     rules(),
	}
}

// versionAt returns the version that responds at a path, documented or not.
func versionAt(path string) string {
	switch {
	case path == "/api/v2" || strings.HasPrefix(path, "/api/v2/"):
		return v2
	case strings.HasPrefix(path, "/api/"):
		return v1
	}
	return ""
}
