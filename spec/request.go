package spec

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/config"
	verrors "github.com/pb33f/libopenapi-validator/errors"
	"github.com/pb33f/libopenapi/datamodel"
	v3 "github.com/pb33f/libopenapi/datamodel/high/v3"
)

// requestValidator reads the document with libopenapi. If that fails, every request gets
// the error as its result.
func requestValidator(name string, text []byte) func(Exchange) []string {
	// its log messages are returned as errors as well
	configuration := datamodel.NewDocumentConfiguration()
	configuration.Logger = slog.New(slog.DiscardHandler)
	doc, err := libopenapi.NewDocumentWithConfiguration(text, configuration)
	if err == nil {
		model, modelErr := doc.BuildV3Model()
		if err = modelErr; err == nil {
			return newRequestValidator(&model.Model)
		}
	}
	wrong := []string{fmt.Sprintf("%s cannot be read to judge requests: %v", name, oneLine(err))}
	return func(Exchange) []string { return wrong }
}

// newRequestValidator builds the validator once: the library fills its caches while
// building and is safe for concurrent use only after that.
func newRequestValidator(m *v3.Document) func(Exchange) []string {
	m.Servers = nil // a path prefix of theirs would be cut off; the paths here are complete
	for item := range m.Paths.PathItems.ValuesFromOldest() {
		item.Servers = nil
		for op := range item.GetOperations().ValuesFromOldest() {
			op.Servers = nil
			op.Responses = nil // warming them costs as much as all the rest of Load
		}
	}
	v := validator.NewValidatorFromV3Model(m,
		config.WithFormatAssertions(), config.WithContentAssertions(), config.WithRegexCache(&sync.Map{}))
	return func(ex Exchange) (wrong []string) {
		_, errs := v.ValidateHttpRequestSync(ex.Request.http())
		for _, e := range errs {
			wrong = append(wrong, faultsOf(e)...)
		}
		return wrong
	}
}

// CheckRequest validates a request by the document, credentials included, and returns its
// faults as short texts in a stable order; nil if there are none. It proves that a
// request which a spec calls valid is one that the document allows. Only the path is
// compared: scheme, host and port are those of the target.
func (c *Contract) CheckRequest(ex Exchange) (wrong []string) {
	if c.Match(ex.Request.Method, ex.Request.Path()) == nil {
		return []string{fmt.Sprintf("no operation %s %s in the document", ex.Request.Method, legible(ex.Request.Path()))}
	}
	wrong = c.askLibrary(ex)
	slices.Sort(wrong)
	return slices.Compact(wrong)
}

// askLibrary calls only the library, which panics on paths such as //x (its issue 274),
// so that panics of our own code are not hidden.
func (c *Contract) askLibrary(ex Exchange) (wrong []string) {
	defer func() {
		if recover() != nil {
			wrong = []string{fmt.Sprintf("the request %s %s cannot be matched with the document", ex.Request.Method, legible(ex.Request.Path()))}
		}
	}()
	return c.requests()(ex)
}

// http returns the request as the library reads it: a copy, because the library attaches
// its route to it and reads the body.
func (r Request) http() *http.Request {
	u := url.URL{Path: "/"}
	if r.URL != nil {
		u = *r.URL
	}
	u.Scheme, u.Host = "https", "contract.invalid"
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet // HEAD is judged as its GET operation
	}
	q := &http.Request{Method: method, URL: &u, Host: u.Host, Header: http.Header{}}
	for name, values := range r.Header {
		for _, v := range values {
			q.Header.Add(name, v)
		}
	}
	q.Body = http.NoBody
	if len(r.Body) > 0 {
		q.Body = io.NopCloser(bytes.NewReader(r.Body))
		q.ContentLength = int64(len(r.Body))
	}
	return q
}

// faultsOf returns an error of the library as texts without its explanations.
func faultsOf(e *verrors.ValidationError) []string {
	if len(e.SchemaValidationErrors) == 0 {
		if e.ValidationType == "security" {
			return []string{legible("security: " + firstLine(e.Message))}
		}
		return []string{legible(firstLine(e.Message))}
	}
	what := e.ValidationType
	if e.ParameterName != "" {
		what += " " + e.ParameterName
	}
	var list []string
	for _, s := range e.SchemaValidationErrors {
		place := ""
		if len(s.InstancePath) > 0 && e.ParameterName == "" {
			place = " /" + strings.Join(s.InstancePath, "/")
		}
		list = append(list, legible(what+place+": "+firstLine(s.Reason)))
	}
	return list
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(s), "\n")
	return line
}
