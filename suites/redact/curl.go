package redact

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"

	"github.com/hostup/api-conformance/spec"
)

// Curl returns a one-line shell command that repeats the request of ex, byte for byte as
// far as curl can. ex must not be redacted. In requests to the base URL, a credential
// with a variable is written as that variable ("$API_KEY"), so that the command works in
// the environment of the run. All other secrets, and all secrets in requests to other
// origins, are written as "<redacted>".
//
// All other text is quoted, see [quote]. Any POSIX shell can run the command, unless a
// body has line breaks or other control characters: those need $'…', which bash, zsh and
// ksh know. The flags come first; see [config.Config.CurlFlags]. A credential in the
// query needs curl 7.87 (--url-query).
//
// A header that is not valid in HTTP is left out. If the body is too long for a command,
// Curl returns a shell comment that says so.
//
// (moul.io/http2curl writes headers with their credentials in double quotes, normalises
// the path, and handles neither binary bodies nor the headers that curl adds itself.)
func (r *Redactor) Curl(ex spec.Exchange, flags ...string) string {
	c := curl{r: r, req: ex.Request, variables: ex.Request.URL != nil && SameOrigin(r.base, ex.Request.URL)}
	args := []string{"curl", "-sS"}
	for _, f := range flags {
		if !curlOption.MatchString(f) {
			f = quote(f)
		}
		args = append(args, f)
	}
	hasBody := len(c.req.Body) > 0
	switch {
	case c.req.Method == http.MethodHead && !hasBody:
		args = append(args, "--head") // -X HEAD would wait for a body
	case c.req.Method != http.MethodGet || hasBody:
		args = append(args, "-X", c.method())
	}
	args = append(args, c.target()...)
	args = append(args, c.headers()...)

	pipe := ""
	switch {
	case hasBody:
		var data []string
		var ok bool
		if pipe, data, ok = c.body(); !ok {
			return fmt.Sprintf("# no command can be shown: the body has %d bytes", len(c.req.Body))
		}
		args = append(args, data...)
	case sendsLength(c.req):
		args = append(args, "--data-binary", "''")
	}
	return pipe + strings.Join(args, " ")
}

// A curl builds the command for one request.
type curl struct {
	r         *Redactor
	req       spec.Request
	variables bool // the request goes to the origin of the credentials
}

// pieces splits s at places: a credential with a variable becomes that variable, any
// other place "<redacted>".
func (c curl) pieces(s string, places []hidden) (all []piece) {
	at := 0
	literal := func(text string) {
		if text != "" {
			all = append(all, piece{literal: text})
		}
	}
	for _, h := range places {
		literal(s[at:h.start])
		at = h.end
		if h.credential >= 0 && c.variables && c.r.known[h.credential].Variable {
			all = append(all, piece{variable: c.r.known[h.credential].Name})
		} else {
			literal("<redacted>")
		}
	}
	literal(s[at:])
	return all
}

func (c curl) text(s string) []piece { return c.pieces(s, c.r.find(s)) }

func (c curl) method() string {
	w := word(c.text(c.req.Method))
	if plain := strings.Trim(w, "'"); httpguts.ValidHeaderFieldName(plain) && shellSafe.MatchString(plain) {
		return plain
	}
	return w
}

// target returns the URL argument, with the flags that keep curl from changing it.
func (c curl) target() []string {
	u := c.req.URL
	if u == nil {
		return []string{"''"}
	}
	exact := requestTarget(u)
	origin := u.Scheme + "://" + u.Host
	var flags []string
	if rest, parameter, ok := c.lastParameter(exact); ok {
		// The variable holds the credential unescaped, but a query needs it escaped.
		flags = append(flags, "--url-query", word(parameter))
		exact = rest
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
		return append(flags, "--request-target", word(c.text(exact)), word(c.text(origin+"/")))
	}
	return append(flags, word(append(c.text(origin), c.text(exact)...)))
}

