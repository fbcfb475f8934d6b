package config_test

import (
	"strings"
	"testing"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/config"
)

func TestChoose(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ given, want, problem string }{
		{given: "", want: ""},
		{given: "listCards", want: "listCards"},
		{given: "LISTCARDS", want: "listCards"},
		{given: "GET /api/v2/billing/cards", want: "listCards"},
		{given: "get  /api/v2/billing/cards", want: "listCards"},
		{given: "/api/v2/billing/cards", want: "listCards"},
		{given: "listCards\nGET /api/v2/billing/activity", want: "listCards\nlistBillingActivity"},
		{given: "listCards, GET /api/v2/billing/activity", want: "listCards\nlistBillingActivity"},
		{given: "/api/v2/shared-hosting/{accountId}/addons/storage", want: ids(contract, "/api/v2/shared-hosting/{accountId}/addons/storage")},
		{given: "listCard", problem: `operation: the document has no operation "listCard": did you mean listCards?`},
		{given: "GET /api/v2/billing/card", problem: `operation: the document has no operation "GET /api/v2/billing/card": did you mean GET /api/v2/billing/cards?`},
		{given: "POST /api/v2/billing/cards", problem: `operation: the document has no operation "POST /api/v2/billing/cards": did you mean GET /api/v2/billing/cards?`},
		{given: "x\ny", problem: "operation: the document has no operation \"x\": name one as \"GET /path\" or by its operationId, hostup-conformance list --labels shows them\n" +
			"operation: the document has no operation \"y\": name one as \"GET /path\" or by its operationId, hostup-conformance list --labels shows them"},
	} {
		got, err := config.Config{Operation: test.given}.Choose(contract)
		if test.problem != "" {
			if err == nil || err.Error() != test.problem {
				t.Errorf("%q: got %v, want %s", test.given, err, test.problem)
			}
			continue
		}
		if err != nil || got.Operation != test.want {
			t.Errorf("%q: got %q, error %v, want %q", test.given, got.Operation, err, test.want)
		}
		if again, err := got.Choose(contract); err != nil || again != got {
			t.Errorf("%q: chosen again: %+v, %v", test.given, again, err)
		}
	}
}

// TestChooseData: a value for something that no operation has would be lost without a word.
func TestChooseData(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	const unknown = `data: no operation has a parameter "acountId": give the name of one, with its operationId in front (getPet.petId) for a single operation, or operationId.body`
	for _, test := range []struct{ given, problem string }{
		{given: ""},
		{given: "accountId=acct_1"},
		{given: "path.accountId=acct_1\npayInvoice.body={\"a\": \"b=c\"}"},
		{given: "orderStorageAddon.accountId="},
		{given: "accountId", problem: `data: want name=value such as petId=7, got "accountId"`},
		{given: "=7", problem: `data: want name=value such as petId=7, got "=7"`},
		{given: "acountId=7", problem: unknown},
		{given: "accountId=7\nacountId=7\nx", problem: unknown + "\n" + `data: want name=value such as petId=7, got "x"`},
		{given: "listCards.body={}", problem: `data: no operation has a parameter "listCards.body": give the name of one, with its operationId in front (getPet.petId) for a single operation, or operationId.body`},
	} {
		_, err := config.Config{Data: test.given}.Choose(contract)
		if got := errorText(err); got != test.problem {
			t.Errorf("%q: got %s, want %s", test.given, got, test.problem)
		}
	}
}

func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// ids returns the ids of the operations with a path, in document order.
func ids(contract *spec.Contract, path string) string {
	var list []string
	for _, o := range contract.Operations() {
		if o.Path == path {
			list = append(list, o.ID)
		}
	}
	return strings.Join(list, "\n")
}

// TestSelection: filter, operations and profile must all select a spec.
func TestSelection(t *testing.T) {
	for _, test := range []struct {
		config   config.Config
		selected []string // labels of a spec
		not      []string
	}{
		{config.Config{Operation: "a\nb"}, []string{"b", "MUST"}, []string{"c", "MUST"}},
		{config.Config{Operation: "a\nb", LabelFilter: "MUST || x"}, []string{"a", "MUST"}, []string{"c", "MUST"}},
		{config.Config{Operation: "a\nb", LabelFilter: "MUST || x"}, []string{"a", "x"}, []string{"a", "SHOULD"}},
		{config.Config{Operation: "GET /a/{b}, (c)!"}, []string{config.OperationLabel("GET /a/{b}, (c)!")}, []string{config.OperationLabel("GET /a/{b}")}},
	} {
		filter, err := types.ParseLabelFilter(test.config.Selection())
		if err != nil {
			t.Errorf("%+v: %q: %v", test.config, test.config.Selection(), err)
			continue
		}
		if !filter(test.selected) || filter(test.not) {
			t.Errorf("%q: %v %v, %v %v", test.config.Selection(), test.selected, filter(test.selected), test.not, filter(test.not))
		}
	}
}
