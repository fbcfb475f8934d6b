package har

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/pb33f/jsonschema/v6"

	"github.com/hostup/api-conformance/spec"
)

var noon = time.Date(2026, 4, 1, 12, 0, 0, 123456000, time.UTC)

// parsed returns a URL as the client of a run records it.
func parsed(t *testing.T, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	u.RawPath = u.EscapedPath()
	return u
}

// exchanges returns what a run may record: a response, a body that is not text, a
// failure, a body that broke off, a path that no URL can hold.
func exchanges(t *testing.T) []spec.Exchange {
	return []spec.Exchange{
		{
			ID: "x0001", Operation: "listBillingActivity", Duration: 12500 * time.Microsecond,
			Request: spec.Request{Method: "GET", URL: parsed(t, "http://127.0.0.1:8080/api/v2/billing/activity?kind=trans%20action&page=1"), Sent: noon,
				Header: http.Header{"Accept": {"application/json"}, "Cookie": {"a=1; hostup_session=‹redacted HOSTUP_SESSION›"}}},
			Response: &spec.Response{Status: 200, Proto: "HTTP/1.1", Length: -1, Received: noon.Add(12500 * time.Microsecond),
				Header: http.Header{"Content-Type": {"application/json"}, "Set-Cookie": {"b=2; Path=/; HttpOnly", "c=3"}},
				Body:   []byte("{\"entries\":[],\"note\":\"<åäö> & \\u2028 \u2028\"}")},
		},
		{
			ID: "x0002", Operation: "payInvoice", Duration: time.Millisecond,
			Request: spec.Request{Method: "POST", URL: parsed(t, "http://127.0.0.1:8080/api/billing/pay"), Sent: noon.Add(time.Second),
				Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte("\xff\x00{")},
			Response: &spec.Response{Status: 400, Proto: "HTTP/2.0", Length: -1, Received: noon.Add(time.Second + time.Millisecond),
				Header: http.Header{"Content-Type": {"image/png"}}, Body: []byte("\x89PNG\r\n\x1a\n")},
		},
		{
			ID: "x0003", Failure: "cannot connect to 127.0.0.1:1: connection refused",
			Request: spec.Request{Method: "GET", URL: parsed(t, "http://127.0.0.1:1/"), Sent: noon.Add(2 * time.Second), Header: http.Header{}},
		},
		{
			ID: "x0004",
			Request: spec.Request{Method: "GET", URL: &url.URL{Scheme: "http", Host: "127.0.0.1:8080", Path: "/api/%zz", Opaque: "//127.0.0.1:8080/api/%zz"},
				Sent: noon.Add(3 * time.Second), Header: http.Header{}},
			Response: &spec.Response{Status: 200, Proto: "HTTP/1.1", Length: -1, Received: noon.Add(3 * time.Second), Header: http.Header{},
				Body: []byte(`{"a":`), ReadFailure: "the connection was closed after 5 of 9 bytes", ReadCause: spec.CauseFraming},
		},
		{
			ID: "x0005",
			Request: spec.Request{Method: "GET", URL: &url.URL{Scheme: "http", Host: "[::1]:8080", Path: "/api", RawPath: "/api", RawQuery: "api_key=‹redacted HOSTUP_API_KEY›&q=\"[a]|b"},
				Sent: noon.Add(4 * time.Second), Header: http.Header{}},
			Response: &spec.Response{Status: 200, Proto: "HTTP/1.1", Length: -1, Received: noon.Add(4 * time.Second), Header: http.Header{}},
		},
		{
			ID: "x0006", Duration: time.Millisecond,
			Request: spec.Request{Method: "GET", URL: parsed(t, "http://127.0.0.1:8080/report.csv"), Sent: noon.Add(5 * time.Second), Header: http.Header{}},
			Response: &spec.Response{Status: 200, Proto: "HTTP/1.1", Length: -1, Received: noon.Add(5*time.Second + time.Millisecond),
				Header: http.Header{"Content-Type": {"text/csv"}}, Body: []byte("Ã¥")}, // as the server wrote it
		},
	}
}

