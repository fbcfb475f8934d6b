package spec_test

import (
	"testing"

	"github.com/hostup/api-conformance/spec"
)

func TestAnswer(t *testing.T) {
	judge(t, []judgement{
		{"no answer", "cards-one", does(noAnswer("connection refused")), []string{
			`MUST HTTP-ANSWER-001 connection answer | an HTTP response | connection refused`,
		}},
		{"no answer and no reason", "cards-one", does(noAnswer("")), []string{
			`MUST HTTP-ANSWER-001 connection answer | an HTTP response | no response`,
		}},
		{"a body without end", "cards-one", does(brokenOff(spec.CauseTime, "10s passed")), []string{
			`MUST HTTP-ANSWER-001 body complete | a body that comes to its end | 10s passed`,
		}},
		{"a body beyond the limit", "cards-one", does(brokenOff(spec.CauseSize, "more than 8 MB")), []string{
			`MUST HTTP-ANSWER-001 body complete | a body that comes to its end | more than 8 MB`,
		}},
		{"a coding that nobody asked for", "cards-one", does(brokenOff(spec.CauseEncoding, "br")), []string{
			`MUST MEDIA-TYPE-001 header Content-Encoding encoding | a content coding that was asked for | br`,
		}},
		{"fewer bytes than declared", "cards-none", does(length(9)), []string{
			`MUST HTTP-LENGTH-001 body length | 9 bytes, as Content-Length says | 3 bytes`,
		}},
		{"the declared bytes", "cards-none", does(length(3)), nil},
		{"a body that was compressed on the way", "cards-none", does(length(25), header("Content-Encoding", "gzip")), nil},
		{"a body after HEAD", "cards-one", does(asHead, body("x")), []string{
			`MUST HTTP-EMPTY-001 body empty | no body | 1 bytes`,
		}},
		{"a body after 204", "cards-one", does(status(204), body("[]")), []string{
			`MUST HTTP-EMPTY-001 body empty | no body | 2 bytes`,
		}},
		{"HEAD with the length of GET", "cards-one", does(asHead, length(240)), nil},
		{"HEAD that is refused", "cards-one", does(asHead, status(405), header("Allow", "GET"), header("Content-Type", "text/plain")), nil},
		{"HEAD with another success", "cards-one", does(asHead, status(204), body("")), nil},
		{"HEAD without a key", "cards-unauthorized", does(asHead), nil},
	})
}

func TestStatus(t *testing.T) {
	judge(t, []judgement{
		{"200 for 201", "order-created", does(status(200)), []string{
			`MUST HTTP-STATUS-001 status status | status 201 | 200`,
		}},
		{"204 for 200", "cards-one", does(status(204), body(""), header("Content-Type")), []string{
			`MUST HTTP-STATUS-001 status status | status 200 | 204`,
		}},
		{"202 with a body of its own", "pay-scheduled", does(status(202), body(`{"job":1}`)), []string{
			`MUST HTTP-STATUS-001 status status | status 200 | 202`,
		}},
		{"304 to a request without a condition", "cards-one", does(status(304), body(""), header("Content-Type")), []string{
			`MUST HTTP-STATUS-001 status status | status 200 | 304`,
		}},
		{"304 to a request with one", "cards-one", does(status(304), body(""), header("Content-Type"), credential("If-None-Match", `"1"`)), nil},
		{"an error status of another meaning", "activity-internal-error", does(problem(422)), []string{
			`SHOULD HTTP-STATUS-002 status status | status 200, 400, 401, 403, 404, 429 or 500 | 422`,
			`SHOULD PROB-CODE-003 $.code status | a code of status 422; internal_error is that of 500 | "internal_error"`,
		}},
		{"402 for a declined card", "pay-card-refused", does(status(402), set("/error", `"Payment Required"`)), []string{
			`SHOULD HTTP-STATUS-002 status status | status 200 or 400 | 402`,
		}},
		{"an error of other pages", "activity-internal-error", does(problem(409), set("/code", `"conflict"`), set("/type", `"https://developer.hostup.se/errors/conflict"`)), nil},
		{"an error of a gateway", "activity-internal-error", does(problem(503)), nil},
		{"an error of HTTP", "activity-internal-error", does(problem(415), set("/code", `"media_type"`), set("/type", `"https://developer.hostup.se/errors/media_type"`)), nil},
		{"a v1 error of other pages", "pay-card-refused", does(status(422), set("/error", `"Unprocessable Entity"`)), nil},
		{"405 without Allow", "activity-internal-error", does(problem(405)), []string{
			`MUST HTTP-ALLOW-001 header Allow required | the methods that the resource supports | no such header`,
		}},
		{"405 with an empty Allow", "activity-internal-error", does(problem(405), header("Allow", "")), nil},
		{"401 without a challenge", "activity-unauthorized", does(header("WWW-Authenticate")), []string{
			`MUST AUTH-CHALLENGE-001 header WWW-Authenticate required | a challenge | no such header`,
		}},
		{"any challenge", "activity-unauthorized", does(header("WWW-Authenticate", `ApiKey realm="x"`)), nil},
	})
}

