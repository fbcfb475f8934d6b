package recorded

import (
	"net/url"
	"strings"

	"github.com/hostup/api-conformance/reporters/har"
)

// refusable reports whether a proxy in front of the API may refuse the request by itself:
// a malformed or very large one, or one that the suite sends to see whether a server
// survives it. Such a refusal is no error response of the API; of the rules only those
// about leaks apply.
func refusable(r har.Recorded) bool {
	const head, body = 4 << 10, 16 << 10 // what common servers accept by default
	q := r.Exchange.Request
	if a := r.Exchange.Response; a != nil && a.Status/100 == 2 {
		return false
	}
	if r.Own && strings.Contains(q.Header.Get("User-Agent"), "HTTP-ROBUST-001") || len(q.Body) > body || len(q.URL.String()) > head {
		return true
	}
	for _, values := range q.Header {
		if len(strings.Join(values, "")) > head {
			return true
		}
	}
	path, err := url.PathUnescape(q.Path())
	_, queryErr := url.QueryUnescape(q.URL.RawQuery)
	return err != nil || queryErr != nil || q.URL.Opaque != "" || strings.ContainsRune(path, 0)
}
