package orders

import (
	"fmt"
	"strings"

	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// registerBodies: an order is one JSON object.
func registerBodies(e *env.Env) {
	it := about(e)
	// addonId is not documented as required, so an order without one may be anything but
	// a crash.
	for _, loose := range []struct {
		name   string
		change func(request.Request) request.Request
	}{
		{"without addonId", func(r request.Request) request.Request { return r.WithoutMember("addonId") }},
		{"with addonId null", func(r request.Request) request.Request { return r.WithMember("addonId", nil) }},
		{"with an empty object", func(r request.Request) request.Request { return r.WithJSON(map[string]any{}) }},
	} {
		it("survives an order "+loose.name, "HTTP-ROBUST-001", func(t *rule.T) {
			place(t, loose.change(t.Valid()).WithNote(loose.name))
		})
	}

	// ID stands for the id of a tier: a parser that makes an order of these finds one
	// that it can place.
	for _, b := range []struct{ name, body string }{
		{"an empty body", ""}, {"white space", " \r\n"}, {"a truncated object", `{"addonId":"ID"`}, {"an array", `[{"addonId":"ID"}]`},
		{"a string", `"ID"`}, {"a number", `10`}, {"null", `null`}, {"no JSON", `addonId=ID`}, {"a comma too much", `{"addonId":"ID",}`},
		{"single quotes", `{'addonId':'ID'}`}, {"a text in a text", `"{\"addonId\":\"ID\"}"`},
	} {
		it("refuses "+b.name+" as body", "ORD-BODY-001", func(t *rule.T) {
			body := strings.ReplaceAll(b.body, "ID", t.Datum("addonId"))
			refuse(t, t.Valid().WithBody("application/json", []byte(body)).WithNote(b.name), 400, 415)
		})
	}
	// Decoders that read one value from a stream (encoding/json in Go, Jackson) ignore
	// what follows it.
	it("refuses two texts as body", "ORD-BODY-002", func(t *rule.T) {
		text := fmt.Sprintf(`{"addonId":%q}`, t.Datum("addonId"))
		refuse(t, t.Valid().WithBody("application/json", []byte(text+text)).WithNote("two texts"), 400, 415)
	})
	it("refuses an order without a body", "ORD-BODY-001", func(t *rule.T) {
		refuse(t, t.Valid().WithoutBody().WithNote("no body"), 400, 411, 415)
	})
}