func TestMediaType(t *testing.T) {
	judge(t, []judgement{
		{"with a charset", "cards-one", does(header("Content-Type", "application/json; charset=utf-8")), nil},
		{"with a charset in quotes", "cards-one", does(header("Content-Type", `application/json;charset="UTF-8"`)), nil},
		{"with another parameter", "cards-one", does(header("Content-Type", `application/json; profile="x"`)), nil},
		{"in capitals", "cards-one", does(header("Content-Type", "Application/JSON")), nil},
		{"sent twice, the same", "cards-one", does(header("Content-Type", "application/json", "application/json")), nil},
		{"an error as JSON", "activity-internal-error", does(header("Content-Type", "application/json")), nil},
		{"an error as Problem document", "cards-unauthorized", does(header("Content-Type", "application/problem+json; charset=utf-8")), nil},
		{"text that is JSON", "cards-one", does(header("Content-Type", "text/plain")), []string{
			`MUST MEDIA-TYPE-001 header Content-Type media-type | application/json | "text/plain"`,
		}},
		{"a success as Problem document", "cards-one", does(header("Content-Type", "application/problem+json")), []string{
			`MUST MEDIA-TYPE-001 header Content-Type media-type | application/json | "application/problem+json"`,
		}},
		{"a success of the type that was asked for", "cards-one", does(credential("Accept", "application/problem+json;q=0.9"), header("Content-Type", "application/problem+json")), nil},
		{"a success of another type than the ones that were asked for", "cards-one", does(credential("Accept", "application/problem+json, application/json"), header("Content-Type", "application/problem+json")), []string{
			`MUST MEDIA-TYPE-001 header Content-Type media-type | application/json | "application/problem+json"`,
		}},
		{"another charset", "cards-one", does(header("Content-Type", "application/json; charset=iso-8859-1")), []string{
			`SHOULD MEDIA-CHARSET-001 header Content-Type charset | utf-8, or no charset | "iso-8859-1"`,
		}},
		{"two types", "cards-one", does(header("Content-Type", "application/json", "text/html")), []string{
			`MUST MEDIA-TYPE-002 header Content-Type once | one value | "application/json" and "text/html"`,
		}},
		{"two types in one line", "cards-one", does(header("Content-Type", "application/json, text/html")), []string{
			`MUST MEDIA-TYPE-002 header Content-Type syntax | a media type such as application/json | "application/json, text/html"`,
		}},
		{"a parameter without value", "cards-one", does(header("Content-Type", "application/json; charset")), []string{
			`MUST MEDIA-TYPE-002 header Content-Type syntax | a media type such as application/json | "application/json; charset"`,
		}},
		{"a wrong type and a wrong body", "cards-one", does(header("Content-Type", "text/plain"), set("/0/id", `7`)), []string{
			`MUST CARD-TYPE-001 $[0].id type | string | 7 (number) | type: string`,
			`MUST MEDIA-TYPE-001 header Content-Type media-type | application/json | "text/plain"`,
		}},
	})
}

