package pay

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/hostup/api-conformance/suites/hostup/flow"
)

// TestSameAmountTwice: a payment that is booked twice is detected beside a fee and a part
// paid otherwise, in any order.
func TestSameAmountTwice(t *testing.T) {
	row := func(id, amount string) any {
		return map[string]any{"id": id, "amount": json.Number(amount)}
	}
	fee, card, again, credit := row("fee", "-1.5"), row("card", "99"), row("again", "99.00"), row("credit", "10")
	for name, test := range map[string]struct{ rows, want []any }{
		"none":                       {nil, nil},
		"a payment":                  {[]any{card}, nil},
		"a payment and a fee":        {[]any{fee, card}, nil},
		"a payment in two parts":     {[]any{credit, card}, nil},
		"twice":                      {[]any{card, again}, []any{card, again}},
		"twice after a fee":          {[]any{fee, card, again}, []any{card, again}},
		"twice around another part":  {[]any{again, credit, card}, []any{again, card}},
		"a row that names no amount": {[]any{card, map[string]any{"id": "x"}}, []any{card, map[string]any{"id": "x"}}},
	} {
		if got := flow.IDs(sameAmountTwice(test.rows)); !slices.Equal(got, flow.IDs(test.want)) {
			t.Errorf("%s: got %q, want %q", name, got, flow.IDs(test.want))
		}
	}
}
