package spec

import (
	"slices"

	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// checkSchema validates the body by the documented schema of its status. It tries the
// schema with the overlay first: as long as the overlay only adds, what meets it meets
// the document too.
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
	// a location that violates the document is not reported for the overlay as well
	broken := map[string]bool{}
	for _, b := range schema.breaches(schema.must, k.value) {
		broken[b.pointer()] = true
		if b.keyword != "format" || !k.repeatsTarget(b) {
			k.breach(b, Must)
		}
	}
	for _, b := range strict {
		if k.nameless && b.missing != "" && len(b.path) == 0 {
			continue // SaysNothing covers all missing properties
		}
		if !broken[b.pointer()] {
			k.breach(b, Should)
		}
	}
}

// repeatsTarget reports whether a malformed text repeats the request target as it was
// sent: a reference to a request that was itself no valid reference.
func (k *Judgement) repeatsTarget(b breach) bool {
	u := k.ex.Request.URL
	if u == nil || u.RawQuery == "" {
		return false
	}
	text, ok := jsontext.At(k.value, b.path).(string)
	return ok && (text == u.RequestURI() || text == u.Scheme+"://"+u.Host+u.RequestURI())
}

// pointer returns the JSON Pointer of a violation; that of a missing property is where it
// would be.
func (b breach) pointer() string {
	p := pointerOf(b.path)
	if b.missing != "" {
		p += "/" + escapeToken(b.missing)
	}
	return p
}

// documentedMedia returns the documented media type of the response, or the first JSON
// one if the actual type is wrong (which is reported elsewhere).
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

// readsOtherwise reports whether the response has a documented media type other than
// JSON: then its body is not JSON text, whatever it looks like.
func (k *Judgement) readsOtherwise() (m mediaType, otherwise bool) {
	s := k.described()
	return s.media, s.fits && (s.media.raw || !s.json)
}

// breach turns a violated keyword into a finding, with the requirement and the line that
// the document gives for the location.
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

// ruleAt returns the requirement of a violated keyword, and the file and line of the
// keyword.
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
		// a property may name the rule for its presence, and only for that
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
