package spec

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/config"
)

func pageOf(n int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"kind":"transaction","entries":[`)
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":"txn_01hxa3b4c5d6e7f8g9h0j%05d","description":"Payment for invoice %d","method":"card","methodLabel":"Card payment","amount":98.75,"currencyCode":"SEK","createdAt":"2026-04-28T09:47:47.000Z","invoiceId":"inv_01hxa3b4c5d6e7f8g9h0j%05d","invoiceNumber":"%d"}`, i, 202600000+i, i, 202600000+i)
	}
	b.WriteString(`],"hasMore":false}`)
	return b.Bytes()
}

// What judging costs beside reading JSON, beside the schema alone, and beside
// the library that a suite would else use.
func BenchmarkCheck(b *testing.B) {
	c, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	doc, err := libopenapi.NewDocument(openapiText)
	if err != nil {
		b.Fatal(err)
	}
	lib, errs := validator.NewValidator(doc, config.WithFormatAssertions(), config.WithContentAssertions())
	if errs != nil {
		b.Fatal(errs)
	}
	schema := c.responses["listBillingActivity"]["200"].media[0].schema.should
	u, _ := url.Parse("https://cloud.hostup.se/api/v2/billing/activity")
	for _, n := range []int{1, 50, 1000} {
		text := pageOf(n)
		run := func(name string, f func() bool) {
			b.Run(fmt.Sprintf("%s/rows=%d", name, n), func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					if !f() {
						b.Fatal("the page is rejected")
					}
				}
			})
		}
		run("json", func() bool {
			var v any
			return json.Unmarshal(text, &v) == nil
		})
		run("json+schema", func() bool {
			var v any
			d := json.NewDecoder(bytes.NewReader(text))
			d.UseNumber()
			return d.Decode(&v) == nil && schema.Validate(v) == nil
		})
		run("library", func() bool {
			q := &http.Request{Method: "GET", URL: u, Header: http.Header{}}
			ok, _ := lib.ValidateHttpResponse(q, &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(bytes.NewReader(text))})
			return ok
		})
		ex := Exchange{
			Request:  Request{Method: "GET", URL: u, Header: http.Header{"Authorization": {"Bearer hu_live_0123456789"}}},
			Response: &Response{Status: 200, Header: http.Header{"Content-Type": {"application/json"}, "Date": {"Wed, 29 Apr 2026 12:00:00 GMT"}}, Body: text, Length: -1, Received: time.Date(2026, 4, 29, 12, 0, 0, 0, time.UTC)},
		}
		run("Check", func() bool { return len(c.Check(ex)) == 0 })
		run("Drift", func() bool { return len(c.Drift(ex)) == 0 })
	}
}

// A page on which every row is wrong: the findings must not cost more than the rows.
func BenchmarkCheckOfAWrongPage(b *testing.B) {
	c, err := Load()
	if err != nil {
		b.Fatal(err)
	}
	u, _ := url.Parse("https://cloud.hostup.se/api/v2/billing/activity")
	ex := Exchange{Request: Request{Method: "GET", URL: u}, Response: &Response{Status: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: bytes.ReplaceAll(pageOf(1000), []byte("98.75"), []byte(`"98.75"`)), Length: -1}}
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