// write returns a HAR of exchanges that several processes recorded.
func write(t *testing.T, processes ...[]spec.Exchange) []byte {
	t.Helper()
	var paths []string
	for _, list := range processes {
		path := filepath.Join(t.TempDir(), "spool")
		s, err := NewSpool(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, ex := range list {
			s.Add(ex, len(ex.Request.Body), nil)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	var out bytes.Buffer
	if err := Merge(&out, Head{Version: "v1", Comment: "a run"}, paths...); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func read(t *testing.T, data []byte) (list []Recorded) {
	t.Helper()
	if err := Read(bytes.NewReader(data), func(r Recorded) error { list = append(list, r); return nil }); err != nil {
		t.Fatal(err)
	}
	return list
}

// TestRoundTrip: reading returns what was written, whoever wrote it first.
func TestRoundTrip(t *testing.T) {
	all := exchanges(t)
	got := read(t, write(t, []spec.Exchange{all[1], all[3]}, []spec.Exchange{all[0], all[2], all[4], all[5]}))
	if len(got) != len(all) {
		t.Fatalf("%d entries, want %d", len(got), len(all))
	}
	for i, r := range got {
		if !r.Own || r.Gap != "" || r.Index != i {
			t.Errorf("entry %d: own %t, gap %q, index %d", i, r.Own, r.Gap, r.Index)
		}
		if diff := cmp.Diff(all[i], r.Exchange, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("entry %d (-written +read):\n%s", i, diff)
		}
	}
}

// Long entries are longer than what a spool is read by.
func TestLongEntries(t *testing.T) {
	all := exchanges(t)[:3]
	all[1].Request.Body, all[1].Response.Body = bytes.Repeat([]byte("a"), RequestLimit), bytes.Repeat([]byte("b"), BodyLimit)
	got := read(t, write(t, all))
	if len(got) != len(all) {
		t.Fatalf("%d entries, want %d", len(got), len(all))
	}
	for i, r := range got {
		if diff := cmp.Diff(all[i], r.Exchange, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("entry %d (-written +read):\n%s", i, diff[:min(len(diff), 500)])
		}
	}
}

// TestLeaksAreKept: what redaction removed was judged before.
func TestLeaksAreKept(t *testing.T) {
	leak := spec.Finding{Requirement: "LEAK-CARD-001", Level: spec.Must, Operation: "GET /x", Where: "body", Keyword: "card-number", Want: "no full card number", Got: "a number that ends in 1111"}
	path := filepath.Join(t.TempDir(), "spool")
	s, err := NewSpool(path)
	if err != nil {
		t.Fatal(err)
	}
	s.Add(exchanges(t)[0], 0, []spec.Finding{leak})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Merge(&out, Head{}, path); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]spec.Finding{leak}, read(t, out.Bytes())[0].Leaks); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestLongBodies: they are cut, the file says so, and the reader recognises it.
func TestLongBodies(t *testing.T) {
	ex := exchanges(t)[1]
	ex.Request.Body = bytes.Repeat([]byte("å"), BodyLimit) // two bytes each, so that the cut may be inside a character
	ex.Response.Body = append([]byte("x"), ex.Request.Body...)
	data := write(t, []spec.Exchange{ex})
	if len(data) > 3*BodyLimit {
		t.Errorf("the file has %d bytes", len(data))
	}
	for _, comment := range []string{"cut at 65536 of 524288 bytes", "cut at 262144 of 524289 bytes"} {
		if n := bytes.Count(data, []byte(comment)); n != 1 {
			t.Errorf("%d comments %q, want 1", n, comment)
		}
	}
	got := read(t, data)[0]
	if !got.RequestBodyUnknown || !got.Exchange.Response.BodyUnknown {
		t.Errorf("the reader takes a part for the whole: request %t, answer %t", got.RequestBodyUnknown, got.Exchange.Response.BodyUnknown)
	}
}

// TestKilledProcess: a spool that ends in the middle of a line has all entries before it.
func TestKilledProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "spool")
	s, err := NewSpool(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, ex := range exchanges(t)[:2] {
		s.Add(ex, len(ex.Request.Body), nil)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the spool: %v", info.Mode())
	}
	if err := os.Truncate(path, info.Size()-10); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := Merge(&out, Head{}, path); err != nil {
		t.Fatal(err)
	}
	if got := read(t, out.Bytes()); len(got) != 1 || got[0].Exchange.ID != "x0001" {
		t.Errorf("got %d entries", len(got))
	}
}

func TestSpoolIsNobodysElse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "spool")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := NewSpool(path); err == nil {
		t.Error("a file that is there already was taken for a spool")
	}
}

