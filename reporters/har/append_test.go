package har

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/spec"
)

func (unknown) MarshalJSON() ([]byte, error) { return []byte("-1"), nil }
func (cache) MarshalJSON() ([]byte, error)   { return []byte("{}"), nil }

// TestAppend: an entry has the properties and values that encoding/json writes from the
// types, so that none is forgotten in one of the two.
func TestAppend(t *testing.T) {
	all := exchanges(t)
	odd := all[1]
	odd.Request.Header = http.Header{"X-\xff": {"\xfe\u2028</script>\x00\"\\"}, "Cookie": {"a=\x01"}}
	odd.Request.Body = bytes.Repeat([]byte("\u2029"), BodyLimit)
	odd.Response.Body = []byte(strings.Repeat("<&>\u2028\b\f\x7f", 3))
	odd.Response.Body = append(odd.Response.Body, bytes.Repeat([]byte("x"), BodyLimit)...)
	odd.Failure, odd.FailureKind, odd.Response.ReadFailure, odd.Response.ReadCause = "<\u2028", "timeout", "\"", spec.CauseFraming
	for _, ex := range append(all, odd) {
		e := entryOf(ex, len(ex.Request.Body), []spec.Finding{{Requirement: "LEAK-CARD-001", Got: "<\u2028"}})
		e.Own.URL = "http://localhost/ "
		got, err := e.append(nil)
		if err != nil {
			t.Fatal(err)
		}
		want, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.ContainsAny(got, "\r\n") {
			t.Errorf("%s: more than one line", ex.ID)
		}
		if diff := cmp.Diff(value(t, want), value(t, got)); diff != "" {
			t.Errorf("%s (-encoding/json +append):\n%s", ex.ID, diff[:min(len(diff), 1000)])
		}
	}
}

// TestFlush: what was added before a Flush is in the file, whatever becomes of the
// process.
func TestFlush(t *testing.T) {
	path := t.TempDir() + "/spool"
	s, err := NewSpool(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	all := exchanges(t)
	s.Add(all[0], 0, nil)
	s.Flush()
	s.Add(all[2], 0, nil)
	var out bytes.Buffer
	if err := Merge(&out, Head{}, path); err != nil {
		t.Fatal(err)
	}
	if got := read(t, out.Bytes()); len(got) != 1 || got[0].Exchange.ID != "x0001" {
		t.Errorf("got %d entries", len(got))
	}
}
