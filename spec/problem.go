package spec

import (
	"slices"
	"strconv"
)

// Problem returns the body of an error if it is a Problem document (RFC 9457), by its
// media type or because errors of this API version are; else nil.
func (k *Judgement) Problem() map[string]any {
	if k.decoded && k.IsError() && (k.version != nil && k.version.Problems || k.version == nil && k.SaysProblem()) {
		return k.Object()
	}
	return nil
}

// SaysProblem reports whether the Content-Type is that of a Problem document.
func (k *Judgement) SaysProblem() bool {
	return mediaName(k.ex.Response.Header.Get("Content-Type")) == "application/problem+json"
}

// repeatsStatus reports whether the response is a Problem document with a status. A
// response of no operation must have the media type to be bound by the RFC.
func (k *Judgement) repeatsStatus() bool {
	o := k.Problem()
	if k.c.pack == nil && k.SaysProblem() {
		o = k.Object()
	}
	if k.strayed || k.foreign && !k.SaysProblem() {
		return false
	}
	_, ok := number(o["status"])
	return ok
}

// checkStatusMember: by RFC 9457 section 3.1.2 status repeats the HTTP status.
func (k *Judgement) checkStatusMember() {
	if s, _ := number(k.Object()["status"]); !sameNumber(s, k.ex.Response.Status) {
		k.Report("PROB-STATUS-001", k.InBody("status"), "equal", statusKey(k.ex.Response.Status)+", the HTTP status", s)
	}
}

// sameNumber compares as JSON does: 404, 404.0 and 4.04e2 are equal.
func sameNumber(n string, status int) bool {
	f, err := strconv.ParseFloat(n, 64)
	return err == nil && f == float64(status)
}

// checkForeignError judges an error for a request of no operation. All that the
// documentation says about these is that errors of the API are error documents, so plain
// text is only a warning.
func (k *Judgement) checkForeignError() {
	r := k.c.fallback[k.Version()]
	if r == nil || k.reported(foreignErrors) {
		return
	}
	if !k.foreignJSON() {
		k.Report(foreignErrors, InPart("body"), "media-type", "an error document in JSON", bodyInWords(k.ex.Response))
		return
	}
	media, ok := k.documentedMedia(r)
	if !k.decoded || !ok || media.schema == nil {
		return
	}
	for _, b := range media.schema.breaches(media.schema.must, k.value) {
		path := b.path
		if b.missing != "" {
			path = append(slices.Clone(path), b.missing)
		}
		k.Report(foreignErrors, k.InBody(path...), b.keyword, b.want, b.got)
		return
	}
}