// TestSchema: the output conforms to the JSON schema of HAR 1.2 that other validators use
// (npm har-schema 2.0.0). So do the samples of real tools, which shows that the schema is
// usable.
func TestSchema(t *testing.T) {
	schema := harSchema(t)
	all := exchanges(t)
	if err := schema.Validate(value(t, write(t, all))); err != nil {
		t.Errorf("ours: %v", err)
	}
	if err := schema.Validate(value(t, sample(t, "chromium-clean.har"))); err != nil {
		t.Errorf("chromium-clean.har: %v", err)
	}
	broken := strings.Replace(string(write(t, all)), `"method":"GET",`, "", 1)
	if err := schema.Validate(value(t, []byte(broken))); err == nil {
		t.Error("a request without a method is valid")
	}
}

func value(t *testing.T, data []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func harSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	files, err := filepath.Glob("testdata/har-schema/*.json")
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	const base = "https://har.example/"
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		v := value(t, data).(map[string]any)
		name := filepath.Base(path)
		v["$id"] = base + name
		if err := c.AddResource(base+name, v); err != nil {
			t.Fatal(err)
		}
	}
	s, err := c.Compile(base + "har.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestAddressesAreURIs: a URL in the file is always a valid URI, and one that already is
// valid is not changed.
func TestAddressesAreURIs(t *testing.T) {
	for text, want := range map[string]string{
		"https://api.example.com/a%2Fb/c;d=e?x=%20&y=a+b/?:@": "https://api.example.com/a%2Fb/c;d=e?x=%20&y=a+b/?:@",
		"http://[::1]:80/[a]?b=[c]":                           "http://[::1]:80/%5Ba%5D?b=%5Bc%5D",
		"http://h/%zz%4":                                      "http://h/%25zz%254",
		"http://h?k=‹redacted A_B›":                           "http://h?k=%E2%80%B9redacted%20A_B%E2%80%BA",
		"http://h/\x00\x7f\xff\"<>\\^`{|}":                    "http://h/%00%7F%FF%22%3C%3E%5C%5E%60%7B%7C%7D",
		"http://h/åäö":                                        "http://h/%C3%A5%C3%A4%C3%B6",
	} {
		if got := uri(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
		if got := uri(uri(text)); got != want {
			t.Errorf("%q: twice it is %s", text, got)
		}
	}
}

// TestNoSecondForm: members of an exchange that HAR has twice say the same.
func TestNoSecondForm(t *testing.T) {
	var raw struct {
		Log struct {
			Entries []struct {
				Request  struct{ Cookies, QueryString []pair }
				Response struct{ Cookies []pair }
			}
		}
	}
	if err := json.Unmarshal(write(t, exchanges(t)[:1]), &raw); err != nil {
		t.Fatal(err)
	}
	e := raw.Log.Entries[0]
	if got := query("a=1&&=2&b&%zz=3&c=%zz&d=%ff&e=%25zz&f=%2541&g=x+y=z"); !slices.Equal(got, pairs{{"a", "1"}, {"b", ""}, {"f", "%41"}, {"g", "x y=z"}}) {
		t.Errorf("odd parameters: %q", got)
	}
	if got := cookies([]string{"a=1; =2; b; c="}); !slices.Equal(got, pairs{{"a", "1"}, {"c", ""}}) {
		t.Errorf("odd cookies: %q", got)
	}
	for _, c := range []struct {
		what      string
		got, want []pair
	}{
		{"cookies sent", e.Request.Cookies, []pair{{"a", "1"}, {"hostup_session", "‹redacted HOSTUP_SESSION›"}}},
		{"query", e.Request.QueryString, []pair{{"kind", "trans action"}, {"page", "1"}}},
		{"cookies set", e.Response.Cookies, []pair{{"b", "2"}, {"c", "3"}}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.what, diff)
		}
	}
}
