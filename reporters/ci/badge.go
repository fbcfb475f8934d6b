package ci

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/wording"
	"github.com/hostup/api-conformance/spec"
)

// WriteBadge writes the endpoint JSON of a shields.io badge.
func WriteBadge(w io.Writer, run *reporters.Run) error {
	s := reporters.ScoreOf(run, spec.Must)
	message, color := "no result", "lightgrey"
	switch run.Verdict {
	case reporters.Conformant:
		message, color = fmt.Sprintf("conformant, %d of %d", s.Passed, s.Total()), "brightgreen"
	case reporters.Partial:
		message, color = fmt.Sprintf("partial, %d of %d", s.Passed, s.Total()), "yellow"
	case reporters.NonConformant:
		message, color = fmt.Sprintf("not conformant, %d of %d", s.Passed, s.Total()), "red"
	}
	if l := wording.Limited(run); l != "" {
		message += " (" + l + ")"
	}
	text, err := json.Marshal(struct {
		SchemaVersion int    `json:"schemaVersion"`
		Label         string `json:"label"`
		Message       string `json:"message"`
		Color         string `json:"color"`
		IsError       bool   `json:"isError,omitempty"`
	}{1, "API contract", message, color, run.Verdict == reporters.NonConformant})
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}
