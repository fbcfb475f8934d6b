package spec

import (
	"mime"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec/content"
	"github.com/hostup/api-conformance/spec/document"
)

// parts are the Encoding Objects of a media type, by the names or, since OpenAPI 3.2, by the
// places of the parts that they describe.
type parts struct {
	named  map[string]*encoding
	prefix []*encoding
	item   *encoding // of each part behind those of prefix
	placed bool
}

// An encoding is an Encoding Object.
type encoding struct {
	types   []mediaType // any if empty
	headers []header
	styled  bool // as in a query, in a way that is not read
}

// parts compiles what a Media Type Object says of its parts, nil if it says nothing.
func (k *compiler) parts(pointer string, node *document.Node) *parts {
	p := &parts{named: map[string]*encoding{}}
	for name, at := range k.members(node, pointer, "encoding") {
		p.named[name] = k.encoding(at)
	}
	if list, _ := child(node, "prefixEncoding"); list != nil && list.Kind == document.Sequence {
		for i := range list.Content {
			p.prefix = append(p.prefix, k.encoding(pointer+"/prefixEncoding/"+strconv.Itoa(i)))
		}
	}
	if one, _ := child(node, "itemEncoding"); one != nil {
		p.item = k.encoding(pointer + "/itemEncoding")
	}
	p.placed = p.item != nil || p.prefix != nil
	if one, _ := child(node, "encoding"); one == nil && !p.placed {
		return nil
	}
	return p
}

func (k *compiler) encoding(at string) *encoding {
	pointer, node, ok := k.c.base.Resolve(at)
	if !ok {
		return &encoding{styled: true}
	}
	e := &encoding{}
	for _, field := range []string{"style", "explode", "allowReserved"} {
		if n, _ := child(node, field); n != nil {
			e.styled = true
		}
	}
	for kind := range strings.SplitSeq(scalar(node, "contentType"), ",") {
		if name, params, err := mime.ParseMediaType(strings.TrimSpace(kind)); err == nil {
			e.types = append(e.types, mediaType{name: name, params: params})
		}
	}
	for name, at := range k.members(node, pointer, "headers") {
		if !strings.EqualFold(name, "Content-Type") { // contentType describes it
			e.headers = append(e.headers, k.header(at, name))
		}
	}
	return e
}

// of returns what describes the part at a place, nil if nothing does.
func (p *parts) of(i int, name string) *encoding {
	switch {
	case p == nil:
		return nil
	case !p.placed:
		return p.named[name]
	case i < len(p.prefix):
		return p.prefix[i]
	}
	return p.item
}

// checkMultipart judges the parts of a body, each and all together.
func (k *Judgement) checkMultipart(m mediaType, name string) {
	_, params, _ := mime.ParseMediaType(k.ex.Response.Header.Get("Content-Type"))
	list, ok := content.PartsOf(k.ex.Response.Body, params["boundary"])
	if !ok {
		return
	}
	styled := false
	for i, part := range list {
		if e := m.parts.of(i, part.Name); e != nil {
			styled = styled || e.styled
			k.checkPart(e, part, i)
		}
	}
	switch {
	case styled:
	case m.item != nil || m.parts != nil && m.parts.placed:
		values, ok := content.Sequence(list)
		if ok && m.item != nil {
			k.checkItems(m.item, values)
		}
		if ok && m.schema != nil {
			k.value = append([]any{}, values...)
			k.checkSchema()
		}
	case m.schema != nil && name == "multipart/form-data":
		if value, ok := m.schema.form.Parts(list); ok {
			k.value = value
			k.checkSchema()
		}
	}
}

// checkPart judges media type and headers of a part. One without a Content-Type is left
// alone: it may be of the type that is documented.
func (k *Judgement) checkPart(e *encoding, part content.Part, i int) {
	where := "body, part " + strconv.Itoa(i+1)
	if part.Name != "" {
		where = "body, part " + part.Name
	}
	if kind := part.Header.Get("Content-Type"); kind != "" && len(e.types) > 0 && !e.styled {
		r := response{media: e.types}
		if _, fits := r.mediaFor(kind); !fits {
			k.Report("MEDIA-TYPE-001", InPart(where), "media-type", Or(r.mediaNames()), strconv.Quote(kind))
		}
	}
	for _, h := range e.headers {
		k.checkHeader(h, part.Header.Values(h.name), InPart(where+", header "+h.name))
	}
}
