package env

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hostup/api-conformance/spec"
)

// Curl is a command for a POSIX shell that sends the request of a redacted
// exchange again, byte for byte as far as curl can: the markers of configured
// credentials become variables ("$HOSTUP_API_KEY"), so that the command works
// where the run worked. Flags go before everything else as they are; see
// [Config.CurlFlags]. A credential in the query needs curl 7.87 (--url-query).
//
// A body of more than 8 KiB is not part of the command; it then reads a file
// that the user has to make, and a comment says so.
//
// (moul.io/http2curl writes headers in double quotes with the credentials in
// them, normalises the path, and knows neither bytes that are no text nor the
// headers that curl adds by itself.)
func Curl(ex spec.Exchange, flags ...string) string {
	req := ex.Request
	args := append([]string{"curl", "-sS"}, flags...)
	hasBody := len(req.Body) > 0
	switch {
	case req.Method == http.MethodHead && !hasBody:
		args = append(args, "--head") // -X HEAD would wait for a body
	case req.Method != http.MethodGet || hasBody:
		args = append(args, "-X", word(req.Method))
	}
	args = append(args, target(req)...)
	args = append(args, headers(req)...)

	pipe, comment := "", ""
	switch {
	case len(req.Body) > bodyShown:
		args = append(args, "--data-binary", "@body.bin")
		comment = fmt.Sprintf("  # body.bin: the body of %d bytes, too long to show", len(req.Body))
	case hasBody && !textual(req.Body):
		pipe = printf(string(req.Body)) + " | "
		args = append(args, "--data-binary", "@-")
	case hasBody && req.Body[0] == '@':
		args = append(args, "--data-raw", quote(string(req.Body))) // --data-binary would read a file
	case hasBody:
		args = append(args, "--data-binary", quote(string(req.Body)))
	case sendsLength(req):
		args = append(args, "--data-binary", "''")
	}
	return pipe + strings.Join(args, " ") + comment
}

// CurlFlags are the flags for [Curl] that repeat how the run trusts the target.
func (c Config) CurlFlags() []string {
	var flags []string
	add := func(flag, value string) {
		if value != "" {
			flags = append(flags, flag, quote(value))
		}
	}
	add("--cacert", c.CAFile)
	add("--cert", c.ClientCert)
	add("--key", c.ClientKey)
	if c.Insecure {
		flags = append(flags, "--insecure")
	}
	return flags
}

// target is the URL with the flags that keep curl from changing it.
func target(req spec.Request) []string {
	if req.URL == nil {
		return []string{"''"}
	}
	exact := requestTarget(req.URL)
	origin := req.URL.Scheme + "://" + req.URL.Host
	var flags []string
	if m := lastParameter.FindStringSubmatchIndex(exact); m != nil {
		// The variable has the credential as it is, a query has it escaped.
		flags = append(flags, "--url-query", quote(exact[m[2]:]))
		exact = exact[:m[0]]
	}
	if strings.ContainsAny(exact, "[]{}") {
		flags = append(flags, "--globoff")
	}
	path, _, _ := strings.Cut(exact, "?")
	for segment := range strings.SplitSeq(strings.ToLower(path), "/") {
		if dots := strings.ReplaceAll(segment, "%2e", "."); dots == "." || dots == ".." {
			flags = append(flags, "--path-as-is")
			break
		}
	}
	if !strings.HasPrefix(exact, "/") || strings.ContainsAny(exact, "#\\") {
		return append(flags, "--request-target", quote(exact), quote(origin+"/"))
	}
	return append(flags, quote(origin+exact))
}

// headers are the headers of the request, sorted, and the removal of those that
// curl would add.
func headers(req spec.Request) []string {
	var names, args []string
	for name := range req.Header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, v := range req.Header[name] {
			switch {
			case v == "" && name == "User-Agent":
				args = append(args, "-H", "'User-Agent:'") // net/http sends none then
			case v == "":
				args = append(args, "-H", quote(name+";")) // curl's way to send an empty header
			default:
				args = append(args, "-H", header(name, v))
			}
		}
	}
	without := []string{"Accept", "User-Agent"}
	if len(req.Body) > 0 || sendsLength(req) {
		without = append(without, "Content-Type")
	}
	for _, name := range without {
		if len(req.Header.Values(name)) == 0 {
			args = append(args, "-H", quote(name+":"))
		}
	}
	return args
}

