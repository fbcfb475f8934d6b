package recorded

import (
	"maps"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/secret"
)

// Gaps in a recording are not faults of the server: bytes that became text, headers that
// exporters leave out, and removed secrets.

// lostInText reports whether a requirement is about bytes that a recorder loses when it
// turns bodies into text.
func lostInText(id string) bool { return id == "BODY-BOM-001" || id == "BODY-UTF8-001" }

// leftOut reports whether a cause is a missing cookie that an exporter may have left out:
// browsers drop all of them by default, and some do not see those of a redirect.
func (o *verified) leftOut(c *cause) bool {
	f := c.findings[0]
	return !o.cookies && !c.own && f.Keyword == "required" && f.Where == "header Set-Cookie"
}

// rounded reports whether a finding is about an integer that a recorder may have rounded
// when it re-encoded the body: one beyond 2^53 as JavaScript writes it.
func rounded(f spec.Finding) bool {
	digits, _, _ := strings.Cut(f.Got, " ")
	n, err := strconv.ParseFloat(digits, 64)
	return err == nil && math.Abs(n) > 1<<53-1 && strconv.FormatFloat(n, 'f', -1, 64) == digits
}

// veiled replaces a credential that was removed from a recording: it was sent, and veiled
// is too short to be looked for in the response.
const veiled = "-"

// veil replaces removed credentials of a request by [veiled]: the placeholder in the
// recording may also stand in the response, for another secret.
func veil(c *spec.Contract, ex spec.Exchange) spec.Exchange {
	header := ex.Request.Header
	for _, name := range append(c.CredentialHeaders(), "Cookie") {
		values := ex.Request.Header[name]
		if !slices.ContainsFunc(values, placeholder) {
			continue
		}
		clean := make([]string, len(values))
		for i, value := range values {
			clean[i] = veiledValue(name, value)
		}
		header = maps.Clone(header)
		header[name] = clean
	}
	ex.Request.Header = header
	if u := ex.Request.URL; u != nil && u.RawQuery != "" {
		clean := *u
		clean.RawQuery = veiledQuery(u.RawQuery, c.CredentialParameters())
		ex.Request.URL = &clean
	}
	return ex
}

// veiledValue returns the value of a credential header with removed credentials replaced;
// their scheme or name stays.
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
