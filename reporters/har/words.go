package har

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// A formatError says what is wrong with a recording.
type formatError struct{ text string }

func (e *formatError) Error() string { return e.text }

func wrong(format string, args ...any) error { return &formatError{fmt.Sprintf(format, args...)} }

// mostNames is the number of property names examined in a file that is not HAR.
const mostNames = 16

// otherJSON returns the error for a file without a log. It names the format if the
// property names show it.
func otherJSON(names []string) error {
	for _, other := range []struct{ member, what string }{
		{"item", "a collection of Postman"},
		{"_type", "an export of Insomnia"},
		{"resourceSpans", "a trace of OpenTelemetry"},
		{"http_interactions", "a cassette of VCR"},
		{"interactions", "a contract of Pact or a cassette of VCR"},
		{"openapi", "an OpenAPI document: give it with --spec, and a recording beside it"},
		{"request", "one exchange, or one for each line"},
	} {
		if slices.Contains(names, other.member) {
			return notHAR(other.what)
		}
	}
	return wrong("it is no HAR file: there is no member log")
}

// A syntaxError has the wording of encoding/json.
type syntaxError struct{ text string }

func (e *syntaxError) Error() string { return e.text }

func (s *scanner) invalid(c byte, where string) error {
	return &syntaxError{fmt.Sprintf("invalid character %s %s", strconv.QuoteRune(rune(c)), where)}
}

// explain returns err with the location in the file.
func (r *reader) explain(err error) error {
	at := ""
	if r.inside {
		at = fmt.Sprintf(", in entries[%d]", r.entries-1)
	}
	var syntax *json.SyntaxError
	var own *syntaxError
	switch {
	case errors.As(err, &syntax):
		return wrong("it is not JSON after byte %d%s: %s", r.start+max(syntax.Offset-1, 0), at, lowerFirst(err.Error()))
	case errors.As(err, &own):
		return wrong("it is not JSON after byte %d%s: %s", r.at, at, lowerFirst(err.Error()))
	case errors.Is(err, io.EOF):
		return wrong("it is empty")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return wrong("it ends early%s", at)
	case errors.Is(err, errLarge):
		return wrong("a name in it is longer than 1 MiB")
	}
	return wrong("it cannot be read%s: %v", at, err)
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// wrongKind says which property of an entry has the wrong type: ".request.url is an
// array, want a string".
func wrongKind(kind *json.UnmarshalTypeError) string {
	place := ""
	if kind.Field != "" {
		place = "." + kind.Field
	}
	got, _, _ := strings.Cut(kind.Value, " ")
	return fmt.Sprintf("%s is %s, want %s", place, article(got), kindOf(kind))
}

func article(kind string) string {
	switch kind {
	case "array", "object":
		return "an " + kind
	case "bool":
		return "a boolean"
	}
	return "a " + kind
}

func kindOf(e *json.UnmarshalTypeError) string {
	switch e.Type.Kind().String() {
	case "string":
		return "a string"
	case "slice":
		return "an array"
	case "bool":
		return "a boolean"
	case "struct":
		return "an object"
	}
	return "a number"
}
