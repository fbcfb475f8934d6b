package spec

import (
	"bytes"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// complete reports whether a whole answer came; findings say what is missing.
// A body that broke off is not judged any further: everything else would only
// repeat that cause.
func (k *check) complete() bool {
	r := k.ex.Response
	if r == nil {
		got := k.ex.Failure
		if got == "" {
			got = "no answer"
		}
		k.report("HTTP-ANSWER-001", inPart("connection"), "answer", "an HTTP response", got)
		return false
	}
	if r.ReadFailure != "" {
		switch r.ReadCause {
		case CauseTime, CauseInterrupted, CauseSize:
			k.report("HTTP-ANSWER-001", inPart("body"), "complete", "a body that comes to its end", r.ReadFailure)
		case CauseEncoding:
			k.report("MEDIA-TYPE-001", inPart("header Content-Encoding"), "encoding", "a content coding that was asked for", r.ReadFailure)
		default:
			k.report("HTTP-LENGTH-001", inPart("body"), "length", "the body that the framing declares", r.ReadFailure)
		}
		return false
	}
	if r.BodyUnknown {
		return true
	}
	bodiless := k.ex.Request.Method == "HEAD" || r.Status == 204 || r.Status == 304
	if bodiless && len(r.Body) > 0 {
		k.report("HTTP-EMPTY-001", inPart("body"), "empty", "no body", fmt.Sprintf("%d bytes", len(r.Body)))
		return false
	}
	if !bodiless && r.Length >= 0 && r.Header.Get("Content-Encoding") == "" && r.Length != int64(len(r.Body)) {
		k.report("HTTP-LENGTH-001", inPart("body"), "length", fmt.Sprintf("%d bytes, as Content-Length says", r.Length), fmt.Sprintf("%d bytes", len(r.Body)))
		return false
	}
	return true
}

// protocolStatuses are the error statuses that HTTP itself defines for faults
// of a request or of a gateway, whatever the resource: a page need not list
// them. The last row are those of other pages of the same reference (a gate
// that is closed, a gone link, an upstream that fails).
var protocolStatuses = []int{
	400, 405, 406, 408, 411, 412, 413, 414, 415, 417, 421, 425, 426, 428, 431, 501, 505,
	409, 410, 502, 503, 504,
}

// v1Statuses are those that pages of other v1 operations document; the page of
// the payment lists only 200 and 400.
var v1Statuses = []int{401, 403, 404, 422, 429, 500}

// frontStatuses are answered before a request reaches the API, by what stands in
// front of it or by its HTTP library: no page says that these are error
// documents, so they are judged as answers of no operation.
var frontStatuses = []int{405, 406, 408, 411, 413, 414, 415, 417, 421, 425, 426, 431, 501, 502, 503, 504, 505}

func (k *check) checkStatus() {
	if k.op == nil {
		return
	}
	status := k.ex.Response.Status
	switch {
	case k.op.covers(status):
	case status == http.StatusNotModified && (k.ex.Request.Header.Get("If-None-Match") != "" || k.ex.Request.Header.Get("If-Modified-Since") != ""):
	case status < 400:
		k.strayed = true
		k.report("HTTP-STATUS-001", inPart("status"), "status", k.success(), strconv.Itoa(status))
	case slices.Contains(protocolStatuses, status), k.version == "v1" && slices.Contains(v1Statuses, status):
	default:
		k.report("HTTP-STATUS-002", inPart("status"), "status", "one of "+strings.Join(k.op.Statuses, ", "), strconv.Itoa(status))
	}
}

func (k *check) success() string {
	var list []string
	for _, s := range k.op.Statuses {
		if s[0] == '2' {
			list = append(list, s)
		}
	}
	if len(list) == 0 {
		return "one of " + strings.Join(k.op.Statuses, ", ")
	}
	return "status " + strings.Join(list, " or ")
}

// checkAllow: 405 says what the resource supports. TRACE and CONNECT are refused
// in front of every resource, by servers that do not know yet which one is meant.
func (k *check) checkAllow() {
	if m := k.ex.Request.Method; m == http.MethodTrace || m == http.MethodConnect {
		return
	}
	if k.ex.Response.Status != http.StatusMethodNotAllowed {
		return
	}
	allowed := k.ex.Response.Header.Values("Allow")
	if len(allowed) == 0 {
		k.report("HTTP-ALLOW-001", inPart("header Allow"), "required", "the methods that the resource supports", "no such header")
	}
	if m := k.ex.Request.Method; m == http.MethodHead || m == http.MethodOptions {
		return // routers list them of themselves, also where the handler refuses them
	}
	for method := range strings.SplitSeq(strings.Join(allowed, ","), ",") {
		if strings.TrimSpace(method) == k.ex.Request.Method {
			k.report("HTTP-ALLOW-001", inPart("header Allow"), "excludes", "a list without "+k.ex.Request.Method+", which was refused", strconv.Quote(strings.Join(allowed, ", ")))
			return
		}
	}
}

func (k *check) checkChallenge() {
	if k.op != nil && k.ex.Response.Status == http.StatusUnauthorized && k.ex.Response.Header.Get("WWW-Authenticate") == "" {
		k.report("AUTH-CHALLENGE-001", inPart("header WWW-Authenticate"), "required", "a challenge", "no such header")
	}
}

// readBody judges media type and JSON text of the body and reports whether
// there is a value to judge further.
func (k *check) readBody() bool {
	r := k.ex.Response
	if r.Status == 204 || r.Status == 304 {
		return false
	}
	typed := k.checkMediaType()
	if (k.foreign || k.strayed) && (!typed || len(bytes.TrimSpace(r.Body)) == 0) {
		if k.foreign && k.isError() && k.c.fallback[k.version] != nil {
			k.report(foreignErrors, inPart("body"), "media-type", "an error document in JSON", bodyInWords(r))
		}
		return false
	}
	if m, otherwise := k.readsOtherwise(); otherwise && !k.foreign && !k.strayed {
		k.checkOther(m)
		return false
	}
	if !typed && !k.expectsJSON() {
		return false
	}
	value, faults, ok := decodeText(r.Body)
	if !typed && (!ok || slices.ContainsFunc(faults, func(f textFault) bool { return f.keyword == "trailing" })) {
		return false // an HTML page is one fault, not two
	}
	k.value, k.decoded = value, ok
	for _, f := range faults {
		id, want := textRule(f.keyword)
		p := inPart("body")
		if ok && len(f.path) > 0 { // without a value there is no place in it
			p = k.inBody(f.path...)
		}
		k.report(id, p, f.keyword, want, f.got)
	}
	return ok
}

// expectsJSON reports whether the document says that the answer is JSON, among others.
func (k *check) expectsJSON() bool {
	r, ok := k.c.answer(k.op, k.ex.Response.Status)
	return ok && slices.ContainsFunc(r.media, mediaType.describesJSON)
}

func bodyInWords(r *Response) string {
	if len(bytes.TrimSpace(r.Body)) == 0 {
		return "an empty body"
	}
	if t := r.Header.Get("Content-Type"); t != "" {
		return fmt.Sprintf("%d bytes of %s", len(r.Body), strconv.Quote(t))
	}
	return fmt.Sprintf("%d bytes without a media type", len(r.Body))
}

func textRule(keyword string) (id, want string) {
	switch keyword {
	case "duplicate":
		return "BODY-DUPLICATE-001", "each member name once in an object"
	case "utf-8":
		return "BODY-UTF8-001", "UTF-8"
	case "surrogate":
		return "BODY-UTF8-001", "whole Unicode characters"
	case "bom":
		return "BODY-BOM-001", "no byte order mark"
	case "trailing":
		return "BODY-JSON-001", "nothing after the JSON text"
	case "number":
		return "BODY-JSON-001", "a number that a reader can hold"
	case "size":
		return "BODY-JSON-001", "a text whose values can be held"
	case "depth":
		return "BODY-JSON-001", fmt.Sprintf("at most %d levels", maxDepth)
	}
	return "BODY-JSON-001", "one complete JSON text"
}

// checkMediaType reports whether the answer claims to be JSON of a documented
// media type.
func (k *check) checkMediaType() bool {
	values := k.ex.Response.Header.Values("Content-Type")
	p := inPart("header Content-Type")
	var documented []string
	fits := false
	if !k.foreign && !k.strayed {
		if r, ok := k.c.answer(k.op, k.ex.Response.Status); ok {
			documented = r.mediaNames()
			_, fits = r.mediaFor(k.ex.Response.Header.Get("Content-Type"))
		}
	}
	want := strings.Join(documented, " or ")
	if len(values) == 0 {
		if len(documented) > 0 {
			k.report("MEDIA-TYPE-001", p, "media-type", want, "no such header")
		}
		return false
	}
	if len(values) > 1 && slices.ContainsFunc(values, func(v string) bool { return v != values[0] }) {
		k.report("MEDIA-TYPE-002", p, "once", "one value", quoteAll(values))
		return slices.ContainsFunc(values, func(v string) bool { return isJSON(mediaName(v)) })
	}
	name, params, err := mime.ParseMediaType(values[0])
	if err != nil {
		k.report("MEDIA-TYPE-002", p, "syntax", "a media type such as application/json", strconv.Quote(values[0]))
		return isJSON(mediaName(values[0]))
	}
	if cs, ok := params["charset"]; ok && isJSON(name) && !strings.EqualFold(cs, "utf-8") {
		k.report("MEDIA-CHARSET-001", p, "charset", "utf-8, or no charset", strconv.Quote(cs))
	}
	if len(documented) > 0 && !fits && !k.askedFor(name) {
		k.report("MEDIA-TYPE-001", p, "media-type", want, strconv.Quote(values[0]))
		return false
	}
	return isJSON(name)
}

// askedFor reports whether a request names a JSON type in Accept and leaves
// application/json out: the same text under that name is what was asked for, and
// frameworks that negotiate send it.
func (k *check) askedFor(name string) bool {
	var accepted []string
	for part := range strings.SplitSeq(strings.Join(k.ex.Request.Header.Values("Accept"), ","), ",") {
		accepted = append(accepted, mediaName(part))
	}
	return isJSON(name) && slices.Contains(accepted, name) && !slices.Contains(accepted, "application/json")
}

func mediaName(contentType string) string {
	name, _, _ := strings.Cut(contentType, ";")
	return strings.ToLower(strings.TrimSpace(name))
}

func isJSON(mediaType string) bool {
	return mediaType == "application/json" || strings.HasSuffix(mediaType, "+json")
}
