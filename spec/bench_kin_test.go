//go:build interop && unix

package spec

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

// The column kin-openapi of the other BenchmarkCheck. The route is found beforehand: the
// path is known.
func BenchmarkCheck(b *testing.B) {
	doc, err := openapi3.NewLoader().LoadFromFile("hostup/openapi.yaml")
	if err != nil {
		b.Fatal(err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		b.Fatal(err)
	}
	options := &openapi3filter.Options{
		IncludeResponseStatus: true,
		AuthenticationFunc:    openapi3filter.NoopAuthenticationFunc,
		SchemaValidationOptions: []openapi3.SchemaValidationOption{
			openapi3.EnableJSONSchema2020(), openapi3.EnableFormatValidation(),
		},
	}
	Bench(b, "kin-openapi", func(ex Exchange) bool {
		path := ex.Request.URL.Path
		item := doc.Paths.Value(path)
		return openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
			RequestValidationInput: &openapi3filter.RequestValidationInput{
				Request: &http.Request{Method: ex.Request.Method, URL: ex.Request.URL, Header: ex.Request.Header},
				Route:   &routers.Route{Spec: doc, Path: path, PathItem: item, Method: ex.Request.Method, Operation: item.GetOperation(ex.Request.Method)},
				Options: options,
			},
			Status:  ex.Response.Status,
			Header:  ex.Response.Header,
			Body:    io.NopCloser(bytes.NewReader(ex.Response.Body)),
			Options: options,
		}) == nil
	})
}
