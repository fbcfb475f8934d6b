package har

import (
	"bytes"
	"net/http"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// Reasons why a response cannot be judged.
const (
	GapOdd      = "cannot be read"                              // not in the form of HAR
	GapScheme   = "not HTTP"                                    // data:, blob:, chrome-extension:, a WebSocket
	GapAnswer   = "no response was recorded"                    // status 0: blocked, failed, or still pending
	GapCache    = "answered by a cache"                         // of the browser or a service worker
	GapTest     = "answered by a test"                          // which mocks the server
	GapRecorder = "answered by the recorder"                    // which did not reach the server
	GapBrowser  = "a redirect of the browser's own"             // HSTS, or to the same URL with https
	GapHeaders  = "the headers of the response are not on file" // an exporter left them out, or wrote those of another one
)

// gap returns the reason why the response of another tool's entry does not come from the
// server, "" if it does.
func (e *entry) gap(ex spec.Exchange) string {
	h := ex.Response.Header
	switch {
	case e.told(), e.Response.told(), bool(e.Cache), e.FetchType != "" && e.FetchType != "Network Load",
		ex.Response.Status == http.StatusNotModified, e.untransferred(ex): // exporters show the cached body
		return GapCache
	case e.Response.Outcome != "" && !strings.EqualFold(string(e.Response.Outcome), "complete"):
		return GapAnswer
	case ownError(ex.Response):
		return GapRecorder
	case bool(e.Fulfilled):
		return GapTest
	case h.Get("Non-Authoritative-Reason") != "", ex.Response.Status/100 == 3 && upgrades(ex.Request.URL, h.Get("Location")):
		return GapBrowser
	case len(h) == 0, h.Get("Content-Length") == "0" && len(ex.Response.Body) > 0: // a redirect's
		return GapHeaders
	}
	return ""
}

// untransferred reports whether the body of a response came from the cache. HAR then has
// a bodySize of 0. Some recorders write 0 for every response, so it counts only for
// conditional requests. A body without a media type counts likewise: it is the cached
// body under the headers of the 304 response (Playwright), of which there is only the size
// if bodies are left out. Chromium states that nothing was transferred.
func (e *entry) untransferred(ex spec.Exchange) bool {
	q, a := ex.Request.Header, e.Response
	if len(ex.Response.Body) == 0 && a.Content.Size <= 0 {
		return false
	}
	conditional := q.Get("If-None-Match") != "" || q.Get("If-Modified-Since") != ""
	unchanged := a.BodySize == 0 || ex.Response.Header.Get("Content-Type") == "" // as with 304
	return conditional && unchanged || a.Transferred != nil && *a.Transferred == 0
}

// ownError reports whether a response is the error page of a recording proxy that did not
// reach the server: ZAP, Fiddler, Charles or Burp.
func ownError(a *spec.Response) bool {
	const head = 2048
	begins := a.Body[:min(len(a.Body), head)]
	return a.Status/100 != 2 && (bytes.HasPrefix(begins, []byte("ZAP Error [")) || bytes.HasPrefix(begins, []byte("[Fiddler] ")) ||
		bytes.Contains(begins, []byte("<title>Charles Error Report</title>")) || bytes.Contains(begins, []byte("<title>Burp Suite ")))
}
