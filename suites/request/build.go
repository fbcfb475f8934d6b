package request

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/content"
)

// accept prefers JSON, or what the document has instead, but refuses nothing: the media
// type of the response is judged against the document, and a server that has several sends
// the one that is asked for.
func (b *Builder) accept(o *spec.Operation) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	preferred, known := b.accepts[o.ID]
	if !known {
		preferred = preferredType(b.contract.Outputs(o))
		b.accepts[o.ID] = preferred
	}
	return preferred + ", */*;q=0.8"
}

const jsonType = "application/json"

// preferredType is the media type to ask for: the first one that is JSON in another form, or
// else the first, where a success has no plain JSON.
func preferredType(outputs []spec.Output) string {
	other, first := "", ""
	for _, out := range outputs {
		switch name := mediaName(out.Type); {
		case name == jsonType || strings.Contains(name, "*"):
			return jsonType
		case content.IsJSON(name):
			other = cmp.Or(other, name)
		case name != "":
			first = cmp.Or(first, name)
		}
	}
	return cmp.Or(other, first, jsonType)
}

// Request returns the encoded request of d. It carries the credentials of the primary
// identity for the security alternative, none if that is nil. An error means that the
// body cannot be encoded.
func (b *Builder) Request(d Draft, alternative []spec.SecurityScheme) (Request, error) {
	path, query, _ := strings.Cut(d.path(), "?")
	if rest := d.query(); rest != "" && query != "" {
		query += "&" + rest
	} else {
		query += rest
	}
	r := Request{
		Operation: d.Operation.ID,
		Method:    d.Operation.Method,
		Path:      b.contract.BasePath(d.Operation) + path,
		Query:     query,
		Header:    http.Header{"Accept": {b.accept(d.Operation)}},
		Effect:    d.Operation.Effect,
	}
	var cookies []string
	for _, p := range d.Inputs.Parameters {
		v, ok := d.values[InputName(p)]
		switch {
		case !ok || Ignored(p):
		case p.In == "header":
			if key, ok := b.once(d.Operation, p); ok {
				v = key
			}
			text := simple(p, v, func(s string) string { return s })
			if p.Media != "" {
				text = contentText(p, v)
			}
			r.Header.Set(p.Name, headerValue(text))
		case p.In == "cookie":
			write := escape
			if p.Style == "cookie" { // OpenAPI 3.2: as it is
				write = headerValue
			}
			list := []pair{{p.Name, write(contentText(p, v))}}
			if p.Media == "" {
				list = pairs(p.Name, p.Style, p.Explode, v, write)
			}
			for _, x := range list {
				cookies = append(cookies, write(x.name)+"="+x.value)
			}
		}
	}
	if len(cookies) > 0 {
		r.Header["Cookie"] = []string{strings.Join(cookies, "; ")}
	}
	if d.media != nil {
		contentType, body, err := b.write(d)
		if err != nil {
			return r, err
		}
		r = r.WithBody(contentType, body)
	}
	for _, s := range alternative {
		r.Keys = append(r.Keys, Key{Scheme: s, Identity: Primary})
	}
	return r, nil
}

// path returns the path template with its values. A fragment, which some documents use to
// distinguish operations with the same path, is not sent.
func (d Draft) path() string {
	path, _, _ := strings.Cut(literal(d.Operation.Path), "#")
	for _, p := range d.Inputs.Parameters {
		if v, ok := d.values[InputName(p)]; ok && p.In == "path" {
			text := simple(p, v, escape)
			if p.Media != "" {
				text = escape(contentText(p, v))
			}
			path = strings.ReplaceAll(path, "{"+p.Name+"}", text)
		}
	}
	return path
}

// headerValue replaces characters that a header cannot hold by "?".
func headerValue(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f {
			return '?'
		}
		return r
	}, s)
}
