package spec

import (
	"slices"

	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// checkSchema validates the body by the documented schema of its status. With
// the overlay first: what meets that meets the document too, as long as the overlay
// only adds.
func (k *Judgement) checkSchema() {
	r := k.described().response
	if r == nil {
		return
	}
	media, ok := k.documentedMedia(r)
	if !ok {
		return
	}
	schema := media.schemaFor(k.Query())
	if schema == nil {
		return
	}
	strict := schema.breaches(schema.should, k.value)
	if len(strict) == 0 && (k.c.overlay == nil || !k.c.overlay.Replaces) {
		return
	}
	// what the document finds wrong at a place has no form there to speak of
	broken := map[string]bool{}
	for _, b := range schema.breaches(schema.must, k.value) {
		broken[b.pointer()] = true
		if b.keyword != "format" || !k.repeatsTarget(b) {
			k.breach(b, Must)
		}
	}
	for _, b := range strict {
		if k.nameless && b.missing != "" && len(b.path) == 0 {
			continue // eight members missing is what "says nothing" means
		}
		if !broken[b.pointer()] {
			k.breach(b, Should)
		}
	}
}

// repeatsTarget reports whether a malformed text is the target of the request as
// it was sent: a reference to a request that was no valid reference itself.
func (k *Judgement) repeatsTarget(b breach) bool {
	u := k.ex.Request.URL
	if u == nil || u.RawQuery == "" {
		return false
	}
	text, ok := jsontext.At(k.value, b.path).(string)
	return ok && (text == u.RequestURI() || text == u.Scheme+"://"+u.Host+u.RequestURI())
}

// pointer is the place of a breach in the value; that of a missing member is
// where it would stand.
func (b breach) pointer() string {
	p := pointerOf(b.path)
	if b.missing != "" {
		p += "/" + escapeToken(b.missing)
	}
	return p
}

// documentedMedia is the documented media type of the answer, or the first JSON one
// when the answer's own is wrong (that is reported elsewhere).
func (k *Judgement) documentedMedia(r *response) (mediaType, bool) {
	if s := k.described(); s.response == r && s.fits {
		return s.media, true
	} else if s.response != r {
		if m, ok := r.mediaFor(k.ex.Response.Header.Get("Content-Type")); ok {
			return m, true
		}
	}
	for _, m := range r.media {
		if isJSON(m.name) {
			return m, true
		}
	}
	return mediaType{}, false
}

// readsOtherwise reports whether the answer has a documented media type that is no
// JSON: then its body is no JSON text, whatever it looks like.
func (k *Judgement) readsOtherwise() (m mediaType, otherwise bool) {
	s := k.described()
	return s.media, s.fits && (s.media.raw || !s.json)
}

// breach turns a violated keyword into a finding: the requirement that the
// document names for the place, and the line there.
func (k *Judgement) breach(b breach, level Level) {
	f := Finding{
		Operation: k.operation(),
		Status:    k.ex.Response.Status,
		Keyword:   b.keyword,
		Want:      b.want,
		Got:       b.got,
		InBody:    true,
		Exchange:  k.ex.ID,
	}
	path := b.path
	if b.missing != "" {
		path = append(slices.Clone(path), b.missing)
	}
	f.Where, f.Pointer = jsontext.Path(k.value, path), pointerOf(path)
	f.Requirement, f.File, f.Line = k.c.ruleAt(b, level)
	f.Level = level
	if r := k.c.byID[f.Requirement]; r != nil {
		f.Level = r.Level
	}
	k.add(f)
}

// ruleAt finds the requirement and the line of a violated keyword.
func (c *Contract) ruleAt(b breach, level Level) (id, file string, line int) {
	b.place = c.place(b.place)
	at := b.place + "/" + escapeToken(b.keyword)
	if b.missing != "" {
		at = b.place + "/properties/" + escapeToken(b.missing)
	}
	root, mark, fallback := c.base.Root, "x-requirement", "BODY-SCHEMA-001"
	if level == Should {
		root, mark, fallback = c.merged.Root, "x-recommendation", "BODY-SCHEMA-002"
		if b.keyword == "writeOnly" && !c.Unbound("BODY-WRITEONLY-001") {
			fallback = "BODY-WRITEONLY-001"
		}
	}
	steps, line := lineOf(root, at)
	if b.missing != "" && len(steps) > 0 {
		// the member itself may name the rule for being there, and only for that
		id = markOf(steps[len(steps)-1].Node, mark, "required")
		if own, _ := document.Walk(root, b.place); id == "" {
			id = annotation(own, mark, b.keyword)
		}
	} else {
		id = annotation(steps, mark, b.keyword)
	}
	if id == "" {
		id = fallback
	}
	if level == Must {
		return id, c.base.FileOf(b.place), line
	}
	if b.missing != "" {
		at = b.place + "/required"
	}
	if file, line := c.overlay.Locate(at); line > 0 {
		return id, file, line
	}
	return id, c.base.Name, 0
}
