package spec

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec/content"
)

// hasFields reports whether the header fields of a response are those of the API. A
// response without any of them exercises the rule as well.
func (k *Judgement) hasFields() bool {
	return k.op != nil && !k.foreign && !k.c.Unbound("HTTP-FIELD-001")
}

func (k *Judgement) checkFields() {
	for _, f := range content.FieldForms() {
		for _, v := range k.ex.Response.Header.Values(f.Name) {
			if !f.Is(strings.TrimSpace(v)) {
				k.Report("HTTP-FIELD-001", InPart("header "+f.Name), "form", f.Want, strconv.Quote(v))
				break
			}
		}
	}
}

var contentRange = regexp.MustCompile(`^bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\*)$`)

// isPart reports whether a response is partial content or refuses a range.
func (k *Judgement) isPart() bool {
	r := k.ex.Response
	if k.c.Unbound("HTTP-RANGE-001") {
		return false
	}
	return r.Status == http.StatusPartialContent || r.Status == http.StatusRequestedRangeNotSatisfiable && r.Header.Get("Content-Range") != ""
}

// checkRange checks Content-Range of partial content: present, well-formed, and as long
// as the body. Other units and multipart ranges are not judged.
func (k *Judgement) checkRange() {
	r := k.ex.Response
	field := r.Header.Get("Content-Range")
	report := func(where, keyword, want, got string) {
		k.Report("HTTP-RANGE-001", InPart(where), keyword, want, got)
	}
	unit, _, _ := strings.Cut(field, " ")
	m := contentRange.FindStringSubmatch(field)
	switch {
	case r.Status == http.StatusRequestedRangeNotSatisfiable:
		if unit == "bytes" && !regexp.MustCompile(`^bytes \*/[0-9]+$`).MatchString(field) {
			report("header Content-Range", "form", "the length of what there is, such as bytes */47", strconv.Quote(field))
		}
		return
	case strings.HasPrefix(mediaName(r.Header.Get("Content-Type")), "multipart/byteranges"):
		return
	case field == "":
		report("header Content-Range", "required", "the range that the part is", "no such header")
		return
	case m == nil:
		if unit == "bytes" || !content.IsToken(unit) || unit == field {
			report("header Content-Range", "form", "a range such as bytes 0-3/47", strconv.Quote(field))
		}
		return
	}
	first, _ := strconv.ParseInt(m[1], 10, 64) // at most 18 digits
	last, _ := strconv.ParseInt(m[2], 10, 64)
	whole, err := strconv.ParseInt(m[3], 10, 64)
	switch length := int64(len(r.Body)); {
	case last < first || err == nil && last >= whole:
		report("header Content-Range", "range", "a range within what there is", strconv.Quote(field))
	case !k.bodiless() && !r.BodyUnknown && r.Header.Get("Content-Encoding") == "" && length != last-first+1:
		report("body", "length", strconv.FormatInt(last-first+1, 10)+" bytes, as Content-Range says", strconv.FormatInt(length, 10)+" bytes")
	}
}
