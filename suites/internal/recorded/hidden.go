package recorded

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/secret"
)

// What a recording hides is no fault of the server: text instead of bytes, and
// secrets that somebody took out.

// lostInText reports whether a requirement is about bytes that a recorder which
// turns bodies into text does not keep.
func lostInText(id string) bool { return id == "BODY-BOM-001" || id == "BODY-UTF8-001" }

// withoutPlaceholders leaves out the credentials of a request that somebody took
// out of the recording: the word that stands there may stand in the answer, too,
// for another secret.
func withoutPlaceholders(c *spec.Contract, ex spec.Exchange) spec.Exchange {
	secretHeaders := append(c.CredentialHeaders(), "Cookie")
	clean := http.Header{}
	for name, values := range ex.Request.Header {
		if !slices.Contains(secretHeaders, name) || !slices.ContainsFunc(values, placeholder) {
			clean[name] = values
		}
	}
	ex.Request.Header = clean
	if ex.Request.URL == nil || ex.Request.URL.RawQuery == "" {
		return ex
	}
	u := *ex.Request.URL
	kept := slices.DeleteFunc(strings.Split(u.RawQuery, "&"), func(pair string) bool {
		name, escaped, _ := strings.Cut(pair, "=")
		value, err := url.QueryUnescape(escaped)
		return err == nil && secret.Property(name) && placeholder(value)
	})
	u.RawQuery = strings.Join(kept, "&")
	ex.Request.URL = &u
	return ex
}

// placeholder reports whether a value stands for a secret, by the words of the
// tools that clean recordings.
func placeholder(value string) bool {
	return placeholderWord.MatchString(value) || masked.MatchString(value)
}

var (
	placeholderWord = regexp.MustCompile(`(?i)redact|removed|saniti[sz]ed|masked|hidden|scrubbed|filtered|censored|anonymi[sz]ed|stripped`)
	masked          = regexp.MustCompile(`(?i)(?:^|[\s=])(?:\*{3,}|x{4,}|\.{3,}|•{3,}|-{3,})`)
)

// redactedJSON reports whether a body is broken by the redaction of a recording:
// a number that was taken out leaves no JSON, and with a number there it is one.
func redactedJSON(r *spec.Response) bool {
	return r != nil && redactionMark(r.Body) && !json.Valid(r.Body) && json.Valid(marks.ReplaceAll(r.Body, []byte("0")))
}

var marks = regexp.MustCompile(`‹(?:redacted|card ending) [^‹›]*›`)

func redactionMark(b []byte) bool {
	return bytes.Contains(b, []byte("‹redacted ")) || bytes.Contains(b, []byte("‹card ending "))
}

// concernsRedacted reports whether a finding is about a value that a recording
// does not show.
func concernsRedacted(ex spec.Exchange, f spec.Finding) bool {
	if redactionMark([]byte(f.Got)) || redactionMark([]byte(f.Want)) {
		return true
	}
	return f.Requirement == "PROB-INSTANCE-001" && redactionMark([]byte(ex.Request.URL.String()))
}
