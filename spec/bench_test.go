//go:build unix

package spec

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"syscall"
	"testing"
	"time"

	"github.com/pb33f/jsonschema/v6"
	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/config"
)

// BenchRows are the sizes of a page that judges are compared at: one row, the
// fifty of a documented page, and more than any page should have.
var BenchRows = [...]int{1, 50, 1000}

// BenchExchange is a conformant exchange whose page has n transactions.
func BenchExchange(n int) Exchange {
	var page bytes.Buffer
	page.WriteString(`{"kind":"transaction","entries":[`)
	for i := range n {
		if i > 0 {
			page.WriteByte(',')
		}
		fmt.Fprintf(&page, `{"id":"txn_01hxa3b4c5d6e7f8g9h0j%05d","description":"Payment for invoice %d","method":"card","methodLabel":"Card payment","amount":98.75,"currencyCode":"SEK","createdAt":"2026-04-28T09:47:47.000Z","invoiceId":"inv_01hxa3b4c5d6e7f8g9h0j%05d","invoiceNumber":"%d"}`, i, 202600000+i, i, 202600000+i)
	}
	page.WriteString(`],"hasMore":false}`)
	return Exchange{
		Request: Request{
			Method: "GET",
			URL:    &url.URL{Scheme: "https", Host: "cloud.hostup.se", Path: "/api/v2/billing/activity"},
			Header: http.Header{"Authorization": {"Bearer hu_live_0123456789"}},
		},
		Response: &Response{
			Status: 200, Proto: "HTTP/1.1", Length: int64(page.Len()), Body: page.Bytes(),
			Header:   http.Header{"Content-Type": {"application/json"}, "Date": {"Wed, 29 Apr 2026 12:00:00 GMT"}},
			Received: time.Date(2026, 4, 29, 12, 0, 0, 0, time.UTC),
		},
	}
}

// Bench measures one judge, which has to accept the page. The name of the judge
// is the column of the table that "make bench" prints. Processor time is measured
// too: unlike time it tells judges apart on a machine that is busy.
func Bench(b *testing.B, judge string, accepts func(Exchange) bool) {
	for _, n := range BenchRows {
		b.Run(fmt.Sprintf("rows=%d/judge=%s", n, judge), func(b *testing.B) {
			ex := BenchExchange(n)
			if !accepts(ex) { // and what is kept after the first time is made
				b.Fatalf("%s rejects the page", judge)
			}
			b.ReportAllocs()
			began := processorTime(b)
			for b.Loop() {
				accepts(ex)
			}
			b.ReportMetric(float64(processorTime(b)-began)/float64(b.N), "cpu-ns/op")
		})
	}
}

func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// What judging costs beside reading JSON, beside the schema alone, and beside
// the libraries that a suite would else use. kin-openapi, which nothing else
// here needs, is in bench_kin_test.go.
func BenchmarkCheck(b *testing.B) {
	c, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	Bench(b, "json", func(ex Exchange) bool {
		var v any
		return json.Unmarshal(ex.Response.Body, &v) == nil
	})
	// The document alone: the overlay would add work to what is compared with.
	schema := c.responses["listBillingActivity"]["200"].media[0].schema.must
	Bench(b, "schema", func(ex Exchange) bool {
		v, err := jsonschema.UnmarshalJSON(bytes.NewReader(ex.Response.Body))
		return err == nil && schema.Validate(v) == nil
	})
	doc, err := libopenapi.NewDocument(openapiText)
	if err != nil {
		b.Fatal(err)
	}
	lib, errs := validator.NewValidator(doc, config.WithFormatAssertions(), config.WithContentAssertions())
	if errs != nil {
		b.Fatal(errs)
	}
	Bench(b, "libopenapi", func(ex Exchange) bool {
		q := &http.Request{Method: ex.Request.Method, URL: ex.Request.URL, Header: ex.Request.Header}
		ok, _ := lib.ValidateHttpResponse(q, &http.Response{StatusCode: ex.Response.Status, Header: ex.Response.Header, Body: io.NopCloser(bytes.NewReader(ex.Response.Body))})
		return ok
	})
	Bench(b, "Check", func(ex Exchange) bool { return len(c.Check(ex)) == 0 })
}

func BenchmarkDrift(b *testing.B) {
	c, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	Bench(b, "Drift", func(ex Exchange) bool { return len(c.Drift(ex)) == 0 })
}

// A page on which every row is wrong: the findings must not cost more than the rows.
func BenchmarkCheckOfAWrongPage(b *testing.B) {
	c, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	ex := BenchExchange(1000)
	ex.Response.Body = bytes.ReplaceAll(ex.Response.Body, []byte("98.75"), []byte(`"98.75"`))
	ex.Response.Length = -1
	for b.Loop() {
		if len(c.Check(ex)) != 1000 {
			b.Fatal("not every row is found")
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}
