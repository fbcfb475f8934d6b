package spec

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// checkEnvelope judges what a schema cannot say of a v1 envelope.
func (k *check) checkEnvelope() {
	o := k.object()
	if k.version != "v1" || o == nil {
		return
	}
	if k.isError() {
		if o["success"] == true {
			k.report("ENV-SUCCESS-002", k.inBody("success"), "equal", "no claim of success in an error", "true")
		}
		// the one page that documents a v1 429 shows no value, so any title will do
		if title, ok := o["error"].(string); ok && k.ex.Response.Status != http.StatusTooManyRequests && !isTitle(title, k.ex.Response.Status) {
			k.report("ENV-ERROR-002", k.inBody("error"), "equal", strconv.Quote(http.StatusText(k.ex.Response.Status)), strconv.Quote(title))
		}
		return
	}
	data, _ := o["data"].(map[string]any)
	if o["success"] == false {
		k.report("ENV-SUCCESS-001", k.inBody("success"), "equal", "true in a successful answer", "false")
	} else if o["success"] == true && data["success"] == false {
		k.report("ENV-SUCCESS-001", k.inBody("data", "success"), "equal", "true, as success says", "false")
	}
}

// titles are status titles that an RFC has renamed: the old ones are as good.
var titles = map[int][]string{
	408: {"Request Time-out"},
	413: {"Payload Too Large", "Request Entity Too Large", "Content Too Large"},
	414: {"Request-URI Too Long", "URI Too Long"},
	416: {"Requested Range Not Satisfiable", "Range Not Satisfiable"},
	422: {"Unprocessable Content", "Unprocessable Entity"},
	504: {"Gateway Time-out"},
}

func isTitle(title string, status int) bool {
	known := append([]string{http.StatusText(status)}, titles[status]...)
	return slices.ContainsFunc(known, func(k string) bool { return k == "" || strings.EqualFold(k, title) })
}
