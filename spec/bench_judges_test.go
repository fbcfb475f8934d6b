//go:build unix

package spec_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"github.com/pb33f/jsonschema/v6"
	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/config"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
)

// The cost of judging compared with reading JSON, with the schema alone, and with the
// libraries that a suite would otherwise use. kin-openapi, which nothing else here needs,
// is in bench_kin_test.go.
func BenchmarkCheck(b *testing.B) {
	c, err := packs.Default()
	if err != nil {
		b.Fatal(err)
	}
	spec.Bench(b, "json", func(ex spec.Exchange) bool {
		var v any
		return json.Unmarshal(ex.Response.Body, &v) == nil
	})
	// Without the overlay, which the others do not have.
	schema := spec.BodySchema(c, "listBillingActivity", "200")
	spec.Bench(b, "schema", func(ex spec.Exchange) bool {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(ex.Response.Body))
		return err == nil && schema.Validate(v) == nil
	})
	doc, err := libopenapi.NewDocument([]byte(readFile(b, "hostup/openapi.yaml")))
	if err != nil {
		b.Fatal(err)
	}
	lib, errs := validator.NewValidator(doc, config.WithFormatAssertions(), config.WithContentAssertions())
	if errs != nil {
		b.Fatal(errs)
	}
	spec.Bench(b, "libopenapi", func(ex spec.Exchange) bool {
		q := &http.Request{Method: ex.Request.Method, URL: ex.Request.URL, Header: ex.Request.Header}
		ok, _ := lib.ValidateHttpResponse(q, &http.Response{StatusCode: ex.Response.Status, Header: ex.Response.Header, Body: io.NopCloser(bytes.NewReader(ex.Response.Body))})
		return ok
	})
	spec.Bench(b, "Check", func(ex spec.Exchange) bool { return len(c.Check(ex)) == 0 })
}

func BenchmarkDrift(b *testing.B) {
	c, err := packs.Default()
	if err != nil {
		b.Fatal(err)
	}
	spec.Bench(b, "Drift", func(ex spec.Exchange) bool { return len(c.Drift(ex)) == 0 })
}

// On a page with errors in every row, the findings must not cost more than the rows.
func BenchmarkCheckOfAWrongPage(b *testing.B) {
	c, err := packs.Default()
	if err != nil {
		b.Fatal(err)
	}
	ex := spec.BenchExchange(1000)
	ex.Response.Body = bytes.ReplaceAll(ex.Response.Body, []byte("98.75"), []byte(`"98.75"`))
	ex.Response.Length = -1
	for b.Loop() {
		rows := 0
		for _, f := range c.Check(ex) {
			rows += 1 + f.More // a few of one cause, and the number of the others
		}
		if rows != 1000 {
			b.Fatalf("%d of 1000 rows are found", rows)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := packs.Default(); err != nil {
			b.Fatal(err)
		}
	}
}
