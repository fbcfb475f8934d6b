package changes

import (
	"slices"
	"strconv"
	"strings"
)

// request returns the view for the content of a request.
func (s *scope) request() view { return view{toServer: s.old.toServer} }

// response returns the view for the content of a response.
func (s *scope) response() view { return view{response: true, toServer: !s.old.toServer} }

func (s *scope) parameters() {
	old, now := s.moved(s.old.parameters, s.new.parameters)
	s.fields(s.request(), ruleParameter, old, now, s.old.at, s.new.at)
}

// moved reports parameters that keep their name but have moved to another location, and
// returns the others.
func (s *scope) moved(old, now []*parameter) (keptOld, keptNew []*parameter) {
	has := func(list []*parameter, key string) bool {
		return slices.ContainsFunc(list, func(p *parameter) bool { return p.key == key })
	}
	keptNew = slices.Clone(now)
	for _, a := range old {
		i := slices.IndexFunc(keptNew, func(b *parameter) bool {
			return a.in != "path" && b.in != "path" && strings.EqualFold(a.name, b.name) && a.in != b.in && !has(old, b.key) && !has(now, a.key)
		})
		if i < 0 {
			keptOld = append(keptOld, a)
			continue
		}
		s.record(s.request(), ruleParameter, a.at, keptNew[i].at, a.name+" in "+a.in, keptNew[i].name+" in "+keptNew[i].in)
		keptNew = slices.Delete(keptNew, i, i+1)
	}
	return keptOld, keptNew
}

// fields compares parameters, or headers.
func (s *scope) fields(v view, rule string, old, now []*parameter, oldAt, newAt *node) {
	names := func(list []*parameter) (all [][]string) {
		for _, p := range list { // duplicate names are not allowed, but do occur
			all = append(all, []string{p.key + " " + strconv.FormatUint(p.at.digest(), 36), p.key})
		}
		return all
	}
	partner, free := paired(names(old), names(now))
	harmless := v
	harmless.reverse = true
	for i, a := range old {
		if partner[i] >= 0 {
			s.field(v, rule, a, now[partner[i]])
		} else if a.in != "path" {
			s.record(v, rule, a.at, newAt, a.describe(), "")
		}
	}
	for _, j := range free {
		b := now[j]
		if b.in == "path" {
			continue
		}
		w := harmless
		w.reverse = !v.toServer || !b.required
		s.record(w, rule, oldAt, b.at, "", b.describe())
	}
}

// describe returns a readable description of a parameter.
func (p *parameter) describe() string {
	need := "optional"
	if p.required {
		need = "required"
	}
	return p.in + " " + p.name + " (" + need + ")"
}

func (s *scope) field(v view, rule string, a, b *parameter) {
	if a.required != b.required {
		w := v
		w.reverse = b.required != v.toServer
		s.record(w, rule, orAt(a.at.get("required"), a.at), orAt(b.at.get("required"), b.at), a.describe(), b.describe())
	}
	if a.in == "path" && a.name != b.name {
		w := v
		w.reverse = true
		s.record(w, rule, a.at, b.at, "path "+a.name, "path "+b.name)
	}
	s.serialization(v, a, b)
	if (len(a.content) > 0) != (len(b.content) > 0) {
		s.record(v, ruleSerialization, a.at, b.at, a.form(), b.form())
		return
	}
	if len(a.content) > 0 {
		v.response = !v.toServer
		s.content(v, a.content, b.content, a.at, b.at)
		return
	}
	v.textual = true
	s.schemas(v, a.schema, b.schema, a.at, b.at)
}

func (p *parameter) form() string {
	if len(p.content) > 0 {
		return p.content[0].name
	}
	return "style " + p.style
}

// serialization reports where another style changes what is on the wire. A single value
// looks the same in most styles.
func (s *scope) serialization(v view, a, b *parameter) {
	if len(a.content) > 0 || len(b.content) > 0 {
		return
	}
	if was, is := s.wire(a, b), s.wire(b, a); was != is {
		s.record(v, ruleSerialization, orAt(a.at.get("style"), a.at), orAt(b.at.get("style"), b.at), was, is)
	}
	for _, keyword := range []string{"allowReserved", "allowEmptyValue"} {
		was, is := a.at.is(keyword), b.at.is(keyword)
		if was != is {
			w := v
			w.reverse = is == v.toServer
			s.record(w, ruleSerialization, orAt(a.at.get(keyword), a.at), orAt(b.at.get(keyword), b.at), keyword+" "+strconv.FormatBool(was), keyword+" "+strconv.FormatBool(is))
		}
	}
}

// wire describes the serialization of a parameter, as far as it matters for the values
// that both versions allow.
func (s *scope) wire(p, other *parameter) string {
	t := isAny
	if p.schema != nil {
		t = s.shape(all(p.schema)).types
	}
	if other.schema != nil {
		t &= s.shape(all(other.schema)).types
	}
	explode := ""
	if p.explode && (t&isObject != 0 || p.style != "simple") {
		explode = " explode"
	}
	if t&(isArray|isObject) != 0 {
		return p.style + explode
	}
	switch p.style {
	case "label", "matrix":
		return p.style
	}
	return "simple"
}
