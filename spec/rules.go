package spec

import (
	"bytes"
	"net/http"
)

// rules returns the rules for any API, in the order of judging: completeness, status and
// headers, body as text, as a value, and its content. Tests fail if a rule finds
// something in an exchange that it does not apply to.
func rules() []Rule {
	return []Rule{
		{ID: "HTTP-ANSWER-001", Check: (*Judgement).checkWhole},
		{ID: "HTTP-LENGTH-001", Sees: func(k *Judgement) bool { return k.ex.Response.Length >= 0 && !k.ex.Response.BodyUnknown }},
		{ID: "HTTP-EMPTY-001", Place: "the status 204, 205 or 304, or was one to HEAD", Sees: func(k *Judgement) bool { return k.bodiless() && !k.ex.Response.BodyUnknown }},

		{ID: "HTTP-STATUS-001", Applies: func(k *Judgement) bool { return k.op != nil && k.ex.Response.Status < 400 }, Check: (*Judgement).checkSuccess},
		{ID: "HTTP-STATUS-002", Place: "a status of an error", Applies: func(k *Judgement) bool { return k.op != nil && k.IsError() }, Check: (*Judgement).checkError},
		{ID: "HTTP-ALLOW-001", Place: "the status 405", Applies: func(k *Judgement) bool { return k.ex.Response.Status == http.StatusMethodNotAllowed }, Check: (*Judgement).checkAllow},
		{ID: "AUTH-CHALLENGE-001", Place: "the status 401", Applies: func(k *Judgement) bool {
			return k.op != nil && k.ex.Response.Status == http.StatusUnauthorized
		}, Check: (*Judgement).checkChallenge},
		{ID: "HTTP-FIELD-001", Applies: (*Judgement).hasFields, Check: (*Judgement).checkFields},
		{ID: "HTTP-RANGE-001", Place: "the status 206, or 416 with Content-Range", Applies: (*Judgement).isPart, Check: (*Judgement).checkRange},

		{ID: "HTTP-CORS-001", Place: "a header Access-Control-Allow-Origin", Applies: (*Judgement).crossesOrigins, Check: (*Judgement).checkOrigins},
		{ID: "HTTP-CORS-002", Place: "a header Access-Control-Allow-Origin", Applies: (*Judgement).letsStrangersIn, Check: (*Judgement).checkStrangers},

		{ID: "LEAK-CARD-001", Sees: (*Judgement).tells, Check: (*Judgement).checkLeaks},
		{ID: "LEAK-CREDENTIAL-001", Sees: func(k *Judgement) bool { return k.tells() && k.credentials().found != nil }},
		{ID: "LEAK-TRACE-001", Sees: (*Judgement).tells},

		{ID: "MEDIA-CODING-001", Applies: func(k *Judgement) bool { return k.ex.Request.Header.Get("Accept-Encoding") != "" }, Sees: (*Judgement).hasBody, Check: (*Judgement).checkCoding},
		{ID: "MEDIA-TYPE-001", Applies: (*Judgement).typed, Sees: func(k *Judgement) bool { return !k.foreign && !k.strayed }, Check: (*Judgement).checkMediaType},
		{ID: "MEDIA-TYPE-002", Applies: (*Judgement).typed},
		{ID: "MEDIA-CHARSET-001", Applies: (*Judgement).typed, Sees: (*Judgement).saysJSON},
		{ID: "BODY-JSON-001", Applies: (*Judgement).hasBody, Sees: (*Judgement).hasText, Check: (*Judgement).readBody},
		{ID: "BODY-UTF8-001", Applies: (*Judgement).hasBody, Sees: (*Judgement).hasText},
		{ID: "BODY-BOM-001", Applies: (*Judgement).hasBody, Sees: (*Judgement).hasText},
		{ID: "BODY-DUPLICATE-001", Applies: (*Judgement).hasBody, Sees: (*Judgement).hasText},

		{ID: "BODY-XML-001", Applies: (*Judgement).hasOther, Sees: (*Judgement).saysXML, Check: (*Judgement).checkOther},

		// The document says which of its requirements a response reaches: see
		// Reach.schemas.
		{ID: "BODY-SCHEMA-001", Sees: never, Check: (*Judgement).checkHeaders},
		{ID: "BODY-SCHEMA-001", Applies: (*Judgement).Documented, Sees: never, Check: (*Judgement).checkSchema},
		{ID: "BODY-SCHEMA-002", Applies: (*Judgement).Documented, Sees: never},
		{ID: writeOnlyRule, Applies: (*Judgement).Documented, Sees: never},
		{ID: "LEAK-SECRET-001", Applies: (*Judgement).showsThings, Sees: (*Judgement).tells, Check: (*Judgement).checkPasswords},
		{ID: foreignErrors, Place: "an error status that no operation documents", Applies: func(k *Judgement) bool {
			return k.foreign && k.IsError() && k.hasBody()
		}, Check: (*Judgement).checkForeignError},
		{ID: "PROB-STATUS-001", Place: "$.status", Applies: (*Judgement).repeatsStatus, Check: (*Judgement).checkStatusMember},

		{ID: "HTTP-CACHE-001", Place: "a success to a read with a credential", Applies: (*Judgement).isPrivate, Check: (*Judgement).checkSharedCache},
		{ID: "LINK-TLS-001", Place: "an absolute address", Sees: (*Judgement).hasAddresses, Check: (*Judgement).checkAddresses},
		{ID: "LINK-HOST-001", Place: "an absolute address", Sees: (*Judgement).hasAddresses},
		{ID: "LEAK-INTERNAL-001", Applies: (*Judgement).exposes, Sees: (*Judgement).tells, Check: (*Judgement).checkInternals},
	}
}

// foreignErrors is the rule about errors of no operation.
const foreignErrors = "HTTP-ERRORDOC-001"

// tells reports whether the body says anything: an empty list has nothing to leak.
func (k *Judgement) tells() bool {
	return k.hasBody() && len(bytes.Trim(k.ex.Response.Body, "[]{} \t\r\n")) > 0
}

func never(*Judgement) bool { return false }
