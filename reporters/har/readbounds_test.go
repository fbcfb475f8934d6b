package har

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// TestReadIsBounded: entries that are too large are skipped, not stored.
func TestReadIsBounded(t *testing.T) {
	const size = 3 * EntryLimit
	large := func(before, after string) io.Reader {
		return io.MultiReader(strings.NewReader(before), io.LimitReader(xs{}, size), strings.NewReader(after))
	}
	good := entryWith(get, ok, "")
	for name, test := range map[string]struct {
		file io.Reader
		want []string // what is unusual in each entry
	}{
		"entry":        {large(`{"log":{"entries":[{"comment":"`, `"},`+good+`]}}`), []string{" is larger than 64 MiB", ""}},
		"other member": {large(`{"log":{"pages":"`, `","entries":[`+good+`]}}`), []string{""}},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		var got []string
		err := Read(test.file, func(r Recorded) error { got = append(got, r.Odd); return nil })
		runtime.ReadMemStats(&after)
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s: %q (%v), want %q", name, got, err, test.want)
		}
		// Appending up to the limit needs about four times as much.
		if n := after.TotalAlloc - before.TotalAlloc; n > 6*EntryLimit {
			t.Errorf("%s: %d bytes were allocated", name, n)
		}
	}
}

// xs is an endless text.
type xs struct{}

func (xs) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// TestReadMany: a long file needs the memory of one entry.
func TestReadMany(t *testing.T) {
	const n = 3000
	e := entryWith(get, ok+`,"content":{"text":"`+strings.Repeat("x", 1<<10)+`"}`, "")
	text := file(strings.Repeat(e+",", n-1) + e)
	count := 0
	if err := Read(strings.NewReader("\xef\xbb\xbf"+text), func(r Recorded) error {
		if r.Index != count {
			return fmt.Errorf("index %d, want %d", r.Index, count)
		}
		count++
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if count != n {
		t.Errorf("%d entries, want %d", count, n)
	}
}

func TestVisitStopsReading(t *testing.T) {
	stop, visits := errors.New("enough"), 0
	err := Read(strings.NewReader(file(entryWith(get, ok, ""), "no JSON")), func(Recorded) error { visits++; return stop })
	if !errors.Is(err, stop) || visits != 1 {
		t.Errorf("got %v after %d visits", err, visits)
	}
}

// FuzzRead: for any file the reader ends, describes errors in one short line, and visits
// no entry that breaks a judge.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"chromium-faulty.har", "mitmproxy-clean.har"} {
		f.Add(sample(f, name))
	}
	for _, text := range []string{
		"", "null", "{}", "\xef\xbb\xbf{}", `{"log":{}}`, file(), file("null"), file("{}"), file(`{"request":{"method":"GET","url":"http://["}}`),
		file(entryWith(get, ok, "")), file(entryWith(get, ok+`,"content":{"text":"!","encoding":"base64"}`, "")),
		file(entryWith(`"method":"POST","url":"http://x/%zz?%zz#%zz","bodySize":-1e999`, `"status":1e300,"headers":[null]`, `,"time":-1,"_hostup":{"leaks":[{}]}`)),
		file(entryWith(get, `"status":599,"headers":[{"name":"location","value":"http://%"}]`, `,"_fromCache":{}`)),
		file(entryWith(get, `"status":200,"headers":[["a","b"]],"content":{"text":"W_-_","encoding":"base64"}`, `,"cache":{"afterRequest":null},"_fetchType":7`)),
		file(entryWith(get, ok+`,"content":{"size":9,"text":"[1,\ufffd truncated","comment":[]}`, `,"_fromDiskCache":{},"_wasFulfilled":"x"`)),
		`{"log":{"entries":[1,"\"",[{}],{]}}`, "{\"log\":{\"entries\":[\"\\", "\x1f\x8b\x08", "x\x9c", "PK\x03\x04", "\xff\xfe{",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		visits := 0
		err := Read(bytes.NewReader(data), func(r Recorded) error {
			if r.Index != visits {
				t.Errorf("index %d, want %d", r.Index, visits)
			}
			visits++
			switch a := r.Exchange.Response; {
			case (r.Gap == GapOdd) != (r.Odd != "") || len(r.Odd) > 300 || strings.ContainsAny(r.Odd, "\n\r"):
				t.Errorf("gap %q, and %q", r.Gap, r.Odd)
			case r.Gap == GapOdd:
			case r.Exchange.Request.Method == "":
				t.Error("a request without a method")
			case r.Gap != GapScheme && (r.Exchange.Request.URL == nil || r.Exchange.Request.URL.Host == ""):
				t.Error("a request without an address")
			case r.Gap == "" && a == nil && r.Exchange.Failure == "":
				t.Error("no answer, and no reason")
			case a != nil && (a.Status < 100 || a.Status > 999 || a.Header == nil):
				t.Errorf("an answer with status %d, headers %v", a.Status, a.Header)
			case r.Exchange.Duration < 0:
				t.Errorf("a time of %v", r.Exchange.Duration)
			}
			return nil
		})
		if err != nil && (len(err.Error()) > 300 || strings.ContainsAny(err.Error(), "\n\r")) {
			t.Errorf("a long error: %q", err)
		}
	})
}
