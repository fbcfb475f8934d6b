package hostup

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

func cards(k *spec.Judgement) []any {
	v, _ := k.Value()
	list, _ := v.([]any)
	return list
}

// showsCard reports whether the list has a card with the property.
func showsCard(member string) func(*spec.Judgement) bool {
	return func(k *spec.Judgement) bool { return anyRow(cards(k), member) }
}

func checkCardIDs(k *spec.Judgement) { uniqueIDs(k, "CARD-ID-001", cards(k)) }

func checkPrimary(k *spec.Judgement) {
	var primary []string
	for i, card := range cards(k) {
		if c, _ := card.(map[string]any); c["isPrimary"] == true {
			primary = append(primary, strconv.Itoa(i))
		}
	}
	if len(primary) > 1 {
		k.Report("CARD-PRIMARY-001", k.InBody(), "primary", "at most one primary card", fmt.Sprintf("%d: items %s", len(primary), strings.Join(primary, ", ")))
	}
}
