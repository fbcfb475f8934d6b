package spec

import (
	"net/http"
	"testing"
)

// Header fields defined by HTTP are well-formed; values that recipients read as something
// else, or that servers in front add, are ignored.
func TestFieldsOfHTTP(t *testing.T) {
	for _, tt := range []struct {
		name, value, want string // starts with the level
	}{
		{"ETag", `"a1"`, ""},
		{"ETag", `W/"a1"`, ""},
		{"ETag", `""`, ""},
		{"ETag", `a1`, `MUST HTTP-FIELD-001 header ETag form | an entity tag in quotes, such as "a1" or W/"a1" | "a1"`},
		{"ETag", `w/"a1"`, `MUST HTTP-FIELD-001 header ETag form | an entity tag in quotes, such as "a1" or W/"a1" | "w/\"a1\""`},
		{"Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT", ""},
		{"Last-Modified", "1994-11-06T08:49:37Z", `MUST HTTP-FIELD-001 header Last-Modified form | a date of HTTP, such as Sun, 06 Nov 1994 08:49:37 GMT | "1994-11-06T08:49:37Z"`},
		{"Retry-After", "120", ""},
		{"Retry-After", "soon", `MUST HTTP-FIELD-001 header Retry-After form | seconds or a date of HTTP | "soon"`},
		{"Location", "/v1/a%20b?c=d#e", ""},
		{"Location", "/v1/a b", `MUST HTTP-FIELD-001 header Location form | a URI reference | "/v1/a b"`},
		{"Allow", "", ""},
		{"Allow", "GET, HEAD", ""},
		{"Allow", "GET; HEAD", `MUST HTTP-FIELD-001 header Allow form | names of methods with commas between them | "GET; HEAD"`},
		{"Vary", "*", ""},
		{"Accept-Ranges", "none", ""},
		{"Content-Language", "sv, en-GB", ""},
		{"Content-Language", "en_GB", `MUST HTTP-FIELD-001 header Content-Language form | tags of languages | "en_GB"`},
		{"Link", `</p?page=2>; rel="next", </p?page=9>; rel="last"`, ""},
		{"Link", `/p?page=2; rel="next"`, `MUST HTTP-FIELD-001 header Link form | addresses in angle brackets, each with its parameters | "/p?page=2; rel=\"next\""`},
		{"Expires", "0", ""},
	} {
		got := ""
		for _, text := range checked(t, `{'200': {description: ok}}`, 200, http.Header{http.CanonicalHeaderKey(tt.name): {tt.value}}, "") {
			got = "MUST " + text
		}
		if got != tt.want {
			t.Errorf("%s: %s\n got %s\nwant %s", tt.name, tt.value, got, tt.want)
		}
	}
}

// A partial response says which bytes it has, and has that length.
func TestRanges(t *testing.T) {
	const responses = `{'200': {description: whole}, '206': {description: part}, '416': {description: none}}`
	for _, tt := range []struct {
		status              int
		contentRange, other string
		body, want          string // starts with the level
	}{
		{206, "bytes 0-3/47", "", "abcd", ""},
		{206, "bytes 0-3/*", "", "abcd", ""},
		{206, "lines 1-2/9", "", "a\nb\n", ""},
		{206, "", "multipart/byteranges; boundary=x", "--x--", ""},
		{206, "", "", "abcd", "MUST HTTP-RANGE-001 header Content-Range required | the range that the part is | no such header"},
		{206, "0-3/47", "", "abcd", `MUST HTTP-RANGE-001 header Content-Range form | a range such as bytes 0-3/47 | "0-3/47"`},
		{206, "bytes 0-3/3", "", "abcd", `MUST HTTP-RANGE-001 header Content-Range range | a range within what there is | "bytes 0-3/3"`},
		{206, "bytes 0-3/47", "", "abcde", "MUST HTTP-RANGE-001 body length | 4 bytes, as Content-Range says | 5 bytes"},
		{416, "bytes */47", "", "", ""},
		{416, "", "", "", ""},
		{416, "bytes 0-3/47", "", "", `MUST HTTP-RANGE-001 header Content-Range form | the length of what there is, such as bytes */47 | "bytes 0-3/47"`},
		{200, "", "", "abcd", ""},
	} {
		h := http.Header{"Content-Type": {"application/octet-stream"}}
		if tt.other != "" {
			h.Set("Content-Type", tt.other)
		}
		if tt.contentRange != "" {
			h.Set("Content-Range", tt.contentRange)
		}
		got := ""
		for _, text := range checked(t, responses, tt.status, h, tt.body) {
			got = "MUST " + text
		}
		if got != tt.want {
			t.Errorf("%d %s %q\n got %s\nwant %s", tt.status, tt.contentRange, tt.body, got, tt.want)
		}
	}
}
