package spec

import (
	"strconv"
	"strings"
)

// checkCoding checks that the response uses an accepted content coding, or none. A
// request without Accept-Encoding accepts any (RFC 9110).
func (k *Judgement) checkCoding() {
	accepted := k.ex.Request.Header.Values("Accept-Encoding")
	if len(accepted) == 0 {
		return
	}
	list := strings.Join(accepted, ", ")
	for coding := range strings.SplitSeq(strings.Join(k.ex.Response.Header.Values("Content-Encoding"), ","), ",") {
		coding = strings.ToLower(strings.TrimSpace(coding))
		if coding != "" && coding != "identity" && !acceptsCoding(list, coding) {
			k.Report("MEDIA-CODING-001", InPart("header Content-Encoding"), "coding", "no coding, or one that is accepted by "+strconv.Quote(list), coding)
			return
		}
	}
}

// acceptsCoding reads an Accept-Encoding list (RFC 9110 section 12.5.3). An unparsable
// weight counts as acceptance: the RFC leaves it undefined.
func acceptsCoding(list, coding string) bool {
	any := false
	for item := range strings.SplitSeq(list, ",") {
		name, parameters, _ := strings.Cut(item, ";")
		name = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(name)), "x-")
		_, weight, weighed := strings.Cut(strings.ReplaceAll(strings.ToLower(parameters), " ", ""), "q=")
		q, err := strconv.ParseFloat(weight, 64)
		taken := !weighed || err != nil || q > 0
		switch name {
		case strings.TrimPrefix(coding, "x-"):
			return taken
		case "*":
			any = taken
		}
	}
	return any
}
