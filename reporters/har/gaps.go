package har

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// Why an answer cannot be judged.
const (
	GapOdd      = "cannot be read"                       // another form than HAR has
	GapScheme   = "not HTTP"                             // data:, blob:, chrome-extension:, a WebSocket
	GapAnswer   = "no answer was recorded"               // status 0: blocked, failed, or still pending
	GapCache    = "answered by a cache"                  // of the browser, or its service worker
	GapTest     = "answered by a test"                   // that mocks the server
	GapRecorder = "answered by the recorder"             // which did not reach the server
	GapBrowser  = "a redirect of the browser's own"      // HSTS, or to the same address by https
	GapHeaders  = "no headers of the answer are on file" // an exporter left them out
)

// gap says why the answer of an entry of others is not the server's.
func (e *entry) gap(ex spec.Exchange) string {
	h := ex.Response.Header
	switch {
	case e.told(), e.Response.told(), bool(e.Cache), e.FetchType != "" && e.FetchType != "Network Load",
		ex.Response.Status == http.StatusNotModified, e.untransferred(ex): // exporters show what the cache had
		return GapCache
	case e.Response.Outcome != "" && !strings.EqualFold(string(e.Response.Outcome), "complete"):
		return GapAnswer
	case ownError(ex.Response):
		return GapRecorder
	case bool(e.Fulfilled):
		return GapTest
	case h.Get("Non-Authoritative-Reason") != "", ex.Response.Status/100 == 3 && upgrades(ex.Request.URL, h.Get("Location")):
		return GapBrowser
	case len(h) == 0:
		return GapHeaders
	}
	return ""
}

// untransferred reports whether the body of an answer did not come with it, but from
// the cache: HAR has a bodySize of 0 then. Since some recorders write that of every
// answer, it counts only for what a cache asks; so does a body without a media type,
// which is that of the cache under the headers of the answer 304 (Playwright). Chromium
// says that nothing came at all.
func (e *entry) untransferred(ex spec.Exchange) bool {
	q, a := ex.Request.Header, e.Response
	if len(ex.Response.Body) == 0 {
		return false
	}
	conditional := q.Get("If-None-Match") != "" || q.Get("If-Modified-Since") != ""
	unchanged := a.BodySize == 0 || ex.Response.Header.Get("Content-Type") == "" // as with 304
	return conditional && unchanged || a.Transferred != nil && *a.Transferred == 0
}

// ownError reports whether an answer is the page of a proxy that records, about a
// server that it did not reach: of ZAP, Fiddler, Charles and Burp.
func ownError(a *spec.Response) bool {
	const head = 2048
	begins := a.Body[:min(len(a.Body), head)]
	return a.Status/100 != 2 && (bytes.HasPrefix(begins, []byte("ZAP Error [")) || bytes.HasPrefix(begins, []byte("[Fiddler] ")) ||
		bytes.Contains(begins, []byte("<title>Charles Error Report</title>")) || bytes.Contains(begins, []byte("<title>Burp Suite ")))
}
