package spec

import (
	"net/http"
	"strconv"
	"strings"
)

// credentialHeader returns the header in which the request carries a credential, "" if
// there is none.
func (k *Judgement) credentialHeader() string {
	h := k.ex.Request.Header
	if h.Get("Authorization") != "" {
		return "Authorization"
	}
	if k.op == nil {
		return ""
	}
	for _, s := range k.op.Security {
		switch {
		case s.In == "header" && h.Get(s.Key) != "":
			return http.CanonicalHeaderKey(s.Key)
		case s.In == "cookie" && hasCookie(h, s.Key):
			return "Cookie"
		}
	}
	return ""
}

// isPrivate reports whether the response shows what only the holder of the credential may
// see.
func (k *Judgement) isPrivate() bool {
	m := k.ex.Request.Method
	return k.op != nil && k.c.Access(k.op).Required() && k.IsSuccess() && (m == http.MethodGet || m == http.MethodHead) && k.credentialHeader() != ""
}

// checkSharedCache checks that no shared cache may store the response and serve it to
// others (RFC 9111 section 3.5). With Authorization in the request, public, s-maxage, or
// must-revalidate with a lifetime allow it; caches do not recognize other credentials, so
// any lifetime does. Of an API without a pack only what is said to shared caches counts. A
// cache keeps responses apart by Vary, and revalidates with no-cache.
func (k *Judgement) checkSharedCache() {
	header, credential := k.ex.Response.Header, k.credentialHeader()
	d := directives(header)
	for _, safe := range []string{"private", "no-store", "no-cache"} {
		if _, ok := d[safe]; ok {
			return
		}
	}
	for _, line := range header.Values("Vary") {
		for name := range strings.SplitSeq(line, ",") {
			if name = strings.TrimSpace(name); name == "*" || strings.EqualFold(name, credential) {
				return
			}
		}
	}
	_, public := d["public"]
	_, revalidate := d["must-revalidate"]
	shared, lasts := lifetime(d, "s-maxage"), lifetime(d, "max-age")
	if _, ok := d["s-maxage"]; ok && shared == 0 {
		return // never fresh in a shared cache
	}
	why := ""
	switch {
	case shared > 0:
		why = "s-maxage"
	case public && (lasts > 0 || d["max-age"] == ""):
		why = "public"
	case k.c.pack == nil: // which may mean the cache of the client alone
	case revalidate && lasts > 0:
		why = "must-revalidate"
	case credential != "Authorization" && lasts > 0:
		why = "max-age"
	}
	if why != "" {
		k.Report("HTTP-CACHE-001", InPart("header Cache-Control"), why,
			"nothing that lets a shared cache keep a response to a request with "+credential+", as private or no-store does", strings.Join(header.Values("Cache-Control"), ", "))
	}
}

// directives returns those of Cache-Control, in lower case, with their arguments.
func directives(h http.Header) map[string]string {
	d := map[string]string{}
	for _, line := range h.Values("Cache-Control") {
		for part := range strings.SplitSeq(line, ",") {
			name, argument, _ := strings.Cut(part, "=")
			if name = strings.ToLower(strings.TrimSpace(name)); name != "" {
				d[name] = strings.Trim(strings.TrimSpace(argument), `"`)
			}
		}
	}
	return d
}

func lifetime(d map[string]string, name string) int {
	n, err := strconv.Atoi(d[name])
	if err != nil || n < 0 {
		return 0
	}
	return n
}
