package har

import (
	"strings"
	"testing"
)

// TestReadOdd: only the unusual entry is skipped. It is described without values of the
// file; the rest is read.
func TestReadOdd(t *testing.T) {
	good := entryWith(get, ok, "")
	for _, test := range []struct{ name, entry, want string }{
		{"null", "null", " is null"},
		{"a number", "7", " is a number, want an object"},
		{"no request", "{}", ".request is missing"},
		{"request is text", `{"request":"secret-7f"}`, ".request is a string, want an object"},
		{"no method", entryWith(`"url":"http://x/"`, ok, ""), ".request.method is missing"},
		{"no address", entryWith(`"method":"GET"`, ok, ""), ".request.url is missing"},
		{"relative address", entryWith(`"method":"GET","url":"/secret-7f"`, ok, ""), ".request.url is not an absolute URL"},
		{"no host", entryWith(`"method":"GET","url":"http:///secret-7f"`, ok, ""), ".request.url is not an absolute URL"},
		{"address is a list", entryWith(`"method":"GET","url":["secret-7f"]`, ok, ""), ".request.url is an array, want a string"},
		{"headers are text", entryWith(get, `"status":200,"headers":"a: secret-7f"`, ""), ".response.headers is a string, want an array"},
		{"broken", `{"request":}`, " is not JSON: invalid character '}' looking for beginning of value"},
		{"not a number", strings.Replace(entryWith(get, ok, ""), `"time":5`, `"time":NaN`, 1), " is not JSON: invalid character 'N' looking for beginning of value"},
		{"a line break in a text", entryWith(get, ok+",\"content\":{\"text\":\"secret-7f\n\"}", ""), " is not JSON: invalid character '\\n' in string literal"},
		{"deep", strings.Repeat("[", 20000) + strings.Repeat("]", 20000), " is not JSON: invalid character '[' exceeded max depth"},
		{"status is odd", entryWith(get, `"status":1000`, ""), ".response.status is no HTTP status: want 0 or 100 to 999"},
		{"unknown encoding", entryWith(get, ok+`,"content":{"text":"secret-7f","encoding":"rot13"}`, ""), ".response.content.encoding is neither base64 nor empty"},
		{"address is empty", entryWith(`"method":"GET","url":""`, ok, ""), ".request.url is missing"},
		{"address is null", entryWith(`"method":"GET","url":null`, ok, ""), ".request.url is missing"},
		{"host with a space", entryWith(`"method":"GET","url":"https://secret-7f x/"`, ok, ""), ".request.url is not an absolute URL"},
		{"port is a word", entryWith(`"method":"GET","url":"https://x:secret-7f/"`, ok, ""), ".request.url is not an absolute URL"},
		{"method is a number", entryWith(`"method":7,"url":"https://x/"`, ok, ""), ".request.method is a number, want a string"},
		{"response is a list", entryWithout(get, `[]`), ".response is an array, want an object"},
		{"body is an object", entryWith(get, ok+`,"content":{"text":{"a":"secret-7f"}}`, ""), ".response.content.text is an object, want a string"},
		{"posted text", entryWith(get+`,"postData":"secret-7f"`, ok, ""), ".request.postData is a string, want an object"},
		{"posted object", entryWith(get+`,"postData":{"text":{"a":"secret-7f"}}`, ok, ""), ".request.postData.text is an object, want a string"},
		{"headers are numbers", entryWith(get, `"status":200,"headers":[7]`, ""), ".response.headers is a number, want an object"},
		{"headers are lists of one", entryWith(get, `"status":200,"headers":[{"name":"a"},["secret-7f"]]`, ""), ".response.headers is an array, want an object"},
	} {
		t.Run(test.name, func(t *testing.T) {
			list, err := readAll(file(good, test.entry, good))
			if err != nil || len(list) != 3 {
				t.Fatalf("%d entries, %v", len(list), err)
			}
			if list[0].Gap != "" || list[2].Gap != "" || list[2].Index != 2 {
				t.Errorf("the others: %q, %q", list[0].Odd, list[2].Odd)
			}
			if got := list[1]; got.Gap != GapOdd || got.Odd != test.want || got.Index != 1 || got.Exchange.Response != nil {
				t.Errorf("gap %q, %q, index %d, want %q", got.Gap, got.Odd, got.Index, test.want)
			}
		})
	}
}

// entryWithout returns an entry with a response that is not an object.
func entryWithout(request, response string) string {
	return `{"request":{` + request + `},"response":` + response + `}`
}
