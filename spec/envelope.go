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
		if title, ok := o["error"].(string); ok && !isTitle(title, k.ex.Response.Status) {
			k.report("ENV-ERROR-002", k.inBody("error"), "equal", strconv.Quote(http.StatusText(k.ex.Response.Status)), strconv.Quote(title))
		}
		return
	}
	success, said := o["success"].(bool)
	if said && !success {
		k.report("ENV-SUCCESS-001", k.inBody("success"), "equal", "true in a successful answer", "false")
	}
	if data, _ := o["data"].(map[string]any); data != nil {
		if inner, ok := data["success"].(bool); ok && said && inner != success {
			k.report("ENV-SUCCESS-001", k.inBody("data", "success"), "equal", strconv.FormatBool(success)+", as success says", strconv.FormatBool(inner))
		}
	}
}

// titles are status titles that an RFC has renamed: the old ones are as good.
var titles = map[int][]string{
	413: {"Payload Too Large", "Request Entity Too Large", "Content Too Large"},
	414: {"Request-URI Too Long", "URI Too Long"},
	416: {"Requested Range Not Satisfiable", "Range Not Satisfiable"},
	422: {"Unprocessable Content", "Unprocessable Entity"},
}

func isTitle(title string, status int) bool {
	known := append([]string{http.StatusText(status)}, titles[status]...)
	return slices.ContainsFunc(known, func(k string) bool { return k == "" || strings.EqualFold(k, title) })
}
