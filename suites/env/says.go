package env

import (
	"fmt"
	"html"
	"net/http"
	"regexp"
	"strings"
	"unicode"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
)

// heading matches what a page for people calls itself.
var heading = regexp.MustCompile(`(?is)<(title|h1)[^>]*>(.*?)</(?:title|h1)>`)

// says quotes the beginning of a body in a form that fits a hint, without secrets: "" if
// there is none. Of a page it quotes the title. It often names the cause: maintenance, a
// missing header, an expired plan.
func (p *preflight) says(ex spec.Exchange) string {
	const searched, most = 16 << 10, 120
	if ex.Response == nil || ex.Response.ReadFailure != "" || ex.Request.Method == http.MethodHead {
		return ""
	}
	text := string(ex.Response.Body[:min(len(ex.Response.Body), searched)])
	if strings.Contains(mediaType(ex), "html") {
		m := heading.FindStringSubmatch(text)
		if m == nil {
			return ""
		}
		text = html.UnescapeString(m[2])
	}
	text = p.env.Text(strings.ToValidUTF8(text, "")) // before it is cut: a part of a secret is harder to recognise
	text = strings.Join(strings.FieldsFunc(client.Brief(text), func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }), " ")
	if r := []rune(text); len(r) > most {
		text = string(r[:most]) + "…"
	}
	if text == "" {
		return ""
	}
	return fmt.Sprintf("it says: %s", text)
}