// header is one header line, quoted. A credential in HTTP Basic is encoded by the shell.
func header(name, value string) string {
	if m := basicHeader.FindStringSubmatch(value); m != nil {
		return fmt.Sprintf(`"%s: Basic $(printf '%%s:' "$%s" | base64 | tr -d '\n')"`, name, m[1])
	}
	return quote(name + ": " + value)
}

var (
	basicHeader = regexp.MustCompile(`^(?i:basic) ‹redacted (HOSTUP_[A-Z_]+) base64›$`)
	// lastParameter is where the client puts a credential into a query.
	lastParameter = regexp.MustCompile(`[?&](api_key=‹redacted HOSTUP_[A-Z_]+›)$`)
	variable      = regexp.MustCompile(`‹redacted (HOSTUP_[A-Z_]+)›`)
	followed      = regexp.MustCompile(`‹redacted (HOSTUP_[A-Z_]+)›([A-Za-z0-9_])`)
	shellSafe     = regexp.MustCompile(`^[A-Za-z0-9_./:=@%+,-]+$`)
)

// sendsLength reports whether a request without a body says so by
// Content-Length: 0, which curl does for --data-binary ”.
func sendsLength(req spec.Request) bool {
	switch req.Method {
	case http.MethodPost, http.MethodPut, http.MethodPatch:
		return len(req.Body) == 0
	case http.MethodGet, http.MethodHead:
		return false
	}
	return req.Body != nil && len(req.Body) == 0
}

// textual reports whether a body survives quoting and copying.
func textual(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\n' || c == 0x7f {
			return false
		}
	}
	return utf8.Valid(b)
}

// word quotes s unless it is a plain word.
func word(s string) string {
	if shellSafe.MatchString(s) {
		return s
	}
	return quote(s)
}

// quote makes s one word of the shell: in single quotes, or in double quotes
// around the variables that stand for credentials.
func quote(s string) string {
	found := variable.FindAllStringSubmatchIndex(s, -1)
	if found == nil {
		return single(s)
	}
	if !strings.ContainsAny(variable.ReplaceAllString(s, ""), "\"$`\\!\n") {
		// Braces where the name would go on: "$HOSTUP_API_KEYx" is another variable.
		s = followed.ReplaceAllString(s, "$${$1}$2")
		return `"` + variable.ReplaceAllString(s, "$$$1") + `"`
	}
	var out strings.Builder
	at := 0
	for _, f := range found {
		if f[0] > at {
			out.WriteString(single(s[at:f[0]]))
		}
		out.WriteString(`"$` + s[f[2]:f[3]] + `"`)
		at = f[1]
	}
	if at < len(s) {
		out.WriteString(single(s[at:]))
	}
	return out.String()
}

func single(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// printf is a command that writes s, whatever bytes it holds.
func printf(s string) string {
	var format strings.Builder
	var args []string
	at := 0
	literal := func(s string) {
		for i := range len(s) {
			switch c := s[i]; {
			case c == '%':
				format.WriteString("%%")
			case c == '\\':
				format.WriteString(`\\`)
			case c < ' ' || c >= 0x7f || c == '\'':
				fmt.Fprintf(&format, `\%03o`, c)
			default:
				format.WriteByte(c)
			}
		}
	}
	for _, f := range variable.FindAllStringSubmatchIndex(s, -1) {
		literal(s[at:f[0]])
		format.WriteString("%s")
		args = append(args, ` "$`+s[f[2]:f[3]]+`"`)
		at = f[1]
	}
	literal(s[at:])
	return "printf '" + format.String() + "'" + strings.Join(args, "")
}
