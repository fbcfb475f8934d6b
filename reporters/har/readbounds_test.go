package har

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

// endless is a value that never comes to its end.
type endless struct{ n int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	e.n += len(p)
	return len(p), nil
}

func TestReadIsBounded(t *testing.T) {
	for name, test := range map[string]struct{ before, want string }{
		"entry":        {`{"log":{"entries":[{"comment":"`, "entries[0] is larger than 64 MiB"},
		"other member": {`{"log":{"pages":"`, "a member outside the entries is larger than 64 MiB"},
	} {
		e := &endless{}
		err := Read(io.MultiReader(strings.NewReader(test.before), e), func(Recorded) error { return nil })
		if err == nil || err.Error() != test.want {
			t.Errorf("%s: got %v, want %q", name, err, test.want)
		}
		if e.n > EntryLimit+1<<20 {
			t.Errorf("%s: %d bytes were read", name, e.n)
		}
	}
}

// TestReadMany: a long file takes the memory of one entry.
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

// FuzzRead: whatever a file holds, the reader comes to an end, says what is wrong
// in one short line, and visits nothing that a judge could trip over.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"chromium-faulty.har", "mitmproxy-clean.har"} {
		f.Add(sample(f, name))
	}
	for _, text := range []string{
		"", "null", "{}", "\xef\xbb\xbf{}", `{"log":{}}`, file(), file("null"), file("{}"), file(`{"request":{"method":"GET","url":"http://["}}`),
		file(entryWith(get, ok, "")), file(entryWith(get, ok+`,"content":{"text":"!","encoding":"base64"}`, "")),
		file(entryWith(`"method":"POST","url":"http://x/%zz?%zz#%zz","bodySize":-1e999`, `"status":1e300,"headers":[null]`, `,"time":-1,"_hostup":{"leaks":[{}]}`)),
		file(entryWith(get, `"status":599,"headers":[{"name":"location","value":"http://%"}]`, `,"_fromCache":{}`)),
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
