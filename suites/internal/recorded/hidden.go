package recorded

import (
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/secret"
)

// What a recording hides is no fault of the server: text instead of bytes, headers
// that exporters leave out, and secrets that somebody took out.

// lostInText reports whether a requirement is about bytes that a recorder which
// turns bodies into text does not keep.
func lostInText(id string) bool { return id == "BODY-BOM-001" || id == "BODY-UTF8-001" }

// leftOut reports whether a cause is that a cookie is missing which an exporter may have
// left out: browsers do so unless they are told otherwise, with all of them.
func (v *verifier) leftOut(c *cause) bool {
	f := c.findings[0]
	return !v.cookies && !c.own && f.Keyword == "required" && f.Where == "header Set-Cookie"
}

// rounded reports whether a finding is about an integer which a recorder that has written
// the body anew may have rounded: one beyond 2^53 as JavaScript writes it.
func rounded(f spec.Finding) bool {
	digits, _, _ := strings.Cut(f.Got, " ")
	n, err := strconv.ParseFloat(digits, 64)
	return err == nil && math.Abs(n) > 1<<53-1 && strconv.FormatFloat(n, 'f', -1, 64) == digits
}

// veiled stands for a credential that somebody took out of a recording: it was sent,
// and is too short to be looked for in the answer.
const veiled = "-"

// veil puts [veiled] in the place of credentials of a request that somebody took out:
// the word that stands there may stand in the answer, too, for another secret.
func veil(c *spec.Contract, ex spec.Exchange) spec.Exchange {
	keys := c.CredentialHeaders()
	header := make(http.Header, len(ex.Request.Header))
	for name, values := range ex.Request.Header {
		header[name] = values
		if name != "Cookie" && !slices.Contains(keys, name) || !slices.ContainsFunc(values, placeholder) {
			continue
		}
		header[name] = nil
		for _, value := range values {
			header.Add(name, veiledValue(name, value))
		}
	}
	ex.Request.Header = header
	if u := ex.Request.URL; u != nil && u.RawQuery != "" {
		clean := *u
		clean.RawQuery = veiledQuery(u.RawQuery, c.CredentialParameters())
		ex.Request.URL = &clean
	}
	return ex
}

// veiledValue is the value of a header that carries credentials, without those that
// were taken out; what says of which kind they are stays.
func veiledValue(name, value string) string {
	switch scheme, _, two := strings.Cut(value, " "); {
	case name == "Cookie":
		pairs := strings.Split(value, ";")
		for i, pair := range pairs {
			if cookie, v, ok := strings.Cut(pair, "="); ok && placeholder(v) {
				pairs[i] = cookie + "=" + veiled
			}
		}
		return strings.Join(pairs, ";")
	case !placeholder(value):
		return value
	case name == "Authorization" && two && !placeholder(scheme):
		return scheme + " " + veiled
	}
	return veiled
}

func veiledQuery(raw string, keys []string) string {
	pairs := strings.Split(raw, "&")
	for i, pair := range pairs {
		name, escaped, _ := strings.Cut(pair, "=")
		value, err := url.QueryUnescape(escaped)
		if err == nil && (secret.Property(name) || slices.Contains(keys, name)) && placeholder(value) {
			pairs[i] = name + "=" + veiled
		}
	}
	return strings.Join(pairs, "&")
}
