package document

import (
	"net/url"
	"strings"
)

// Tokens splits a JSON Pointer (RFC 6901) into its unescaped tokens; nil for the empty
// pointer.
func Tokens(pointer string) []string {
	if pointer == "" {
		return nil
	}
	parts := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, p := range parts {
		if strings.Contains(p, "~") {
			parts[i] = strings.ReplaceAll(strings.ReplaceAll(p, "~1", "/"), "~0", "~")
		}
	}
	return parts
}

// Escape returns a token as it is written in a JSON Pointer.
func Escape(token string) string {
	if !strings.ContainsAny(token, "~/") {
		return token
	}
	return strings.ReplaceAll(strings.ReplaceAll(token, "~", "~0"), "/", "~1")
}

// Pointer joins tokens to a JSON Pointer.
func Pointer(tokens ...string) string {
	var b strings.Builder
	for _, t := range tokens {
		b.WriteByte('/')
		b.WriteString(Escape(t))
	}
	return b.String()
}

// Fragment returns a JSON Pointer as a URI fragment, without "#" (RFC 6901 section 6).
func Fragment(pointer string) string {
	return (&url.URL{Fragment: pointer}).EscapedFragment()
}