func TestJSONText(t *testing.T) {
	judge(t, []judgement{
		{"nothing", "cards-one", does(body("")), []string{
			`MUST BODY-JSON-001 body empty | one complete JSON text | no JSON text`,
		}},
		{"two texts", "cards-none", does(body("[] []")), []string{
			`MUST BODY-JSON-001 body trailing | nothing after the JSON text | "[]" at byte 3`,
		}},
		{"a line break at the end", "cards-none", does(body("\r\n[ ]\r\n")), nil},
		{"a byte order mark", "cards-none", does(body("\xef\xbb\xbf[]")), []string{
			`MUST BODY-BOM-001 body bom | no byte order mark | bytes EF BB BF at the start`,
		}},
		{"half a character", "cards-one", does(set("/0/brand", `"\ud83d"`)), []string{
			`MUST BODY-UTF8-001 $[0].brand surrogate | whole Unicode characters | \ud83d alone`,
		}},
		{"whole characters, escaped and not", "cards-one", does(replaced("Example Customer", `Å\u00e5\ud83d\ude00 😀 \u0000`)), nil},
		{"a number that a double cannot hold", "cards-one", does(replaced("2028", "1e309")), []string{
			`SHOULD CARD-FORM-001 $[0].expYear maximum | at most 9999 | 1e309 | overlay maximum: 9999`,
		}},
		{"a syntax error in the middle", "cards-one", does(replaced(`"visa"`, `'visa'`)), []string{
			`MUST BODY-JSON-001 body syntax | one complete JSON text | "'visa',\n    \"last4\": \"42"… at byte 64 where a value has to stand`,
		}},
		{"names that differ in case", "cards-one", does(replaced(`"brand"`, `"Brand": 1, "brand"`)), nil},
	})
}

// Nothing is documented for responses without an operation, so few rules apply.
func TestAnswersOfNoOperation(t *testing.T) {
	judge(t, []judgement{
		{"an HTML page for an unknown path", "activity-internal-error",
			does(sent("GET", "/api/v2/nowhere"), status(404), header("Content-Type", "text/html"), body("<html>")), []string{
				`SHOULD HTTP-ERRORDOC-001 body media-type | an error document in JSON | 6 bytes of "text/html"`,
			}},
		{"nothing for an unknown path", "activity-internal-error",
			does(sent("GET", "/api/nowhere"), status(404), header("Content-Type"), body("")), []string{
				`SHOULD HTTP-ERRORDOC-001 body media-type | an error document in JSON | an empty body`,
			}},
		{"a type without a body", "activity-internal-error",
			does(sent("DELETE", "/api/v2/billing/cards"), status(405), header("Allow", "GET"), body("")), []string{
				`SHOULD HTTP-ERRORDOC-001 body media-type | an error document in JSON | an empty body`,
			}},
		{"JSON that is no v1 error", "pay-card-refused",
			does(sent("GET", "/api/nowhere"), status(404), body(`{"statusCode":404}`)), []string{
				`SHOULD HTTP-ERRORDOC-001 $.code required | property "code" | no such property`,
			}},
		{"an array for a Problem document", "activity-internal-error",
			does(sent("GET", "/api/v2/nowhere"), status(404), body(`[]`)), []string{
				`SHOULD HTTP-ERRORDOC-001 $ type | object | [] (array)`,
			}},
		{"a Problem document of another status", "activity-internal-error", does(sent("GET", "/api/v2/nowhere"), status(404)), []string{
			`MUST PROB-STATUS-001 $.status equal | 404, the HTTP status | 500`,
		}},
		{"a member status of another kind", "cards-unauthorized",
			does(sent("GET", "/api/v2/nowhere"), status(404), body(`{"status":7}`)), nil},
		{"a Problem document", "activity-internal-error", does(sent("GET", "/api/v2/nowhere"), problem(404)), nil},
		{"an HTML page outside the API", "activity-internal-error",
			does(sent("GET", "/"), status(404), header("Content-Type", "text/html"), body("<html>")), nil},
		{"OPTIONS", "activity-internal-error", does(sent("OPTIONS", "/api/v2/billing/cards"), status(204), header("Content-Type"), body("")), nil},
		{"405 whose Allow lists what it refuses", "activity-internal-error", does(sent("PUT", "/api/v2/billing/cards"), problem(405), header("Allow", "GET, PUT")), []string{
			`MUST HTTP-ALLOW-001 header Allow excludes | a list without PUT, which was refused | "GET, PUT"`,
		}},
		{"HEAD that is refused and listed", "activity-internal-error", does(sent("HEAD", "/api/v2/billing/cards"), problem(405), header("Allow", "GET, HEAD"), body("")), nil},
		{"405 without Allow", "activity-internal-error", does(sent("PUT", "/api/v2/billing/cards"), problem(405)), []string{
			`MUST HTTP-ALLOW-001 header Allow required | the methods that the resource supports | no such header`,
		}},
		{"TRACE that is refused in front of the API", "activity-internal-error", does(sent("TRACE", "/api/v2/billing/cards"), problem(405)), nil},
		{"a text that claims to be JSON", "activity-internal-error", does(sent("GET", "/api/v2/nowhere"), status(404), body("no")), []string{
			`MUST BODY-JSON-001 body syntax | one complete JSON text | "no" at byte 0 where a value has to stand`,
		}},
		{"a refusal in front of the API", "activity-internal-error",
			does(status(431), header("Content-Type", "text/html"), body("<html>")), []string{
				`SHOULD HTTP-ERRORDOC-001 body media-type | an error document in JSON | 6 bytes of "text/html"`,
			}},
	})
}

