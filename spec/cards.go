package spec

import (
	"fmt"
	"strconv"
	"strings"
)

// checkCards judges what a schema cannot say of the list of cards.
func (k *check) checkCards() {
	if k.op.ID != "listCards" || !k.isSuccess() {
		return
	}
	cards, _ := k.value.([]any)
	k.uniqueIDs("CARD-ID-001", cards)
	var primary []string
	for i, card := range cards {
		if c, _ := card.(map[string]any); c["isPrimary"] == true {
			primary = append(primary, strconv.Itoa(i))
		}
	}
	if len(primary) > 1 {
		k.report("CARD-PRIMARY-001", k.inBody(), "primary", "at most one primary card", fmt.Sprintf("%d: items %s", len(primary), strings.Join(primary, ", ")))
	}
}
