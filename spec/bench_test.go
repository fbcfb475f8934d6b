//go:build unix

package spec

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"syscall"
	"testing"
	"time"
)

// BenchRows are the page sizes at which judges are compared: one row, the fifty of a
// documented page, and more than any page should have.
var BenchRows = [...]int{1, 50, 1000}

// BenchExchange returns a conforming exchange with n transactions.
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

// Bench measures one judge, which must accept the page. The judge's name is the column in
// the table of "make bench". It also measures processor time, which can be compared on a
// busy machine.
func Bench(b *testing.B, judge string, accepts func(Exchange) bool) {
	for _, n := range BenchRows {
		b.Run(fmt.Sprintf("rows=%d/judge=%s", n, judge), func(b *testing.B) {
			ex := BenchExchange(n)
			if !accepts(ex) { // this also fills caches
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
