package changes

import (
	"cmp"
	"slices"
	"strings"
)

func (s *scope) requestBody() {
	v := s.request()
	a, b := s.old.body, s.new.body
	harmless := v
	harmless.reverse = true
	switch {
	case a == nil && b == nil:
	case a == nil:
		v.reverse = !b.required || !v.toServer
		s.record(v, ruleBody, s.old.at, b.at, "", b.describe())
	case b == nil:
		s.record(v, ruleBody, a.at, s.new.at, a.describe(), "")
	default:
		if a.required != b.required {
			w := v
			w.reverse = b.required != v.toServer
			s.record(w, ruleBody, orAt(a.at.get("required"), a.at), orAt(b.at.get("required"), b.at), a.describe(), b.describe())
		}
		s.content(v, a.content, b.content, a.at, b.at)
	}
}

func (b *body) describe() string {
	if b.required {
		return "required"
	}
	return "optional"
}

// content compares the media types of a body. The sender chooses among them: what a
// client sends must still be accepted; what it receives it selects with Accept, except in
// the request of a webhook.
func (s *scope) content(v view, old, now []*media, oldAt, newAt *node) {
	harmless := v
	harmless.reverse = true
	known := map[*media]bool{}
	for _, a := range old {
		b := s.covering(now, a)
		if b == nil {
			if narrowed := within(now, a, known); len(narrowed) > 0 && !v.toServer {
				for _, b := range narrowed {
					s.medium(v, a, b)
				}
				continue
			}
			w := v
			if !v.toServer && !v.response {
				w = harmless
			}
			s.record(w, ruleMediaType, a.at, newAt, a.name, "")
			continue
		}
		known[b] = true
		if b.name != a.name {
			w := v
			w.reverse = v.toServer
			s.record(w, ruleMediaType, a.at, b.at, a.name, b.name)
		}
		s.medium(v, a, b)
	}
	for _, b := range now {
		if known[b] || s.covering(old, b) != nil {
			continue
		}
		w := harmless
		w.reverse = v.toServer || v.response
		s.record(w, ruleMediaType, oldAt, b.at, "", b.name)
	}
}

func (s *scope) medium(v view, a, b *media) {
	s.schemas(v, a.schema, b.schema, a.at, b.at)
	s.schemas(v, a.item, b.item, a.at, b.at)
	if a.isXML() {
		s.elements(v, a.schema, b.schema, map[[2]*node]bool{})
	}
	if strings.HasPrefix(a.name, "multipart/") || a.name == "application/x-www-form-urlencoded" {
		s.encodings(v, a, b)
		s.places(v, a, b)
	}
}

// covering returns the media type in list that includes m: the same one, or the narrowest
// range.
func (s *scope) covering(list []*media, m *media) *media {
	var best *media
	for _, x := range list {
		if x.name == m.name {
			return x
		}
		if x.covers(m) && (best == nil || best.covers(x)) {
			best = x
		}
	}
	return best
}

// within returns the media types that the range m includes, and marks them as known.
func within(list []*media, m *media, known map[*media]bool) (found []*media) {
	for _, x := range list {
		if m.covers(x) {
			found = append(found, x)
			known[x] = true
		}
	}
	return found
}

// covers reports whether a range includes another media type (RFC 9110 section 12.5.1).
func (m *media) covers(other *media) bool {
	if m.name == "*/*" {
		return true
	}
	kind, isRange := strings.CutSuffix(m.name, "/*")
	return isRange && strings.HasPrefix(other.name, kind+"/")
}

// encodings compares the serialization of form properties.
func (s *scope) encodings(v view, a, b *media) {
	names := slices.Clone(keysOf(a.encoding))
	for _, name := range keysOf(b.encoding) {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, name := range names {
		x, y := a.encoding.get(name), b.encoding.get(name)
		if s.property(a, name) == nil || s.property(b, name) == nil {
			continue
		}
		was, is := s.partTypes(a, name), s.partTypes(b, name)
		s.typesOfPart(v, name, was, is, orAt(x, a.at), orAt(y, b.at))
		p, q := s.partOf(a, name), s.partOf(b, name)
		if was, is := s.wire(p, q), s.wire(q, p); was != is {
			s.record(v, ruleEncoding, orAt(x.get("style"), a.at), orAt(y.get("style"), b.at), name+" "+was, name+" "+is)
		}
		old, now := &response{}, &response{}
		x.members("headers", func(name string, h *node) { old.addHeader(name, h.deref()) })
		y.members("headers", func(name string, h *node) { now.addHeader(name, h.deref()) })
		s.fields(v, ruleHeader, old.headers, now.headers, orAt(x, a.at), orAt(y, b.at))
	}
}

// places compares the types of parts that are described by their place (OpenAPI 3.2).
func (s *scope) places(v view, a, b *media) {
	compare := func(name string, x, y *node) {
		if x != nil && y != nil && x.str("contentType") != "" && y.str("contentType") != "" {
			s.typesOfPart(v, name, typesIn(x.str("contentType")), typesIn(y.str("contentType")), x, y)
		}
	}
	before, now := a.at.items("prefixEncoding"), b.at.items("prefixEncoding")
	for i := range min(len(before), len(now)) {
		compare("part "+itoa(i+1), before[i], now[i])
	}
	compare("other parts", a.at.get("itemEncoding"), b.at.get("itemEncoding"))
}

// typesOfPart compares the media types that a part may be of.
func (s *scope) typesOfPart(v view, name string, was, is []string, old, now *node) {
	from, to := was, is
	if !v.toServer {
		from, to = is, was
	}
	if missing := slices.ContainsFunc(from, func(t string) bool { return !anyCovers(to, t) }); missing || !slices.Equal(was, is) {
		w := v
		w.reverse = !missing
		s.record(w, ruleEncoding, old, now, name+" "+strings.Join(was, ", "), name+" "+strings.Join(is, ", "))
	}
}

func typesIn(text string) (list []string) {
	for part := range strings.SplitSeq(text, ",") {
		list = append(list, mediaName(part))
	}
	slices.Sort(list)
	return list
}

func anyCovers(list []string, name string) bool {
	return slices.ContainsFunc(list, func(t string) bool { return t == name || (&media{name: t}).covers(&media{name: name}) })
}

func keysOf(n *node) []string {
	if n == nil {
		return nil
	}
	return n.keys
}

// property returns the schema of a form property, nil if there is none.
func (s *scope) property(m *media, name string) *node {
	if m.schema == nil {
		return nil
	}
	return first(s.shape(all(m.schema)).properties[name])
}

// partOf returns a form property as the parameter that is serialized in the same way (OAS
// 3.1.1, Encoding Object).
func (s *scope) partOf(m *media, name string) *parameter {
	encoding := m.encoding.get(name)
	p := &parameter{name: name, schema: s.property(m, name), style: cmp.Or(encoding.str("style"), "form")}
	p.explode = encoding.is("explode") || encoding.get("explode") == nil && p.style == "form" || p.style == "deepObject"
	return p
}

// partTypes returns the media types of a form property: those of contentType, or the
// default for its type (OAS 3.1.1, Encoding Object).
func (s *scope) partTypes(m *media, name string) []string {
	if t := m.encoding.get(name).str("contentType"); t != "" {
		return typesIn(t)
	}
	p := s.property(m, name)
	switch t := s.shape(all(p)).types; {
	case p.str("format") == "binary" || t == isAny:
		return []string{"application/octet-stream"}
	case t&isObject != 0:
		return []string{"application/json"}
	}
	return []string{"text/plain"}
}
