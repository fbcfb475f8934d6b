package har

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"io"
	"regexp"
)

var (
	flows    = regexp.MustCompile(`^[0-9]{1,10}:[0-9]{1,10}:`) // tnetstrings
	openAPI  = regexp.MustCompile(`^(?:---\s+)?(?:openapi|swagger):`)
	cassette = regexp.MustCompile(`^(?:---\s+)?(?:http_interactions|interactions|version: [12]\s+interactions):`)
)

// notHAR returns the error for a file of another format.
func notHAR(what string) error {
	return wrong("it is no HAR, as browsers and proxies export it, but %s", what)
}

// plain returns a reader of the file without compression and byte order mark.
func plain(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	const signature = 64 // bytes
	head, _ := in.Peek(signature)
	begins := func(marks ...string) bool {
		for _, mark := range marks {
			if bytes.HasPrefix(head, []byte(mark)) {
				return true
			}
		}
		return false
	}
	var err error
	switch {
	case begins("PK\x03\x04", "PK\x05\x06"):
		return nil, wrong("it is a ZIP archive: unpack it and name the .har file in it")
	case begins("\xff\xfe", "\xfe\xff", "{\x00", "\x00{"):
		return nil, wrong("it is text in UTF-16: save it as UTF-8")
	case begins("\xd4\xc3\xb2\xa1", "\xa1\xb2\xc3\xd4", "\x0a\x0d\x0d\x0a"):
		return nil, notHAR("a packet capture")
	case flows.Match(head):
		return nil, notHAR("a file of mitmproxy flows: mitmdump -nr FILE --set hardump=session.har makes HAR of it")
	case begins("<", "\xef\xbb\xbf<"):
		return nil, notHAR("XML or HTML")
	case openAPI.Match(head):
		return nil, notHAR("an OpenAPI document: give it with --spec, and a recording beside it")
	case cassette.Match(head):
		return nil, notHAR("a cassette of VCR")
	case begins("* ", "> ", "< ", "HTTP/"):
		return nil, notHAR("a log of curl")
	case begins("\x1f\x8b"):
		r, err = gzip.NewReader(in)
	case begins("x\x01", "x\x5e", "x\x9c", "x\xda"): // no JSON text begins with x
		r, err = zlib.NewReader(in)
	default:
		r = in
	}
	if err != nil {
		return nil, wrong("it cannot be decompressed: %v", err)
	}
	if r != in {
		in = bufio.NewReaderSize(r, 64<<10)
	}
	if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3) // already read by Peek
	}
	return in, nil
}
