package document_test

import (
	"testing"

	"github.com/hostup/api-conformance/spec/document"
)

// A second document is reported; it is neither read by accident nor dropped. So is text of
// another encoding.
func TestReadYAML(t *testing.T) {
	for text, want := range map[string]string{
		"a: 1":                         "",
		"---\na: 1\n...\n":             "",
		"a: 1\n---\n":                  "", // nothing follows
		"# nothing\n":                  "",
		"a: 1\n---\nb: 2":              "it holds a second YAML document (---, line 3): put all into one",
		"\ufeffa: 1\r\n":               "",
		"\xff\xfea\x00:\x00 \x001\x00": "", // UTF-16
		"a: 1\nb: \xe9t\xe9\n":         "it is not UTF-8: line 2 has the byte 0xE9",
		"\x00\x9f":                     "it is not UTF-8: line 1 has the byte 0x9F",
		"a: 1\n---\nnull":              "it holds a second YAML document (---, line 3): put all into one",
	} {
		_, err := document.ReadYAML([]byte(text))
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
