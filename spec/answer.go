package spec

import (
	"bytes"
	"cmp"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec/content"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// checkWhole checks that the response is complete. An incomplete one is not judged any
// further: all else would repeat that cause.
func (k *Judgement) checkWhole() {
	id, p, keyword, want, got := k.missing()
	if k.partial = id != ""; k.partial {
		k.Report(id, InPart(p), keyword, want, got)
	}
}

// missing returns what an incomplete response lacks, and where; id is "" if it is
// complete.
func (k *Judgement) missing() (id, part, keyword, want, got string) {
	r := k.ex.Response
	if r == nil {
		return "HTTP-ANSWER-001", "connection", "answer", "an HTTP response", cmp.Or(k.ex.Failure, "no response")
	}
	if r.ReadFailure != "" {
		switch r.ReadCause {
		case CauseTime, CauseInterrupted, CauseSize:
			return "HTTP-ANSWER-001", "body", "complete", "a body that comes to its end", r.ReadFailure
		case CauseEncoding:
			return "MEDIA-TYPE-001", "header Content-Encoding", "encoding", "a content coding that was asked for", r.ReadFailure
		}
		return "HTTP-LENGTH-001", "body", "length", "the body that the framing declares", r.ReadFailure
	}
	size := func() string { return fmt.Sprintf("%d bytes", len(r.Body)) }
	switch {
	case r.BodyUnknown:
	case k.bodiless() && len(r.Body) > 0:
		return "HTTP-EMPTY-001", "body", "empty", "no body", size()
	case r.Status == http.StatusNoContent && strings.Trim(r.Header.Get("Content-Length"), "0") != "" && k.ex.Request.Method != http.MethodHead:
		// the reader takes what comes for the begin of the next answer
		return "HTTP-EMPTY-001", "header Content-Length", "empty", "no body, and no length of one (RFC 9110 section 8.6)", strconv.Quote(r.Header.Get("Content-Length"))
	case !k.bodiless() && r.Length >= 0 && r.Header.Get("Content-Encoding") == "" && r.Length != int64(len(r.Body)):
		return "HTTP-LENGTH-001", "body", "length", fmt.Sprintf("%d bytes, as Content-Length says", r.Length), size()
	}
	return "", "", "", "", ""
}

// protocolStatuses are the error statuses that HTTP itself defines for faults of a
// request or of a gateway, whatever the resource: an operation need not document them.
var protocolStatuses = []int{
	400, 405, 406, 408, 411, 412, 413, 414, 415, 417, 421, 425, 426, 428, 431, 501, 505,
	409, 410, 502, 503, 504,
}

// frontStatuses are sent before a request reaches the API, by a proxy in front of it or
// by its HTTP library. They need not carry the API's error documents, so they are judged
// as responses of no operation.
var frontStatuses = []int{405, 406, 408, 411, 413, 414, 415, 417, 421, 425, 426, 431, 501, 502, 503, 504, 505}

// checkSuccess judges the status of a success. That of HEAD, which the document does not
// have where it has GET alone, is a matter of HTTP-HEAD-001.
func (k *Judgement) checkSuccess() {
	if k.strayed && (k.ex.Request.Method != http.MethodHead || k.op.Method == http.MethodHead || k.ex.Response.Status/100 != 2) {
		k.Report("HTTP-STATUS-001", InPart("status"), KeywordStatus, k.success(), strconv.Itoa(k.ex.Response.Status))
	}
}

func (k *Judgement) checkError() {
	status := k.ex.Response.Status
	if k.op.covers(status) || slices.Contains(protocolStatuses, status) || k.version != nil && slices.Contains(k.version.Statuses, status) {
		return
	}
	k.Report("HTTP-STATUS-002", InPart("status"), KeywordStatus, documentedStatus(k.op.Statuses), strconv.Itoa(status))
}

// success names the documented successes, or all documented statuses if none is one.
func (k *Judgement) success() string {
	var list []string
	for _, s := range k.op.Statuses {
		if s[0] == '2' {
			list = append(list, s)
		}
	}
	if len(list) == 0 {
		list = k.op.Statuses
	}
	return documentedStatus(list)
}

// documentedStatus names statuses and ranges. Where default stands for errors alone, it is
// none of them.
func documentedStatus(statuses []string) string {
	list := slices.DeleteFunc(slices.Clone(statuses), func(s string) bool { return s == "default" })
	if len(list) == 0 {
		return "a documented status"
	}
	return "status " + Or(list)
}

// checkAllow checks that a 405 lists the supported methods. TRACE and CONNECT are refused
// before the server knows which resource is meant.
func (k *Judgement) checkAllow() {
	if m := k.ex.Request.Method; m == http.MethodTrace || m == http.MethodConnect {
		return
	}
	allowed := k.ex.Response.Header.Values("Allow")
	if len(allowed) == 0 {
		k.Report("HTTP-ALLOW-001", InPart("header Allow"), "required", "the methods that the resource supports", "no such header")
	}
	if m := k.ex.Request.Method; m == http.MethodHead || m == http.MethodOptions {
		return // routers list these themselves, even if the handler refuses them
	}
	for method := range strings.SplitSeq(strings.Join(allowed, ","), ",") {
		if strings.TrimSpace(method) == k.ex.Request.Method {
			k.Report("HTTP-ALLOW-001", InPart("header Allow"), "excludes", "a list without "+k.ex.Request.Method+", which was refused", strconv.Quote(strings.Join(allowed, ", ")))
			return
		}
	}
}

func (k *Judgement) checkChallenge() {
	if k.ex.Response.Header.Get("WWW-Authenticate") == "" {
		k.Report("AUTH-CHALLENGE-001", InPart("header WWW-Authenticate"), "required", "a challenge", "no such header")
	}
}

// readBody decodes the body and judges its JSON text.
func (k *Judgement) readBody() {
	r := k.ex.Response
	if (k.foreign || k.strayed) && !k.foreignJSON() {
		return
	}
	if len(bytes.TrimSpace(r.Body)) == 0 && !k.describesBody() {
		return // the body is empty, and none is documented
	}
	if _, otherwise := k.readsOtherwise(); otherwise && !k.foreign && !k.strayed {
		return // see checkOther
	}
	if !k.json && !k.expectsJSON() {
		return
	}
	value, ok := k.JSON()
	faults := k.text.faults
	if !k.json && (!ok || slices.ContainsFunc(faults, func(f jsontext.Fault) bool { return f.Keyword == "trailing" })) {
		return // an HTML page is one fault, not two
	}
	k.value, k.decoded = value, ok
	for _, f := range faults {
		if f.Keyword == "size" { // a limit of this reader, which each may have (RFC 8259 section 9)
			k.beyond = true
			continue
		}
		id, want := textRule(f.Keyword)
		p := InPart("body")
		if ok && len(f.Path) > 0 { // without a value there is no location in it
			p = k.InBody(f.Path...)
		}
		k.Report(id, p, f.Keyword, want, f.Got)
	}
}

// foreignJSON reports whether an undocumented response has a JSON body to read.
func (k *Judgement) foreignJSON() bool {
	return k.json && len(bytes.TrimSpace(k.ex.Response.Body)) > 0
}

// describesBody reports whether a body is documented, or the document leaves it open: for
// a status without documented content the body may be empty, whatever the Content-Type
// (OpenAPI, Response Object).
func (k *Judgement) describesBody() bool {
	s := k.described()
	return s.response == nil || len(s.response.media) > 0
}

// expectsJSON reports whether JSON is among the documented media types.
func (k *Judgement) expectsJSON() bool {
	s := k.described()
	return s.response != nil && slices.ContainsFunc(s.response.media, mediaType.describesJSON)
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
		return "BODY-DUPLICATE-001", "each property name once in an object"
	case "utf-8":
		return "BODY-UTF8-001", "UTF-8"
	case "surrogate":
		return "BODY-UTF8-001", "whole Unicode characters"
	case "bom":
		return "BODY-BOM-001", "no byte order mark"
	case "trailing":
		return "BODY-JSON-001", "nothing after the JSON text"
	case "depth":
		return "BODY-JSON-001", fmt.Sprintf("at most %d levels", jsontext.MaxDepth)
	}
	return "BODY-JSON-001", "one complete JSON text"
}

