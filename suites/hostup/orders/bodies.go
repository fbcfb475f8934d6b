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
		{"an empty body", ""}, {"a body of white space", " \r\n"}, {"a truncated body", `{"addonId":"ID"`}, {"an array as body", `[{"addonId":"ID"}]`},
		{"a string as body", `"ID"`}, {"a number as body", `10`}, {"null as body", `null`}, {"form fields as body", `addonId=ID`}, {"a body with a trailing comma", `{"addonId":"ID",}`},
		{"a body in single quotes", `{'addonId':'ID'}`}, {"an order inside a JSON string", `"{\"addonId\":\"ID\"}"`},
	} {
		it("refuses "+b.name, "ORD-BODY-001", func(t *rule.T) {
			body := strings.ReplaceAll(b.body, "ID", t.Datum("addonId"))
			refuse(t, t.Valid().WithBody("application/json", []byte(body)).WithNote(b.name), 400, 415)
		})
	}
	// Decoders that read one value from a stream (encoding/json in Go, Jackson) ignore
	// what follows it.
	it("refuses two JSON objects in one body", "ORD-BODY-002", func(t *rule.T) {
		text := fmt.Sprintf(`{"addonId":%q}`, t.Datum("addonId"))
		refuse(t, t.Valid().WithBody("application/json", []byte(text+text)).WithNote("two JSON objects in one body"), 400, 415)
	})
	it("refuses an order without a body", "ORD-BODY-001", func(t *rule.T) {
		refuse(t, t.Valid().WithoutBody().WithNote("no body"), 400, 411, 415)
	})
}
