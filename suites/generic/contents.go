package generic

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// bytesType is the media type of what a server keeps as it is: pictures and documents it
// may convert.
const bytesType = "application/octet-stream"

// contents: the bytes that were sent are the bytes that are read: by a PUT to the same
// address, or in the upload that made the thing of which they are the content.
func (s *suite) contents(o *spec.Operation) []probe {
	if s.depth == config.Quick || o.Method != http.MethodGet || o.Effect != spec.Reads || len(spec.Placeholders(o.Path)) == 0 || !s.servesBytes(o) {
		return nil
	}
	if put := s.sibling(o, http.MethodPut); put != nil && put.Effect == spec.Writes && s.missing(put) == "" && s.takes(put, func(m spec.MediaInput) bool { return m.Type == bytesType }) {
		p := probe{area: "state", op: o, text: "shows the bytes that were put there", ids: []string{"STATE-CHANGE-001", "HTTP-SERVE-001"}, sends: append(sends(put, 1, 1, "bytes to look for"), sends(o, 0, 3, "the bytes that were sent")...)}
		p.run = func(t *rule.T) { s.putBytes(t, o, put) }
		return []probe{p}
	}
	names := spec.Placeholders(o.Path)
	upload := s.maker(o, names[len(names)-1])
	if upload == nil || upload.Method != http.MethodPost || !s.takes(upload, func(m spec.MediaInput) bool { return strings.HasPrefix(m.Type, "multipart/") }) {
		return nil
	}
	p := probe{area: "state", op: o, text: "shows the bytes that were uploaded", ids: []string{"STATE-CREATE-002", "HTTP-SERVE-001"}, sends: append(sends(upload, 1, 2, "bytes to look for"), sends(o, 0, 3, "the bytes that were sent")...)}
	p.run = func(t *rule.T) { s.uploadBytes(t, o, upload) }
	return []probe{p}
}

func (s *suite) servesBytes(o *spec.Operation) bool {
	return slices.ContainsFunc(s.env.Contract.Outputs(o), func(out spec.Output) bool {
		return strings.HasPrefix(out.Status, "2") && mediaName(out.Type) == bytesType
	})
}

func (s *suite) takes(o *spec.Operation, such func(spec.MediaInput) bool) bool {
	body := s.build.Inputs(o).Body
	return body != nil && len(body.Media) == 1 && such(body.Media[0])
}

func (s *suite) putBytes(t *rule.T, get, put *spec.Operation) {
	find, undo := s.fresh(t, put)
	defer undo()
	d := s.draft(t, put, find)
	r := s.conditional(t, d, s.request(t, d))
	a := t.Send(r.WithNote("bytes to look for"))
	if !a.Success() || a.Status() == http.StatusAccepted {
		t.Skip(reporters.SkipNoData, "nothing could be put there: status %d", a.Status())
	}
	s.sameBytes(t, get, a, r.Body, "STATE-CHANGE-001", func(_ *spec.Operation, p spec.Input) (any, bool) { return d.Value(p) })
}

func (s *suite) uploadBytes(t *rule.T, get, upload *spec.Operation) {
	use := s.within(t, upload)
	defer use.undo()
	d := s.draft(t, upload, use.find)
	var sent request.Request
	a := s.sendNew(t, d, func(d request.Draft) request.Request {
		sent = s.request(t, d).WithNote("bytes to look for")
		return sent
	})
	names := spec.Placeholders(get.Path)
	last := names[len(names)-1]
	id, known := s.createdID(a, get.Path, last)
	file, one := filePart(sent.Header.Get("Content-Type"), sent.Body)
	if !a.Success() || !known || !one {
		t.Skip(reporters.SkipNoData, "nothing could be uploaded: status %d", a.Status())
	}
	defer s.remove(t, upload, a)
	if a.Status() != http.StatusCreated {
		t.Skip(reporters.SkipNoData, "the response does not say that something was made: status %d", a.Status())
	}
	s.sameBytes(t, get, a, file, "STATE-CREATE-002", func(_ *spec.Operation, p spec.Input) (any, bool) {
		if p.Name == last {
			return s.build.Typed(p.Schema, id)
		}
		return fromPath(a, s.env.Contract.BasePath(upload)+upload.Path, p.Name)
	})
}

// filePart is the content of the one file of a multipart body.
func filePart(contentType string, body []byte) (file []byte, one bool) {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return nil, false
	}
	for parts := multipart.NewReader(bytes.NewReader(body), params["boundary"]); ; {
		p, err := parts.NextRawPart()
		if err != nil {
			return file, one
		}
		if p.FileName() == "" {
			continue
		}
		if one {
			return nil, false
		}
		if file, err = io.ReadAll(p); err != nil {
			return nil, false
		}
		one = true
	}
}

// sameBytes judges that a read serves the bytes that were sent.
func (s *suite) sameBytes(t *rule.T, get *spec.Operation, by *rule.Answer, sent []byte, id string, find request.Find) {
	d := s.draft(t, get, find)
	same := func(a *rule.Answer) bool { return bytes.Equal(a.Response.Body, sent) }
	a := s.until(t, func() *rule.Answer { return t.Send(s.request(t, d).WithNote("the bytes that were sent")) }, same)
	if failed(a) {
		t.Violation(a, "HTTP-SERVE-001", "status", "accepted", "any status below 500 for a request that the document allows", status(a))
	}
	if a.Status() == http.StatusOK && mediaName(a.Response.Header.Get("Content-Type")) == bytesType && !same(a) && !cached(a) {
		t.Violation(a, id, "body", "equal", fmt.Sprintf("the %d bytes that %s was sent (status %d)", len(sent), by.Request.Method, by.Status()), fmt.Sprintf("%d other bytes", len(a.Response.Body)))
	}
}
