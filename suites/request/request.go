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

// Data are the values that valid requests need, by the names that the document
// uses in x-data.
type Data map[string]string

// A Request is one request as it is to go on the wire.
type Request struct {
	Operation string // operationId that is meant; "" for none
	Method    string
	Path      string // escaped, as written on the wire
	Query     string // raw, without "?"
	Header    http.Header
	Body      []byte // nil sends no body, empty sends Content-Length: 0
	Auth      Auth
	Keys      []Key // for a document without a pack, in place of Auth

	// Effect is what the target would do if it accepted the request, even if it
	// ought to refuse: the safety tier is decided by it.
	Effect spec.Effect

	// Decisive says that the first answer tells, be it one of a gateway: the request
	// asks whether the target survived the one before it.
	Decisive bool

	// Note says in a few words what is special: "page=-1", "no credential".
	Note string
}

// A MissingDataError says which datum a valid request of an operation needs.
type MissingDataError struct{ Operation, Name string }

func (e *MissingDataError) Error() string {
	return fmt.Sprintf("a request for %s needs %s", e.Operation, e.Name)
}

// For builds the valid request of an operation. The error is a
// *MissingDataError when a datum that the document asks for is not in data and
// the example is no substitute for it (ids of the target are never invented).
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

// WithJSON replaces the body by the JSON of value, members sorted by name. It panics
// if there is none.
func (r Request) WithJSON(value any) Request {
	return r.WithBody("application/json", marshal(value))
}

// WithBody replaces the body and its Content-Type; an empty type sends none.
func (r Request) WithBody(contentType string, body []byte) Request {
	r = r.clone()
	r.Body = bytes.Clone(body)
	if body != nil && r.Body == nil {
		r.Body = []byte{}
	}
	if contentType == "" {
		r.Header.Del("Content-Type")
	} else {
		r.Header.Set("Content-Type", contentType)
	}
	return r
}

// WithoutBody sends neither body nor Content-Type.
func (r Request) WithoutBody() Request {
	r = r.clone()
	r.Body = nil
	r.Header.Del("Content-Type")
	return r
}

// WithMember sets a member of the JSON object in the body. It panics if the body is
// something else, or the value cannot be written as JSON.
func (r Request) WithMember(name string, value any) Request {
	body := r.members()
	body[name] = value
	return r.WithBody(r.Header.Get("Content-Type"), marshal(body))
}

// WithoutMember removes a member of the JSON object in the body, and panics if the
// body is something else.
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

// WithQuery adds a query parameter, escaped.
func (r Request) WithQuery(name, value string) Request {
	return r.WithRawQuery(joinQuery(r.Query, url.QueryEscape(name)+"="+url.QueryEscape(value)))
}

// WithRawQuery replaces the query by the text as it is.
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

// WithHeader sets a header; no values remove it.
func (r Request) WithHeader(name string, values ...string) Request {
	r = r.clone()
	if len(values) == 0 {
		r.Header.Del(name)
	} else {
		r.Header[http.CanonicalHeaderKey(name)] = slices.Clone(values)
	}
	return r
}

// WithMethod changes the method. The request no longer belongs to its
// operation, but keeps the operation's effect.
func (r Request) WithMethod(method string) Request {
	r = r.clone()
	if method != r.Method {
		r.Operation = ""
	}
	r.Method = method
	return r
}

// WithPath changes the escaped path. The request no longer belongs to its operation.
func (r Request) WithPath(path string) Request {
	r = r.clone()
	r.Operation = ""
	r.Path = path
	return r
}

// WithAuth changes the credential.
func (r Request) WithAuth(a Auth) Request {
	r = r.clone()
	r.Auth = a
	return r
}

// WithEffect says what the target would do if it accepted the request.
func (r Request) WithEffect(e spec.Effect) Request {
	r = r.clone()
	r.Effect = e
	return r
}

// WithNote says what is special about the request.
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
