package spec_test

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/config"

	"github.com/hostup/api-conformance/fixtures/golden"
	"github.com/hostup/api-conformance/spec"
)

func library(t testing.TB) validator.Validator {
	t.Helper()
	doc, err := libopenapi.NewDocument([]byte(readFile(t, "hostup/openapi.yaml")))
	if err != nil {
		t.Fatal(err)
	}
	v, errs := validator.NewValidator(doc, config.WithFormatAssertions(), config.WithContentAssertions())
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return v
}

// byLibrary returns what libopenapi-validator reports for the response.
func byLibrary(t testing.TB, v validator.Validator, ex spec.Exchange) []string {
	t.Helper()
	q, err := http.NewRequest(ex.Request.Method, ex.Request.URL.String(), bytes.NewReader(ex.Request.Body))
	if err != nil {
		t.Fatal(err)
	}
	q.Header = ex.Request.Header.Clone()
	r := &http.Response{StatusCode: ex.Response.Status, Header: ex.Response.Header.Clone(), Body: io.NopCloser(bytes.NewReader(ex.Response.Body)), Request: q}
	if ex.Request.Method == http.MethodHead {
		r.Body = http.NoBody
	}
	_, errs := v.ValidateHttpResponse(q, r)
	var list []string
	for _, e := range errs {
		list = append(list, e.Message)
	}
	return list
}

// Check reports whatever the library reports, except its false alarms. Check reports
// more.
func TestCheckRejectsWhatTheLibraryRejects(t *testing.T) {
	v, c := library(t), contract(t)
	falseAlarms := map[string]string{
		"activity-credit": "the library knows no x-schema-when, and judges a credit page as a transaction page",
	}
	for _, g := range exchanges(t) {
		errs := byLibrary(t, v, g.Exchange)
		if _, known := falseAlarms[g.Name]; known != (len(errs) > 0) {
			t.Errorf("%s: the library says %q", g.Name, errs)
		}
	}
	mutated := []struct {
		of    string
		edits []edit
		alarm string // why the library is wrong
		blind string // what the library misses
	}{
		{of: "activity-transactions", edits: does(set("/entries/0/amount", `"1"`))},
		{of: "activity-transactions", edits: does(drop("/entries/0/amount"))},
		{of: "activity-transactions", edits: does(set("/entries/0/method", `"x"`))},
		{of: "activity-transactions", edits: does(set("/entries/0/method", `7`))},
		{of: "activity-transactions", edits: does(set("/kind", `"credit"`))},
		{of: "activity-transactions", edits: does(set("/entries", `{}`))},
		{of: "activity-transactions", edits: does(body("[]"))},
		{of: "activity-transactions", edits: does(body("{"))},
		{of: "activity-transactions", edits: does(body("{} {}"))},
		{of: "activity-transactions", edits: does(body("\xef\xbb\xbf{}"))},
		{of: "activity-transactions", edits: does(body("<html>"), header("Content-Type", "text/html"))},
		{of: "activity-transactions", edits: does(header("Content-Type"))},
		{of: "activity-transactions", edits: does(header("Content-Type", "application/problem+json"))},
		{of: "cards-one", edits: does(set("/0/expMonth", `"1"`))},
		{of: "cards-one", edits: does(body(`{}`))},
		{of: "order-created", edits: does(drop("/orderId"))},
		{of: "order-created", edits: does(set("/redirectUrl", `1`))},
		{of: "pay-scheduled", edits: does(set("/requestId", `"x"`))},
		{of: "pay-scheduled", edits: does(set("/timestamp", `"x"`))},
		{of: "pay-scheduled", edits: does(drop("/data/message"))},
		{of: "pay-card-refused", edits: does(drop("/code"))},
		{of: "pay-card-refused", edits: does(status(401), drop("/code"))},
		{of: "activity-internal-error", edits: does(set("/status", `"500"`))},
		{of: "activity-internal-error", edits: does(set("/errors", `[{}]`))},
		{of: "activity-internal-error", edits: does(set("/instance", `"http://[::1"`))},
		{of: "activity-rate-limited", edits: does(header("Retry-After"))},
		{of: "activity-rate-limited", edits: does(header("Retry-After", "soon"))},
		{of: "activity-rate-limited", edits: does(header("X-RateLimit-Reset", "soon"))},
		{of: "activity-rate-limited", edits: does(header("X-RateLimit-Remaining", "-1"))},

		{of: "activity-internal-error", edits: does(status(431), header("Content-Type", "text/html"), body("<html>"))},
		{of: "order-created", edits: does(status(200), header("Content-Type", "text/html"))},
		{of: "pay-card-refused", edits: does(status(429), drop("/code"), drop("/timestamp"), set("/error", `"Too Many Requests"`)), alarm: "another page of v1 documents a 429 without code and timestamp"},
		{of: "cards-one", edits: does(status(304), header("Content-Type"), body(""), credential("If-None-Match", `"1"`)), alarm: "304 answers a condition, whatever a page lists"},

		{of: "activity-transactions", edits: does(body("null")), blind: "null at the top"},
		{of: "activity-transactions", edits: does(body(" ")), blind: "an empty body"},
		{of: "cards-one", edits: does(replaced(`"brand"`, `"brand":"a","brand"`)), blind: "a member twice"},
		{of: "cards-one", edits: does(replaced("visa", "\xff")), blind: "bytes that are not UTF-8"},
		{of: "cards-one", edits: does(header("Content-Type", "application/json", "text/html")), blind: "a header sent twice"},
		{of: "cards-one", edits: does(header("Content-Type", "application/json; charset=latin1")), blind: "a charset"},
		{of: "order-created", edits: does(status(200)), blind: "a success that only default covers"},
		{of: "activity-internal-error", edits: does(set("/status", `404`)), blind: "a status that is not the HTTP status"},
	}
	for _, m := range mutated {
		ex := changed(t, m.of, m.edits...)
		errs, findings := byLibrary(t, v, ex), c.Check(ex)
		if m.alarm != "" {
			if musts(findings) != nil || len(errs) == 0 {
				t.Errorf("%s: %s: Check says %+v, the library %q", m.of, m.alarm, findings, errs)
			}
			continue
		}
		if len(findings) == 0 {
			t.Errorf("%s: Check accepts what the library rejects: %q", m.of, errs)
		}
		if (len(errs) == 0) != (m.blind != "") {
			t.Errorf("%s: the library says %q, blind %q", m.of, errs, m.blind)
		}
	}
	// the golden requests, too
	for _, g := range exchanges(t) {
		q, _ := http.NewRequest(g.Request.Method, g.Request.URL.String(), bytes.NewReader(g.Request.Body))
		q.Header = g.Request.Header.Clone()
		ok, _ := v.ValidateHttpRequestSync(q)
		if own := len(c.CheckRequest(g.Exchange)) == 0; ok != own {
			t.Errorf("%s: the library accepts the request: %v, CheckRequest: %v", g.Name, ok, own)
		}
	}
	if slices.ContainsFunc(exchanges(t), func(g golden.Exchange) bool { return falseAlarms[g.Name] != "" && len(c.Check(g.Exchange)) > 0 }) {
		t.Error("a false alarm of the library is one of ours too")
	}
}
