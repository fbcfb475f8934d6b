package config_test

import (
	"testing"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/config"
)

// An operationId may be any text, but Ginkgo ends the program for labels with some
// characters.
func TestOperationLabel(t *testing.T) {
	for id, want := range map[string]string{
		"listPets":       "listPets",
		"pets/list":      "pets%2Flist",
		"pets#/a.json":   "pets#%2Fa.json",
		":get":           "%3Aget",
		"get:":           "get%3A",
		"a|b&c":          "a%7Cb%26c",
		"pets(all),!new": "pets%28all%29%2C%21new",
		"100%":           "100%25",
		"pets%2Flist":    "pets%252Flist",
		"alle Tiere für": "alle Tiere für",
	} {
		got := config.OperationLabel(id)
		if got != want {
			t.Errorf("%q: got %q, want %q", id, got, want)
		}
		if clean, err := types.ValidateAndCleanupLabel(got, types.CodeLocation{}); err != nil || clean != got {
			t.Errorf("%q: the label %q became %q: %v", id, got, clean, err)
		}
	}
}

func TestLabelledOperation(t *testing.T) {
	const document = `
openapi: 3.1.0
info: {title: pets, version: "1"}
paths:
  /a: {get: {operationId: pets/list, responses: {"200": {description: ok}}}}
  /b: {get: {operationId: "pets:\n  count ", responses: {"200": {description: ok}}}}
  /c: {get: {operationId: "  ", responses: {"200": {description: ok}}}}
`
	contract, err := packs.LoadText("pets.yaml", []byte(document))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range contract.Operations() {
		if got := config.LabelledOperation(contract, config.OperationLabel(o.ID)); got != o {
			t.Errorf("%s: the label %q names %v", o.Name(), config.OperationLabel(o.ID), got)
		}
	}
	for id, name := range map[string]string{"pets: count": "GET /b", "get-c": "GET /c"} {
		if o := contract.Operation(id); o == nil || o.Name() != name {
			t.Errorf("%q is %v, want %s", id, o, name)
		}
	}
}
