package hostup

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

func checkSuccess(k *spec.Judgement) {
	o := k.Object()
	data, _ := o["data"].(map[string]any)
	if o["success"] == false {
		k.Report("ENV-SUCCESS-001", k.InBody("success"), "equal", "true in a successful response", "false")
	} else if o["success"] == true && data["success"] == false {
		k.Report("ENV-SUCCESS-001", k.InBody("data", "success"), "equal", "true, as success says", "false")
	}
}

func checkNoSuccess(k *spec.Judgement) {
	if k.Object()["success"] == true {
		k.Report("ENV-SUCCESS-002", k.InBody("success"), "equal", "no claim of success in an error", "true")
	}
}

// checkTitle: error is the title of the status. The one page that documents a v1 429
// shows no value, so any title is accepted there.
func checkTitle(k *spec.Judgement) {
	status := k.Exchange().Response.Status
	if title, ok := k.Object()["error"].(string); ok && status != http.StatusTooManyRequests && !isTitle(title, status) {
		k.Report("ENV-ERROR-002", k.InBody("error"), "equal", strconv.Quote(http.StatusText(status)), strconv.Quote(title))
	}
}

// titles are status titles that an RFC has renamed: the old ones are accepted as well.
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
