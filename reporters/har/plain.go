package har

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"io"
)

// plain is the text of a file, without compression and byte order mark.
func plain(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	head, _ := in.Peek(4)
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
		_, _ = in.Discard(3) // which Peek has read
	}
	return in, nil
}
