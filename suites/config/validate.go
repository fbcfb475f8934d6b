package config

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/suites/redact"
	"github.com/hostup/api-conformance/suites/request"
)

// normalise brings the base URL into its canonical form and returns problems between
// values, one line each. name says how the user gave a setting.
func (c *Config) normalise(name func(key string) string) []string {
	var problems []string
	bad := func(key, format string, args ...any) {
		problems = append(problems, name(key)+": "+fmt.Sprintf(format, args...))
	}
	if c.BaseURL != "" {
		base, err := c.Names.origin(c.BaseURL)
		if c.Spec != "" {
			base, err = c.Names.Server(c.BaseURL)
		}
		if err != nil {
			bad("base-url", "%v", err)
		}
		c.BaseURL = base
	}
	if trouble := c.basePathTrouble(); trouble != "" {
		bad("base-path", "%s", trouble)
	}
	if c.ReportDir == "" {
		bad("report-dir", "want a directory, it is empty")
	}
	if (c.ClientCert == "") != (c.ClientKey == "") {
		problems = append(problems, "client certificate and key belong together: give --client-cert and --client-key, or neither")
	}
	for _, s := range c.ownSecrets() {
		if trouble := c.Names.credentialTrouble(s); trouble != "" {
			problems = append(problems, s.Name+": "+trouble)
		}
	}
	for _, s := range settings(c) {
		if s.kind == "string" && s.where != secret && strings.ContainsFunc(s.get(), func(r rune) bool { return r < ' ' || r == 0x7f }) {
			bad(s.key, "%q holds a control character", s.get())
		}
	}
	// Two roles with one value would be reported as faults of the target.
	for _, p := range c.Names.or().Different {
		if a := c.Get(p.A); a != "" && a == c.Get(p.B) {
			problems = append(problems, fmt.Sprintf("%s and %s are the same: the second %s", name(p.A), name(p.B), p.Why))
		}
	}
	return problems
}

// basePathTrouble returns why a base path cannot be used, "" if it can.
func (c *Config) basePathTrouble() string {
	if c.BasePath == "" {
		return ""
	}
	u, err := url.Parse(c.BasePath)
	if err != nil || !strings.HasPrefix(c.BasePath, "/") || u.EscapedPath() != c.BasePath {
		return fmt.Sprintf("want a path such as /v1, or / for none, got %q", c.BasePath)
	}
	if base, err := url.Parse(c.BaseURL); err == nil && base.Path != "" {
		return fmt.Sprintf("leave it out, the base URL has the path %s already", base.EscapedPath())
	}
	return ""
}

// credentialTrouble returns why a credential cannot be sent as it is, without showing it;
// "" if it can.
func (n *Names) credentialTrouble(s redact.Credential) string {
	cookie := n.or().Cookie + "="
	session := n.or().Cookie != "" && s.Name == n.Variable(string(request.Session))
	for _, r := range s.Value {
		switch {
		case r == '\n' || r == '\r':
			return "the value holds a line break: store the secret without one (printf, not echo)"
		case r == ' ' || r == '\t':
			return "the value holds a space: copy the bare credential, without a scheme such as Bearer"
		case r < ' ' || r >= 0x7f:
			return "the value holds a character that cannot go in a header: copy the credential again"
		case session && (r == ';' || r == ','):
			return "the value is more than one cookie: give only what follows " + cookie
		}
	}
	if session && strings.HasPrefix(s.Value, cookie) {
		return "give only what follows " + cookie
	}
	return ""
}

// Server returns a base URL that may have a path: that of a server of the document.
func (n *Names) Server(base string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(base))
	if strings.Contains(base, "@") && (err != nil || u.User != nil || u.Host == "") { // before any of it is shown
		return "", fmt.Errorf("the URL holds credentials: leave them out and set %s and the name of the security scheme", AuthPrefix)
	}
	if err != nil || u.Host == "" || u.Path == "" {
		return n.origin(base)
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	u.Path, u.RawPath = "", ""
	root, err := n.origin(u.String())
	return root + path, err
}

// origin returns scheme and authority of a base URL, in lower case.
func (n *Names) origin(base string) (string, error) {
	shown := strconv.Quote(presentable(base))
	u, err := url.Parse(strings.TrimSpace(base))
	// Refuse what could be a secret before any of it is shown.
	if strings.Contains(base, "@") {
		return "", fmt.Errorf("the URL holds credentials: leave them out and set %s", n.Variable(string(request.FullKey)))
	}
	switch {
	case err != nil || u.Scheme == "" || u.Host == "" || u.Hostname() == "":
		if bareHost.MatchString(base) {
			return "", fmt.Errorf("want an absolute URL such as http://%s, got %s", base, shown)
		}
		return "", fmt.Errorf("want an absolute URL such as https://staging.example.com, got %s", shown)
	case u.Scheme != "http" && u.Scheme != "https":
		return "", fmt.Errorf("want http or https, got %s", shown)
	case u.RawQuery != "" || u.ForceQuery || strings.Contains(base, "#"):
		return "", fmt.Errorf("want an origin without query and fragment, got %s", shown)
	}
	port := u.Port()
	if strings.HasSuffix(u.Host, ":") { // of an unset variable, as in http://127.0.0.1:$PORT
		return "", fmt.Errorf("the port is empty: want one from 1 to 65535, or no colon, got %s", shown)
	}
	if port != "" {
		if number, err := strconv.Atoi(port); err != nil || number < 1 || number > 65535 {
			return "", fmt.Errorf("want a port from 1 to 65535, got %s", shown)
		}
	}
	host := u.Scheme + "://" + strings.ReplaceAll(strings.ToLower(u.Host), "%", "%25") // of a zone
	switch path := strings.TrimRight(u.EscapedPath(), "/"); {
	case path == "":
		return host, nil
	case slices.Contains(n.or().Roots, path):
		return "", fmt.Errorf("leave %s out, the paths of the document carry it: want %s, got %s", path, host, shown)
	default:
		return "", fmt.Errorf("want an origin without a path such as %s, got %s", host, shown)
	}
}

var bareHost = regexp.MustCompile(`^[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?$`)

// presentable returns a URL without query and fragment, which may be secret.
func presentable(u string) string {
	for _, mark := range []string{"?", "#"} {
		if i := strings.Index(u, mark); i >= 0 {
			u = u[:i+1] + "…"
		}
	}
	return u
}
