package protocol

import (
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// usual are the values of Accept of clients that can read JSON: curl and most libraries,
// axios, jQuery, a browser's fetch. "" means no header, which accepts everything (RFC
// 9110 section 12.5.1).
var usual = []string{
	"application/json",
	"*/*",
	"application/*",
	"",
	"application/json, text/plain, */*",
	"application/json;q=0.9",
	"application/json, text/javascript, */*; q=0.01",
}

// unusual are values that JSON does not match, matches only literally, or matches less
// well than something else. A server may respond 406, or ignore the header (RFC 9110
// section 12.5.1 allows both).
var unusual = []string{
	"text/html",
	"text/html, application/json;q=0.5",
	"application/xml",
	"image/*",
	"application/problem+json",
	"application/json;q=0",
	"application/json; charset=utf-8",
	"APPLICATION/JSON",
	"application/vnd.conformance.v9+json",
	"json",
	";;;",
	"application/json;q=high",
}

func negotiation(e *env.Env, op *spec.Operation) {
	rule.It(e, "serves JSON to every usual Accept", rule.Of(op.ID, "MEDIA-ACCEPT-001"), func(t *rule.T) {
		valid := t.Valid()
		for _, accept := range usual {
			r := valid.WithHeader("Accept", accept).WithNote("Accept: " + accept)
			if accept == "" {
				r = valid.WithHeader("Accept").WithNote("no Accept")
			}
			a := t.Accepted(r)
			if m := mediaType(a); m != "application/json" && !strings.HasSuffix(m, "+json") {
				t.Violation(a, "MEDIA-ACCEPT-001", "header Content-Type", "json", "JSON for "+r.Note, m)
			}
		}
	})
	if len(op.Security) > 0 {
		// Frameworks send HTML pages if something is wrong and the request does not
		// insist on JSON. Check judges the responses.
		rule.It(e, "refuses in JSON to every usual Accept", rule.Of(op.ID, "MEDIA-TYPE-001"), func(t *rule.T) {
			for _, accept := range usual {
				r := t.Harmless().WithAuth(request.Auth{}).WithHeader("Accept", accept).WithNote("no credential, Accept: " + accept)
				if accept == "" {
					r = r.WithHeader("Accept").WithNote("no credential, no Accept")
				}
				t.Send(r)
			}
		})
	}
	rule.It(e, "answers an unusual Accept without a server error", rule.Of(op.ID, "HTTP-ROBUST-001").Long(), func(t *rule.T) {
		valid := t.Valid()
		for _, accept := range unusual {
			t.Survives(valid.WithHeader("Accept", accept).WithNote("Accept: " + accept))
		}
		t.Survives(valid.WithHeader("Accept", "text/html", "application/json").WithNote("Accept in two lines"))
	})
	// Only codings that the client can decode are requested. Whether the response is
	// compressed is up to the target.
	rule.It(e, "serves JSON whatever coding is accepted", rule.Of(op.ID, "MEDIA-ACCEPT-001", "MEDIA-CODING-001"), func(t *rule.T) {
		valid := t.Valid()
		for _, coding := range []string{"gzip", "identity", "gzip;q=0.5, identity;q=0.1", "gzip;q=0"} {
			t.Accepted(valid.WithHeader("Accept-Encoding", coding).WithNote("Accept-Encoding: " + coding))
		}
	})
	rule.It(e, "serves JSON in any language", rule.Of(op.ID, "MEDIA-ACCEPT-001"), func(t *rule.T) {
		valid := t.Valid()
		for _, language := range []string{"sv-SE, sv;q=0.9, en;q=0.8", "ar", "*"} {
			t.Accepted(valid.WithHeader("Accept-Language", language).WithNote("Accept-Language: " + language))
		}
	})
}
