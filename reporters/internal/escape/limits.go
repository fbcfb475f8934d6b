package escape

import "unicode/utf8"

// BodyLimit is the length in bytes at which bodies are cut. GitLab shows nothing of JUnit
// files above 30 MB; with 8 KiB a run with a thousand causes stays below that.
const BodyLimit = 8 << 10

// HeaderLimit and HeadersLimit keep a target from filling the file with headers.
const (
	HeaderLimit  = 1000 // characters of one value
	HeadersLimit = 60   // headers of one message
)

// Cut returns at most the first n bytes of s, in whole characters, followed by "…" if
// that is not all.
func Cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
