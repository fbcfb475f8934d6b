package escape

import "unicode/utf8"

// BodyLimit is where bodies are cut. GitLab refuses JUnit files above 30 MB and
// shows nothing then; with 8 KiB a run with a thousand causes stays below it.
const BodyLimit = 8 << 10

// headerLimit and headersLimit keep a target from filling the file with headers.
const (
	HeaderLimit  = 1000 // characters of one value
	HeadersLimit = 60   // headers of one message
)

// Cut returns the first n bytes of s or fewer, whole characters, and "…" if
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
