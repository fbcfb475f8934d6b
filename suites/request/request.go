package request

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// Data holds the values that valid requests need, by the names that the document uses in
// x-data.
type Data map[string]string

// A Request is one request to the target. It is never modified; its With methods return
// changed copies.
type Request struct {
	Operation string // the intended operationId, "" for none
	Method    string
	Path      string // as sent, percent-encoded
	Query     string // raw, without "?"
	Header    http.Header
	Body      []byte // nil sends no body, empty sends Content-Length: 0
	Auth      Auth
	Keys      []Key // used instead of Auth for a document without a pack

	// Effect is what the target would do if it accepted the request, even if it should
	// refuse it. It determines the safety tier.
	Effect spec.Effect

	// Decisive says that the first response counts, even if it is from a gateway: the
	// request checks whether the target survived the previous one.
	Decisive bool

	// Excluded says that the document excludes the request: an answer that accepts it
	// may show what was sent, and that it does is no second fault.
	Excluded bool

	// Note says in a few words what is special about the request: "page=-1", "no
	// credential".
	Note string
}

// A MissingDataError says which datum a valid request for an operation needs.
type MissingDataError struct{ Operation, Name string }

func (e *MissingDataError) Error() string {
	return fmt.Sprintf("a request for %s needs %s", e.Operation, e.Name)
}

// For returns the valid request for op. The error is a *MissingDataError if data lacks a
// datum that the document asks for. The example does not replace it: ids of the target
// are never invented.
func For(op *spec.Operation, data Data) (Request, error) {
	r := Request{
		Operation: op.ID,
		Method:    op.Method,
		Header:    http.Header{"Accept": {"application/json"}},
		Auth:      Default(op),
		Effect:    op.Effect,
	}
	path := literal(op.Path)
	for _, p := range op.Parameters {
		if p.In != "path" {
			continue
		}
		value, err := fill(op, data, p.Data, p.Example)
		if err != nil {
			return Request{}, err
		}
		path = strings.ReplaceAll(path, "{"+p.Name+"}", url.PathEscape(fmt.Sprint(value)))
	}
	r.Path = path
	var query []string
	for _, p := range op.Parameters {
		if p.In == "query" && p.Required {
			value, err := fill(op, data, p.Data, p.Example)
			if err != nil {
				return Request{}, err
			}
			query = append(query, url.QueryEscape(p.Name)+"="+url.QueryEscape(fmt.Sprint(value)))
		}
	}
	r.Query = strings.Join(query, "&")
	if op.Body == nil {
		return r, nil
	}
	body := maps.Clone(op.Body.Example)
	if body == nil {
		body = map[string]any{}
	}
	for _, m := range op.Body.Members {
		if _, used := body[m.Name]; !used && !m.Required {
			continue
		}
		value, err := fill(op, data, m.Data, body[m.Name])
		if err != nil {
			return Request{}, err
		}
		body[m.Name] = value
	}
	return r.WithJSON(body), nil
}

func fill(op *spec.Operation, data Data, name string, example any) (any, error) {
	if name == "" {
		return example, nil
	}
	if v, ok := data[name]; ok && v != "" {
		return v, nil
	}
	return nil, &MissingDataError{Operation: op.Name(), Name: name}
}

// WithJSON returns a copy of r with the JSON of value as body, properties sorted by name.
// It panics if value cannot be written as JSON.
func (r Request) WithJSON(value any) Request {
	return r.WithBody("application/json", marshal(value))
}

// WithBody returns a copy of r with another body and Content-Type. An empty type removes
// the header. The body, which may have megabytes, is shared and must not be modified.
func (r Request) WithBody(contentType string, body []byte) Request {
	r = r.clone()
	r.Body = body
	if contentType == "" {
		r.Header.Del("Content-Type")
	} else {
		r.Header.Set("Content-Type", contentType)
	}
	return r
}

// WithoutBody returns a copy of r without body and Content-Type.
func (r Request) WithoutBody() Request {
	r = r.clone()
	r.Body = nil
	r.Header.Del("Content-Type")
	return r
}

// WithMember returns a copy of r with a property of the JSON object in the body set. It
// panics if the body is not an object, or if the value cannot be written as JSON.
func (r Request) WithMember(name string, value any) Request {
	body := r.members()
	body[name] = value
	return r.WithBody(r.Header.Get("Content-Type"), marshal(body))
}

// WithoutMember returns a copy of r without a property of the JSON object in the body. It
// panics if the body is not an object.
func (r Request) WithoutMember(name string) Request {
	body := r.members()
	delete(body, name)
	return r.WithBody(r.Header.Get("Content-Type"), marshal(body))
}

func marshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("request: value cannot be written as JSON: " + err.Error()) // a bug of the caller: specs pass literals
	}
	return b
}

func (r Request) members() map[string]any {
	body := map[string]any{}
	if len(r.Body) > 0 {
		d := json.NewDecoder(bytes.NewReader(r.Body))
		d.UseNumber()
		if err := d.Decode(&body); err != nil {
			panic("request: the body is not a JSON object: " + err.Error())
		}
	}
	return body
}

// WithQuery returns a copy of r with a query parameter added; name and value are escaped.
func (r Request) WithQuery(name, value string) Request {
	return r.WithRawQuery(joinQuery(r.Query, url.QueryEscape(name)+"="+url.QueryEscape(value)))
}

// WithRawQuery returns a copy of r with the query replaced by the text as it is.
func (r Request) WithRawQuery(query string) Request {
	r = r.clone()
	r.Query = query
	return r
}

func joinQuery(a, b string) string {
	if a == "" {
		return b
	}
	return a + "&" + b
}

// WithHeader returns a copy of r with the header set, or removed if there are no values.
func (r Request) WithHeader(name string, values ...string) Request {
	r = r.clone()
	if len(values) == 0 {
		r.Header.Del(name)
	} else {
		r.Header[http.CanonicalHeaderKey(name)] = slices.Clone(values)
	}
	return r
}

// WithMethod returns a copy of r with another method. If the method differs, the request
// no longer belongs to its operation, but keeps the operation's effect.
func (r Request) WithMethod(method string) Request {
	r = r.clone()
	if method != r.Method {
		r.Operation = ""
	}
	r.Method = method
	return r
}

// WithPath returns a copy of r with another path, percent-encoded. The request no longer
// belongs to its operation.
func (r Request) WithPath(path string) Request {
	r = r.clone()
	r.Operation = ""
	r.Path = path
	return r
}

// WithAuth returns a copy of r with another credential.
func (r Request) WithAuth(a Auth) Request {
	r = r.clone()
	r.Auth = a
	return r
}

// WithEffect returns a copy of r with another effect.
func (r Request) WithEffect(e spec.Effect) Request {
	r = r.clone()
	r.Effect = e
	return r
}

// WithNote returns a copy of r with another note.
func (r Request) WithNote(note string) Request {
	r = r.clone()
	r.Note = note
	return r
}

func (r Request) clone() Request {
	r.Header = r.Header.Clone()
	if r.Header == nil {
		r.Header = http.Header{}
	}
	return r
}
