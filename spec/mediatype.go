package spec

import (
	"mime"
	"strings"
)

// said is the part of the document that applies to a response.
type said struct {
	response *response // nil: nothing
	media    mediaType // the one for its Content-Type, if fits
	fits     bool
	json     bool // Content-Type is JSON, documented or not
}

// described returns what the document says about the response, computed once.
func (k *Judgement) described() *said {
	if k.says != nil {
		return k.says
	}
	contentType := k.ex.Response.Header.Get("Content-Type")
	s := &said{json: isJSON(mediaName(contentType))}
	if r, ok := k.c.answer(k.op, k.ex.Response.Status); ok {
		s.response = r
		s.media, s.fits = r.mediaFor(contentType)
	}
	k.says = s
	return s
}

// mediaFor returns the documented media type for a Content-Type: the most specific key
// (OpenAPI 3.1 section 4.8.17, Response Object: a media type or a range). A key with
// parameters is more specific than one without; if nothing fits better, it also matches
// other parameters.
func (r *response) mediaFor(contentType string) (best mediaType, ok bool) {
	name, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		name, params = mediaName(contentType), nil
	}
	rank := 0
	for _, m := range r.media {
		if n := m.matches(name, params); n > rank {
			rank, best = n, m
		}
	}
	return best, rank > 0
}

// matches returns how well a documented media type fits, 0 for not at all.
func (m mediaType) matches(name string, params map[string]string) int {
	kind, _, _ := strings.Cut(name, "/")
	switch {
	case m.name == name:
		for key, value := range m.params {
			if !strings.EqualFold(params[key], value) {
				return 3
			}
		}
		return 4 + len(m.params)
	case m.name == kind+"/*", suffixed(m.name, name):
		return 2
	case m.name == "*/*" && name != "":
		return 1
	}
	return 0
}

// suffixed reports whether a name such as application/*+json, which frameworks write, is
// meant to include a media type.
func suffixed(within, name string) bool {
	kind, suffix, ok := strings.Cut(within, "/*+")
	return ok && strings.HasPrefix(name, kind+"/") && strings.HasSuffix(name, "+"+suffix)
}

// describesJSON reports whether a documented media type includes JSON.
func (m mediaType) describesJSON() bool {
	return isJSON(m.name) || m.name == "*/*" || m.name == "application/*"
}