// checkMediaType judges Content-Type, and records whether it is JSON of a documented
// media type.
func (k *Judgement) checkMediaType() { k.json = k.claimsJSON() }

func (k *Judgement) claimsJSON() bool {
	values := k.ex.Response.Header.Values("Content-Type")
	p := InPart("header Content-Type")
	var documented []string
	fits := false
	if !k.foreign && !k.strayed {
		if s := k.described(); s.response != nil {
			documented, fits = s.response.mediaNames(), s.fits
		}
	}
	want := Or(documented)
	if len(values) == 0 {
		if len(documented) > 0 {
			k.Report("MEDIA-TYPE-001", p, "media-type", want, "no such header")
		}
		return false
	}
	if len(values) > 1 && slices.ContainsFunc(values, func(v string) bool { return v != values[0] }) {
		k.Report("MEDIA-TYPE-002", p, "once", "one value", quoteAll(values))
		return slices.ContainsFunc(values, func(v string) bool { return isJSON(mediaName(v)) })
	}
	name, params, err := mime.ParseMediaType(values[0])
	if err != nil {
		k.Report("MEDIA-TYPE-002", p, "syntax", "a media type such as application/json", strconv.Quote(values[0]))
		return isJSON(mediaName(values[0]))
	}
	if !strings.Contains(name, "/") && (fits || len(documented) == 0) {
		k.Report("MEDIA-TYPE-002", p, "syntax", "a media type such as application/json", strconv.Quote(values[0]))
		return false
	}
	if cs, ok := params["charset"]; ok && isJSON(name) && !strings.EqualFold(cs, "utf-8") {
		k.Report("MEDIA-CHARSET-001", p, "charset", "utf-8, or no charset", strconv.Quote(cs))
	}
	if len(documented) > 0 && !fits && !k.askedFor(name) {
		k.Report("MEDIA-TYPE-001", p, "media-type", want, strconv.Quote(values[0]))
		return false
	}
	return isJSON(name)
}

// askedFor reports whether Accept names this JSON type and omits application/json: the
// client asked for the same text under that name, and frameworks that negotiate send it.
func (k *Judgement) askedFor(name string) bool {
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

func isJSON(mediaType string) bool { return content.IsJSON(mediaType) }
