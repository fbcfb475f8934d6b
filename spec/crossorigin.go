package spec

import (
	"net/url"
	"strconv"
)

// crossesOrigins reports whether an answer says which pages of other origins may read it.
func (k *Judgement) crossesOrigins() bool {
	return k.op != nil && !k.c.Unbound("HTTP-CORS-001") && len(k.ex.Response.Header.Values("Access-Control-Allow-Origin")) > 0
}

// checkOrigins judges what browsers make of Access-Control-Allow-Origin: they take one
// origin, null or *, and * for no request with credentials (Fetch section 4.10).
func (k *Judgement) checkOrigins() {
	h := k.ex.Response.Header
	report := func(keyword, want, got string) {
		k.Report("HTTP-CORS-001", InPart("header Access-Control-Allow-Origin"), keyword, want, got)
	}
	values := h.Values("Access-Control-Allow-Origin")
	switch v := values[0]; {
	case len(values) > 1:
		report("once", "one value", quoteAll(values))
	case v == "*" && h.Get("Access-Control-Allow-Credentials") == "true":
		report("credentials", "one origin beside Access-Control-Allow-Credentials: true, or no such header", `"*"`)
	case v != "*" && v != "null" && !isOrigin(v):
		report("form", "one origin such as https://app.example, null or *", strconv.Quote(v))
	}
}

// StrangeOrigin is the origin of a page that nobody serves: the domain is reserved (RFC 2606).
const StrangeOrigin = "https://conformance.invalid"

// letsStrangersIn reports whether an answer is to a page of an origin that nobody trusts,
// and to what wants a credential.
func (k *Judgement) letsStrangersIn() bool {
	return k.op != nil && !k.c.Unbound("HTTP-CORS-002") && k.ex.Request.Header.Get("Origin") == StrangeOrigin && k.c.Access(k.op).Required()
}

// checkStrangers judges that such a page is not let in with the credentials of who visits
// it (Fetch section 3.3.3).
func (k *Judgement) checkStrangers() {
	h := k.ex.Response.Header
	if h.Get("Access-Control-Allow-Origin") == StrangeOrigin && h.Get("Access-Control-Allow-Credentials") == "true" {
		k.Report("HTTP-CORS-002", InPart("header Access-Control-Allow-Origin"), "credentials", "no "+StrangeOrigin+" beside Access-Control-Allow-Credentials: true", strconv.Quote(StrangeOrigin))
	}
}

// isOrigin reports whether a text is the origin of a page: scheme, host and port alone.
func isOrigin(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Scheme != "" && (u.Host != "" && u.Scheme+"://"+u.Host == text || u.Scheme != "http" && u.Scheme != "https")
}