// A router sends the same error for every path, which is one cause. An error of an
// operation belongs to that operation.
func TestScopeOfAnswersOfNoOperation(t *testing.T) {
	c := contract(t)
	for _, tt := range []struct{ method, path, want string }{
		{"GET", "/api/v2/nowhere", "HTTP-ERRORDOC-001 | answers of no operation of v2 | body | media-type"},
		{"DELETE", "/api/v2/billing/cards", "HTTP-ERRORDOC-001 | answers of no operation of v2 | body | media-type"},
		{"GET", "/api/nowhere", "HTTP-ERRORDOC-001 | answers of no operation of v1 | body | media-type"},
	} {
		x := changed(t, "activity-internal-error", sent(tt.method, tt.path), status(404), header("Content-Type", "text/html"), body("<html>"))
		findings := c.Check(x)
		if len(findings) != 1 || findings[0].Signature() != tt.want || findings[0].Operation != tt.method+" "+tt.path {
			t.Errorf("%s %s: %+v, want the signature %q", tt.method, tt.path, findings, tt.want)
		}
	}
}

// A document without a pack has no versions: its name is that of the document.
func TestScopeOfAnswersOfNoOperationOfAnyDocument(t *testing.T) {
	c, err := spec.LoadText(nil, "any.yaml", []byte("openapi: 3.1.0\ninfo: {title: any, version: '1'}\npaths: {/a: {get: {responses: {\"200\": {description: ok}}}}}"))
	if err != nil {
		t.Fatal(err)
	}
	x := changed(t, "activity-internal-error", sent("DELETE", "/a"), status(405), header("Content-Type", "text/plain"), body("no"))
	for _, f := range c.Check(x) {
		if f.Requirement == "HTTP-ALLOW-001" {
			if want := "HTTP-ALLOW-001 | answers of no operation of the document | header Allow | required"; f.Signature() != want {
				t.Errorf("signature %q, want %q", f.Signature(), want)
			}
			return
		}
	}
	t.Error("no finding for a 405 without Allow")
}
