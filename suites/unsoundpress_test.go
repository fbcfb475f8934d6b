package suites_test

import "testing"

// What only follows from several things, or from the state of one, is found, too.
func TestUnsoundPress(t *testing.T) {
	unsound(t, pressDocument, []string{"CONFORMANCE_AUTH_KEY=" + pressKey}, faultyPress, map[string]string{
		"asks for a key":   "SHOULD HTTP-STATUS-002 GET /health status",
		"leads nowhere":    "SHOULD LIST-PAGE-001 GET /articles $.links.next",
		"counts on":        "SHOULD LIST-TOTAL-001 GET /articles $.meta.total",
		"moves nothing":    "SHOULD STATE-ACTION-001 GET /sections/{id} $.relationships.section.data.id",
		"cannot restore":   "MUST HTTP-SERVE-001 POST /articles/{id}/restore status",
		"restores nothing": "SHOULD STATE-ACTION-001 GET /articles/{id} status",
	})
}

func TestUnsoundTill(t *testing.T) {
	unsound(t, tillDocument, nil, faultyTill, map[string]string{
		"begins with the row":     "SHOULD LIST-PAGE-001 GET /customers body",
		"says that it ends":       "SHOULD LIST-PAGE-001 GET /customers $.has_more",
		"says that it never ends": "SHOULD LIST-PAGE-001 GET /customers $.has_more",
		"fails for notes":         "MUST HTTP-SERVE-001 DELETE /customers/{customer_id} status",
		"keeps none of several":   "SHOULD STATE-CREATE-001 GET /customers/{customer_id} status",
		"captures nothing":        "SHOULD STATE-ACTION-001 GET /charges/{charge_id} $.status",
	})
}
