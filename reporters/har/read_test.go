package har

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// file returns a HAR with these entries.
func file(entries ...string) string {
	return `{"log":{"version":"1.2","creator":{"name":"x","version":"1"},"entries":[` + strings.Join(entries, ",") + `]}}`
}

// entryWith returns an entry with other properties in its request or response.
func entryWith(request, response, more string) string {
	return fmt.Sprintf(`{"startedDateTime":"2026-04-01T12:00:00.000Z","time":5,"request":{%s},"response":{%s}%s}`, request, response, more)
}

const (
	get = `"method":"GET","url":"https://api.example.com/api/v2/billing/cards","headers":[]`
	ok  = `"status":200,"httpVersion":"h2","headers":[{"name":"content-type","value":"application/json"}]`
)

func readAll(text string) (list []Recorded, err error) {
	err = Read(strings.NewReader(text), func(r Recorded) error { list = append(list, r); return nil })
	return list, err
}

// TestReadForeign: deviations of exporters are read as they are meant.
func TestReadForeign(t *testing.T) {
	type facts struct {
		Gap, Body          string
		Unknown, Decoded   bool // of the response body
		RequestBody        string
		RequestBodyUnknown bool
	}
	body := func(text string) string { return ok + `,"content":{"size":2,"text":"` + text + `"}` }
	whole := facts{Body: "{}", Decoded: true}
	const csv = `"status":200,"headers":[{"name":"content-type","value":"text/csv"}]`
	const asked = `"method":"GET","url":"https://api.example.com/api/v2/billing/cards","headers":[{"name":"If-None-Match","value":"\"1\""}]`
	coded := func(answer string) string {
		return strings.Replace(answer, "[", `[{"name":"content-encoding","value":"gzip"},`, 1)
	}
	plain := func(length int) string {
		return strings.Replace(ok, "[", fmt.Sprintf(`[{"name":"content-length","value":"%d"},`, length), 1)
	}
	post := func(more string) string {
		return `"method":"POST","url":"https://api.example.com/api/billing/pay"` + more
	}
	for _, test := range []struct {
		name, entry string
		want        facts
	}{
		{"plain", entryWith(get, body("{}"), ""), whole},
		{"members nobody knows", entryWith(get+`,"x":[1]`, body("{}"), `,"_y":{"z":null}`), whole},
		{"comments", entryWith(get+`,"comment":7`, body("{}"), `,"comment":{}`), whole},
		{"no small print", `{"request":{` + get + `},"response":{` + body("{}") + `}}`, whole},
		{"null small print", entryWith(get+`,"cookies":null,"queryString":null,"headersSize":null,"bodySize":null`, body("{}")+`,"statusText":null,"cookies":null,"bodySize":null`, `,"cache":null,"timings":null`), whole},
		{"odd small print", entryWith(get+`,"cookies":{},"queryString":"a=b","headersSize":"12","bodySize":"0"`, body("{}")+`,"statusText":200,"cookies":[{"name":1}],"headersSize":1.5`, `,"cache":[],"timings":[1]`), whole},
		{"status in quotes", entryWith(get, strings.Replace(body("{}"), "200", `"200"`, 1), ""), whole},
		{"sizes of -1", entryWith(get+`,"bodySize":-1`, body("{}")+`,"bodySize":-1`, ""), whole},
		{"time of -1", strings.Replace(entryWith(get, body("{}"), ""), `"time":5`, `"time":-1`, 1), whole},

		{"base64", entryWith(get, ok+`,"content":{"text":"`+base64.StdEncoding.EncodeToString([]byte(`{}`))+`","encoding":"base64"}`, ""), facts{Body: "{}"}},
		{"Base64", entryWith(get, ok+`,"content":{"text":" e30= ","encoding":"Base64"}`, ""), facts{Body: "{}"}},
		{"size of the encoded body", entryWith(get, ok+`,"content":{"size":900,"text":"{}"}`, ""), whole},
		{"body was not kept", entryWith(get, ok+`,"content":{"size":900}`, ""), facts{Unknown: true, Decoded: true}},
		{"no content at all", entryWith(get, ok, ""), facts{Unknown: true, Decoded: true}},
		{"body was cut", entryWith(get, ok+`,"content":{"size":900,"text":"[1,2"}`, ""), facts{Body: "[1,2", Unknown: true, Decoded: true}},
		{"body is broken JSON", entryWith(get, ok+`,"content":{"size":4,"text":"[1,2"}`, ""), facts{Body: "[1,2", Decoded: true}},
		{"empty body of a proxy that kept none", entryWith(get, ok+`,"content":{"size":0,"text":""}`, ""), facts{Unknown: true, Decoded: true}},
		{"empty body, and the server says so", entryWith(get, `"status":200,"headers":[{"name":"Content-Length","value":"0"}],"content":{"size":0,"text":""}`, ""), facts{Decoded: true}},
		{"base64 without padding", entryWith(get, ok+`,"content":{"text":"e30","encoding":"base64"}`, ""), facts{Body: "{}"}},
		{"base64url", entryWith(get, ok+`,"content":{"text":"W_-__10","encoding":"base64"}`, ""), facts{Body: "[\xff\xbf\xff]"}},
		{"base64 in lines", entryWith(get, ok+`,"content":{"text":"e3\r\n0=\n","encoding":"base64"}`, ""), facts{Body: "{}"}},
		{"base64 that was cut", entryWith(get, ok+`,"content":{"text":"eyJhIjoxLCJiIjoiY","encoding":"base64"}`, ""), facts{Unknown: true, Decoded: true}},
		{"text that is called base64", entryWith(get, ok+`,"content":{"text":"{\"a\":1}","encoding":"base64"}`, ""), facts{Body: `{"a":1}`, Decoded: true}},
		{"a word that is called base64", entryWith(get, ok+`,"content":{"text":"null","encoding":"base64"}`, ""), facts{Body: "null", Decoded: true}},
		{"text that is called text", entryWith(get, ok+`,"content":{"text":"{}","encoding":"UTF-8"}`, ""), whole},
		{"compressed bytes", entryWith(get, coded(ok)+`,"content":{"text":"`+packed([]byte("{}"))+`","encoding":"base64"}`, ""), facts{Body: "{}"}},
		{"compressed bytes in pieces, of Polly", entryWith(get, coded(ok)+`,"content":{"text":"[\"`+packed([]byte("{}"))[:20]+`\",\"`+packed([]byte("{}"))[20:]+`\"]","encoding":"base64"}`, ""), facts{Body: "{}"}},
		{"text that came compressed and is called base64", entryWith(get, coded(ok)+`,"content":{"text":"{}","encoding":"base64"}`, ""), facts{Body: "{}", Decoded: true}},
		{"compressed bytes that were cut", entryWith(get, coded(ok)+`,"content":{"text":"`+packed([]byte("{}"))[:24]+`","encoding":"base64"}`, ""), facts{Body: string(unpacked(packed([]byte("{}"))[:24])), Unknown: true}},
		{"text taken for windows-1252", entryWith(get, ok+`,"content":{"size":9,"text":"[\"â‚¬Ã¥\"]"}`, ""), facts{Body: `["€å"]`, Decoded: true}},
		{"text taken for Latin-1", entryWith(get, plain(9)+`,"content":{"size":-1,"text":"[\"â\u0082¬Ã¥\"]"}`, ""), facts{Body: `["€å"]`, Decoded: true}},
		{"text that the server wrote so", entryWith(get, ok+`,"content":{"size":17,"text":"[\"â‚¬Ã¥\"]"}`, ""), facts{Body: `["â‚¬Ã¥"]`, Decoded: true}},
		{"text taken for windows-1252, nobody knows of how many bytes", entryWith(get, coded(csv)+`,"content":{"size":8,"text":"â‚¬"}`, ""), facts{Body: "€", Decoded: true}},
		{"text of which the recorder was told", entryWith(get, coded(strings.Replace(csv, "csv", "csv; charset=utf-8", 1))+`,"content":{"size":7,"text":"â‚¬"}`, ""), facts{Body: "â‚¬", Decoded: true}},
		{"text in Latin-1", entryWith(get, ok+`,"content":{"size":6,"text":"[\"åä\"]"}`, ""), facts{Body: `["åä"]`, Decoded: true}},
		{"bytes that became replacement characters", entryWith(get, body("[\\\"k\ufffdp\\\"]"), ""), facts{Body: "[\"k\ufffdp\"]", Unknown: true, Decoded: true}},
		{"decoded body, headers of the coded one", entryWith(get, `"status":200,"headers":[{"name":"content-encoding","value":"gzip"},{"name":"content-length","value":"900"}],"content":{"size":2,"text":"{}"}`, ""), whole},
		{"broken JSON, headers of the coded one", entryWith(get, `"status":200,"headers":[{"name":"content-encoding","value":"gzip"},{"name":"content-length","value":"900"}],"content":{"size":2,"text":"{]"}`, ""), facts{Body: "{]", Decoded: true}},
		{"body was cut, says its length", entryWith(get, `"status":200,"headers":[{"name":"content-length","value":"900"}],"content":{"size":4,"text":"[1,2"}`, ""), facts{Body: "[1,2", Unknown: true, Decoded: true}},
		{"body was cut at a round number", entryWith(get, ok+`,"content":{"text":"[`+strings.Repeat("1", 1023)+`"}`, ""), facts{Body: "[" + strings.Repeat("1", 1023), Unknown: true, Decoded: true}},
		{"broken JSON of a round length", entryWith(get, ok+`,"content":{"text":"]`+strings.Repeat("1", 1023)+`"}`, ""), facts{Body: "]" + strings.Repeat("1", 1023), Decoded: true}},
		{"body was cut, says the body", entryWith(get, ok+`,"content":{"text":"[1,2... (Truncated)"}`, ""), facts{Body: "[1,2... (Truncated)", Unknown: true, Decoded: true}},
		{"body was cut, says a comment", entryWith(get, ok+`,"content":{"text":"[1,2","comment":"truncated"}`, ""), facts{Body: "[1,2", Unknown: true, Decoded: true}},
		{"broke off in the browser", entryWith(get, body("[1")+`,"_error":"net::ERR_ABORTED"`, ""), facts{Body: "[1", Unknown: true, Decoded: true}},
		{"broke off in Playwright", entryWith(get, body("[1")+`,"_failureText":"net::ERR_ABORTED"`, ""), facts{Body: "[1", Unknown: true, Decoded: true}},
		{"no error", entryWith(get, body("{}")+`,"_error":null`, ""), whole},
		{"headers in an object", entryWith(get, `"status":200,"headers":{"content-type":"application/json"},"content":{"text":"{}"}`, ""), whole},
		{"headers in lists of two", entryWith(get, `"status":200,"headers":[["content-type","application/json"]],"content":{"text":"{}"}`, ""), whole},
		{"compressed body as it was sent", entryWith(get, `"status":200,"headers":[{"name":"Content-Encoding","value":"br"}],"content":{"size":3,"text":"\u0001\ufffdx"}`, ""), facts{Body: "\x01\ufffdx", Unknown: true, Decoded: true}},
		{"answer to HEAD", entryWith(strings.Replace(get, "GET", "HEAD", 1), body("{}"), ""), facts{Unknown: true, Decoded: true}},
		{"no content", entryWith(get, strings.Replace(body("{}"), "200", "204", 1), ""), facts{Unknown: true, Decoded: true}},

		{"no answer", entryWith(get, `"status":0,"_error":"net::ERR_CONNECTION_REFUSED"`, ""), facts{Gap: GapAnswer}},
		{"answer is null", `{"request":{` + get + `},"response":null}`, facts{Gap: GapAnswer}},
		{"answer is missing", `{"request":{` + get + `}}`, facts{Gap: GapAnswer}},
		{"status is null", entryWith(get, `"status":null`, ""), facts{Gap: GapAnswer}},
		{"from the cache", entryWith(get, body("{}"), `,"_fromCache":"disk"`), facts{Gap: GapCache, Body: "{}", Decoded: true}},
		{"from a service worker", entryWith(get, body("{}"), `,"_fetchedViaServiceWorker":true`), facts{Gap: GapCache, Body: "{}", Decoded: true}},
		{"from a service worker, says the answer", entryWith(get, body("{}")+`,"_fetchedViaServiceWorker":true`, ""), facts{Gap: GapCache, Body: "{}", Decoded: true}},
		{"not from a service worker", entryWith(get, body("{}")+`,"_fetchedViaServiceWorker":false`, ""), whole},
		{"from the cache, says DevTools", entryWith(get, body("{}"), `,"_fromDiskCache":true`), facts{Gap: GapCache, Body: "{}", Decoded: true}},
		{"from the cache, says Safari", entryWith(get, body("{}"), `,"_fetchType":"Memory Cache"`), facts{Gap: GapCache, Body: "{}", Decoded: true}},
		{"from the network, says Safari", entryWith(get, body("{}"), `,"_fetchType":"Network Load"`), whole},
		{"from the cache, says NetExport", entryWith(get, body("{}"), `,"cache":{"afterRequest":{"hitCount":3}}`), facts{Gap: GapCache, Body: "{}", Decoded: true}},
		{"from the cache, says Firefox", entryWith(get, body("{}"), `,"cache":{"afterRequest":null}`), facts{Gap: GapCache, Body: "{}", Decoded: true}},
		{"from the cache, says sitespeed", entryWith(get, body("{}"), `,"cache":{"beforeRequest":{"eTag":""}}`), facts{Gap: GapCache, Body: "{}", Decoded: true}},
		{"no cache", entryWith(get, body("{}"), `,"cache":{"beforeRequest":null,"afterRequest":null}`), whole},
		{"no cache, in objects", entryWith(get, body("{}"), `,"cache":{"beforeRequest":{},"afterRequest":{},"comment":""}`), whole},
		{"from the cache after it asked, says Playwright", entryWith(asked, body("{}")+`,"bodySize":0`, ""), facts{Gap: GapCache, Body: "{}", Decoded: true}},
		{"from the cache, whose body was left out", entryWith(asked, `"status":200,"headers":[{"name":"ETag","value":"\"1\""}],"content":{"size":161,"mimeType":"application/json"},"bodySize":0`, ""), facts{Gap: GapCache, Unknown: true, Decoded: true}},
		{"headers of the redirect before", entryWith(get, `"status":200,"headers":[{"name":"Location","value":"/x"},{"name":"Content-Length","value":"0"}],"content":{"size":2,"text":"{}"}`, ""), facts{Gap: GapHeaders, Body: "{}", Decoded: true}},
		{"an empty response to a conditional request", entryWith(asked, `"status":200,"headers":[{"name":"Content-Length","value":"0"}],"content":{"size":0,"text":""},"bodySize":0`, ""), facts{Decoded: true}},
		{"from the cache, under the headers of 304", entryWith(asked, `"status":200,"headers":[{"name":"ETag","value":"\"1\""}],"content":{"text":"{}"},"bodySize":-1`, ""), facts{Gap: GapCache, Body: "{}", Decoded: true}},
		{"from the server, which was asked for what is new", entryWith(asked, body("{}")+`,"bodySize":2`, ""), whole},
		{"sizes of 0", entryWith(get, body("{}")+`,"bodySize":0`, ""), whole},
		{"nothing came", entryWith(get, body("{}")+`,"_transferSize":0`, ""), facts{Gap: GapCache, Body: "{}", Decoded: true}},
		{"of ZAP", entryWith(get, `"status":502,"headers":[{"name":"Content-Type","value":"text/plain"}],"content":{"text":"ZAP Error [java.net.ConnectException]: refused"}`, ""), facts{Gap: GapRecorder, Body: "ZAP Error [java.net.ConnectException]: refused", Decoded: true}},
		{"failed in Charles", entryWith(get, body("{}")+`,"_charlesStatus":"EXCEPTION"`, ""), facts{Gap: GapAnswer, Body: "{}", Decoded: true}},
		{"complete in Charles", entryWith(get, body("{}")+`,"_charlesStatus":"Complete"`, ""), whole},
		{"mocked by Playwright", entryWith(get, body("{}"), `,"_wasFulfilled":true`), facts{Gap: GapTest, Body: "{}", Decoded: true}},
		{"aborted by Playwright", entryWith(get, `"status":-1,"content":{"size":-1,"mimeType":"x-unknown"}`, `,"_wasAborted":true`), facts{Gap: GapAnswer}},
		{"not modified", entryWith(get, strings.Replace(body("{}"), "200", "304", 1), ""), facts{Gap: GapCache, Body: "{}", Decoded: true}},
		{"the browser's own redirect", entryWith(`"method":"GET","url":"http://api.example.com/a?b"`, `"status":307,"headers":[{"name":"Location","value":"https://api.example.com/a?b"}]`, ""), facts{Gap: GapBrowser, Unknown: true, Decoded: true}},
		{"headers were left out", entryWith(get, `"status":200,"headers":[],"content":{"text":"{}"}`, ""), facts{Gap: GapHeaders, Body: "{}", Decoded: true}},
		{"headers are null", entryWith(get, `"status":200,"headers":null,"content":{"text":"{}"}`, ""), facts{Gap: GapHeaders, Body: "{}", Decoded: true}},
		{"a WebSocket", entryWith(`"method":"GET","url":"wss://api.example.com/live"`, `"status":101`, ""), facts{Gap: GapScheme}},
		{"data in a URL", entryWith(`"method":"GET","url":"data:text/plain,x"`, `"status":200`, ""), facts{Gap: GapScheme}},
		{"an upgrade", entryWith(get, `"status":101`, ""), facts{Gap: GapScheme}},

		{"posted text", entryWith(post(`,"postData":{"mimeType":"application/json","text":"{}"}`), body("{}"), ""), facts{Body: "{}", Decoded: true, RequestBody: "{}"}},
		{"posted in base64", entryWith(post(`,"postData":{"text":"e30=","_encoding":"base64"}`), body("{}"), ""), facts{Body: "{}", Decoded: true, RequestBody: "{}"}},
		{"posted in base64, says Reqable", entryWith(post(`,"postData":{"text":"e30=","encoding":"base64"}`), body("{}"), ""), facts{Body: "{}", Decoded: true, RequestBody: "{}"}},
		{"posted text that is called base64", entryWith(post(`,"postData":{"text":"{}","_encoding":"base64"}`), body("{}"), ""), facts{Body: "{}", Decoded: true, RequestBody: "{}"}},
		{"posted parameters", entryWith(post(`,"postData":{"mimeType":"x","params":[{"name":"a","value":"b"}]}`), body("{}"), ""), facts{Body: "{}", Decoded: true, RequestBodyUnknown: true}},
		{"posted and not kept", entryWith(post(`,"bodySize":40`), body("{}"), ""), facts{Body: "{}", Decoded: true, RequestBodyUnknown: true}},
		{"posted, says a header", entryWith(post(`,"headers":[{"name":"content-length","value":"4"}],"postData":{"text":""}`), body("{}"), ""), facts{Body: "{}", Decoded: true, RequestBodyUnknown: true}},
		{"posted or not, nobody knows", entryWith(post(``), body("{}"), ""), facts{Body: "{}", Decoded: true, RequestBodyUnknown: true}},
		{"posted nothing", entryWith(post(`,"bodySize":0`), body("{}"), ""), facts{Body: "{}", Decoded: true}},
	} {
		t.Run(test.name, func(t *testing.T) {
			list, err := readAll(file(test.entry))
			if err != nil {
				t.Fatal(err)
			}
			r := list[0]
			got := facts{Gap: r.Gap, Decoded: r.Decoded, RequestBody: string(r.Exchange.Request.Body), RequestBodyUnknown: r.RequestBodyUnknown}
			if a := r.Exchange.Response; a != nil {
				got.Body, got.Unknown = string(a.Body), a.BodyUnknown
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// packed returns a body as sent with compression, in base64.
func packed(body []byte) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(body)
	w.Close()
	return base64.StdEncoding.EncodeToString(b.Bytes())
}

func unpacked(text string) []byte {
	b, _ := base64.StdEncoding.DecodeString(text)
	return b
}

// TestReadMethods: a client library writes methods in lower case, although it sends them
// in upper case.
func TestReadMethods(t *testing.T) {
	for name, want := range map[string]string{"get": "GET", "patch": "PATCH", "QUERY": "QUERY", "Get": "Get"} {
		list, err := readAll(file(entryWith(strings.Replace(get, "GET", name, 1), ok, "")))
		if err != nil || list[0].Exchange.Request.Method != want {
			t.Errorf("%s: %v, want %s", name, list, want)
		}
	}
}

// TestReadHeaders: lower-case names and pseudo-headers of HTTP/2, values joined by
// browsers, values that are not strings.
func TestReadHeaders(t *testing.T) {
	list, err := readAll(file(entryWith(
		`"method":"GET","url":"https://api.example.com/x","headers":[{"name":":authority","value":"api.example.com"},{"name":":path","value":"/x"},{"name":"accept","value":"*/*"},{"name":"x-n","value":7},{"name":"","value":"x"},{"name":"x-null","value":null}]`,
		`"status":200,"headers":[{"name":":status","value":"200"},{"name":"set-cookie","value":"a=1\nb=2"},{"name":"Set-Cookie","value":"c=3"}]`, "")))
	if err != nil {
		t.Fatal(err)
	}
	want := http.Header{"Accept": {"*/*"}, "X-N": {"7"}, "X-Null": {""}}
	if diff := cmp.Diff(want, list[0].Exchange.Request.Header); diff != "" {
		t.Errorf("request (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(http.Header{"Set-Cookie": {"a=1", "b=2", "c=3"}}, list[0].Exchange.Response.Header); diff != "" {
		t.Errorf("answer (-want +got):\n%s", diff)
	}
}

// TestReadTimes: a time without a zone is ignored, so that nothing is judged by it.
func TestReadTimes(t *testing.T) {
	noon := time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Time{
		`"2026-04-01T12:00:00Z"`:                  noon,
		`"2026-04-01T14:00:00.000+02:00"`:         noon,
		`"2026-04-01T14:00:00.000+0200"`:          noon,
		`"2026-04-01T12:00:00.0000000+00:00"`:     noon,
		`"2026-04-01T12:00:00"`:                   {},
		`"Wed, 01 Apr 2026 12:00:00 GMT"`:         {},
		`1775044800000`:                           {},
		`null`:                                    {},
		`{"$date":"2026-04-01T12:00:00.000000Z"}`: {},
	} {
		list, err := readAll(file(`{"startedDateTime":` + text + `,"request":{` + get + `},"response":{` + ok + `}}`))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		ex := list[0].Exchange
		if !ex.Request.Sent.Equal(want) {
			t.Errorf("%s: sent %v, want %v", text, ex.Request.Sent, want)
		}
		if !ex.Response.Received.IsZero() {
			t.Errorf("%s: the clock of a recorder says that the answer came at %v", text, ex.Response.Received)
		}
	}
}

// TestReadAddresses: the path is the one that was sent, byte for byte.
func TestReadAddresses(t *testing.T) {
	for text, want := range map[string]struct{ path, query, host string }{
		"https://API.example.com":                     {"/", "", "API.example.com"},
		"https://api.example.com?a=b#c":               {"/", "a=b", "api.example.com"},
		"HTTPS://api.example.com:8443/a%2Fb/?a=%zz":   {"/a%2Fb/", "a=%zz", "api.example.com:8443"},
		"http://user:secret@127.0.0.1/x":              {"/x", "", "127.0.0.1"},
		"http://[::1]:80/x":                           {"/x", "", "[::1]:80"},
		"https://api.example.com/api/v2/billing/åäö?": {"/api/v2/billing/%C3%A5%C3%A4%C3%B6", "", "api.example.com"},
	} {
		list, err := readAll(file(entryWith(`"method":"GET","url":"`+text+`"`, ok, "")))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		u := list[0].Exchange.Request.URL
		if u.EscapedPath() != want.path || u.RawQuery != want.query || u.Host != want.host || u.User != nil {
			t.Errorf("%s: host %q path %q query %q user %v", text, u.Host, u.EscapedPath(), u.RawQuery, u.User)
		}
	}
}

// TestReadRefuses: the error for a file that is not HAR gives the location, but no values
// of the file, which may be secret.
func TestReadRefuses(t *testing.T) {
	good := entryWith(get, ok, "")
	for _, test := range []struct{ name, text, want string }{
		{"empty", "", "it is empty"},
		{"space", " \n", "it is empty"},
		{"text", "secret-7f", "it is not JSON after byte 0: invalid character 's' looking for beginning of value"},
		{"list", "[]", "the file is not an object"},
		{"another document", `{"openapi":"3.1.0"}`, "it is no HAR, as browsers and proxies export it, but an OpenAPI document"},
		{"another document as YAML", "openapi: 3.1.0\n", "it is no HAR, as browsers and proxies export it, but an OpenAPI document"},
		{"no document", `{"a":"secret-7f"}`, "it is no HAR file: there is no member log"},
		{"Postman", `{"info":{"name":"secret-7f"},"item":[]}`, "it is no HAR, as browsers and proxies export it, but a collection of Postman"},
		{"lines of JSON", `{"request":{},"response":{}}` + "\n" + `{"request":{}}`, "it is no HAR, as browsers and proxies export it, but one exchange, or one for each line"},
		{"flows", "1234:4:type;4:http;7:version;2:20#", "it is no HAR, as browsers and proxies export it, but a file of mitmproxy flows: mitmdump -nr FILE --set hardump=session.har makes HAR of it"},
		{"packets", "\xd4\xc3\xb2\xa1\x02\x00", "it is no HAR, as browsers and proxies export it, but a packet capture"},
		{"Burp", "<?xml version=\"1.0\"?><items>", "it is no HAR, as browsers and proxies export it, but XML"},
		{"VCR", "---\nhttp_interactions:\n- request:", "it is no HAR, as browsers and proxies export it, but a cassette of VCR"},
		{"VCR of Python", "interactions:\n- request:", "it is no HAR, as browsers and proxies export it, but a cassette of VCR"},
		{"curl", "* Connected to secret-7f\n> GET /", "it is no HAR, as browsers and proxies export it, but a log of curl"},
		{"log is a list", `{"log":[]}`, "log is not an object"},
		{"no entries", `{"log":{"version":"1.2"}}`, "it is no HAR file: there is no member log.entries"},
		{"entries are an object", `{"log":{"entries":{}}}`, "log.entries is not a list"},
		{"two logs", `{"log":{"entries":[]},"log":{"entries":[]}}`, "log stands twice"},
		{"two lists", `{"log":{"entries":[],"entries":[]}}`, "log.entries stands twice"},
		{"something after it", file(good) + "{}", "something follows the end of the JSON text"},
		{"cut", file(good, good)[:len(file(good, good))-20], "it ends early, in entries[1]"},
		{"broken beside the entries", `{"log":{"entries":[],"pages":[nul]}}`, "it is not JSON after byte 33: invalid character ']' in literal null"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := readAll(test.text)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("got %v, want %q", err, test.want)
			}
			if strings.Contains(err.Error(), "secret-7f") || strings.Contains(err.Error(), "\n") {
				t.Errorf("the error repeats the file: %v", err)
			}
		})
	}
}

// TestReadPacked: a compressed recording is read; for a file that is not UTF-8 the error
// says what to do.
func TestReadPacked(t *testing.T) {
	text := file(entryWith(get, ok, ""))
	packed := func(to func(io.Writer) io.WriteCloser) string {
		var b bytes.Buffer
		w := to(&b)
		_, _ = io.WriteString(w, "\xef\xbb\xbf"+text)
		w.Close()
		return b.String()
	}
	gz := packed(func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
	for name, data := range map[string]string{
		"gzip": gz,
		"zlib": packed(func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }),
	} {
		if list, err := readAll(data); err != nil || len(list) != 1 {
			t.Errorf("%s: %d entries, %v", name, len(list), err)
		}
	}
	for name, test := range map[string]struct{ data, want string }{
		"cut gzip":    {gz[:len(gz)/2], "it ends early"},
		"broken gzip": {gz[:6], "it cannot be decompressed: unexpected EOF"},
		"zip":         {"PK\x03\x04\x14\x00", "it is a ZIP archive: unpack it and name the .har file in it"},
		"UTF-16":      {"\xff\xfe{\x00", "it is text in UTF-16: save it as UTF-8"},
		"UTF-16 bare": {"{\x00\"\x00", "it is text in UTF-16: save it as UTF-8"},
	} {
		if _, err := readAll(test.data); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
}