// lastParameter splits off the last query parameter if its value is a credential with a
// variable.
func (c curl) lastParameter(exact string) (rest string, parameter []piece, ok bool) {
	at := strings.LastIndexAny(exact, "?&")
	if at < 0 || !c.variables || !strings.Contains(exact[:at+1], "?") {
		return exact, nil, false
	}
	name, escaped, _ := strings.Cut(exact[at+1:], "=")
	value, err := url.QueryUnescape(escaped)
	if err != nil || !parameterName.MatchString(name) {
		return exact, nil, false
	}
	for _, k := range c.r.known {
		if k.Variable && k.Value == value && url.QueryEscape(value) == escaped {
			return exact[:at], []piece{{literal: name + "="}, {variable: k.Name}}, true
		}
	}
	return exact, nil, false
}

// headers returns the arguments for the headers of the request, sorted by name, and those
// that remove the headers curl would add.
func (c curl) headers() []string {
	var names, args []string
	for name, values := range c.req.Header {
		if httpguts.ValidHeaderFieldName(name) && !slices.ContainsFunc(values, func(v string) bool { return !httpguts.ValidHeaderFieldValue(v) }) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		for _, v := range c.req.Header[name] {
			switch {
			case v == "" && name == "User-Agent":
				args = append(args, "-H", "'User-Agent:'") // net/http sends none in this case
			case v == "":
				args = append(args, "-H", word(append(c.text(name), piece{literal: ";"}))) // curl's syntax for an empty header
			default:
				args = append(args, "-H", word(append(append(c.text(name), piece{literal: ": "}), c.value(name, v)...)))
			}
		}
	}
	without := []string{"Accept", "User-Agent"}
	if len(c.req.Body) > 0 || sendsLength(c.req) {
		without = append(without, "Content-Type")
	}
	for _, name := range without {
		if len(c.req.Header.Values(name)) == 0 {
			args = append(args, "-H", quote(name+":"))
		}
	}
	return args
}

// value returns the pieces of a header value. Credentials in HTTP Basic are encoded by
// the shell.
func (c curl) value(name, v string) []piece {
	scheme, code, _ := strings.Cut(v, " ")
	if plain, err := base64.StdEncoding.DecodeString(code); c.variables && name == "Authorization" && scheme == "Basic" && err == nil {
		for _, k := range c.r.known {
			if k.Variable && k.Value+":" == string(plain) {
				return []piece{{literal: "Basic "}, {basic: k.Name}}
			}
		}
	}
	return c.pieces(v, c.r.inHeader(name, v))
}

// body returns the command that writes the body to curl, if one is needed, and the curl
// arguments. ok is false if the body is too long for both.
func (c curl) body() (pipe string, args []string, ok bool) {
	const argument, most = 64 << 10, 256 << 10 // bytes; Linux limits an argument to 128 KiB
	body := c.text(string(c.req.Body))
	first, rest := body[0], 0
	for _, p := range body {
		rest += len(p.literal)
	}
	if rest > argument || strings.ContainsRune(string(c.req.Body), 0) {
		pipe, size := written(body)
		return pipe + " | ", []string{"--data-binary", "@-"}, size <= most
	}
	if first.literal == "" || first.literal[0] == '@' {
		return "", []string{"--data-raw", word(body)}, true // --data-binary would read a file
	}
	return "", []string{"--data-binary", word(body)}, true
}

// curlOption matches the name of an option; its value may be any text.
var curlOption = regexp.MustCompile(`^--[a-z-]+$`)

var parameterName = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// sendsLength reports whether a request without a body has Content-Length: 0, which curl
// sends for an empty --data-binary.
func sendsLength(req spec.Request) bool {
	switch req.Method {
	case http.MethodPost, http.MethodPut, http.MethodPatch:
		return len(req.Body) == 0
	case http.MethodGet, http.MethodHead:
		return false
	}
	return req.Body != nil && len(req.Body) == 0
}
