package redact_test

import (
	"bytes"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/hostup/api-conformance/suites/internal/targettest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/hostup/api-conformance/spec"
)

// hostile are parts of texts that a shell, curl or a terminal might interpret.
var hostile = []string{
	"a", "b c", "'", `"`, `\`, `\'`, "$(touch PWNED)", "`touch PWNED`", "$HOME", "${HOME}", "!", "!!", "!a", ";touch PWNED;", "&", "|", ">x", "#", "~", "*", "?",
	"{a,b}", "[a]", "%s", "%%", `\n`, `\x41`, `\u00e5`, "=", "@", "-o", "--", ",", "å", "日本", "\u00a0", "\u202e", "\ufffd", "\ufeff", "‹redacted HOSTUP_API_KEY›",
	"<redacted>", "$HOSTUP_API_KEY", "done", "if", "\U0001f600", "  ", targettest.Canary,
}

// control are parts that only a body may contain.
var control = []string{"\n", "{\n  \"a\": 1\n}", "\t", "\r\n", "\x01", "\x1b[2J", "\x7f", "\xff", "\xc3", "\xa0b", "\x80", "\u2028"}

// escapedKey is the key behind any number of backslashes.
var escapedKey = regexp.MustCompile(`\\+` + regexp.QuoteMeta(targettest.Canary))

// namesKey is what makes the text after it the value of a key.
var namesKey = regexp.MustCompile(`API_KEY-*=`)

// A command makes curl send the same bytes as the request, in any locale and for any
// content of a recording; it is one line of printable characters, and none of the content
// is executed.
func TestCurlProperty(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		text := func(label string, more ...string) string {
			joined := strings.Join(rapid.SliceOfN(rapid.SampledFrom(append(more, hostile...)), 0, 12).Draw(t, label), "")
			// After a backslash the key is encoded differently: it is hidden, not
			// replaced by a variable.
			joined = escapedKey.ReplaceAllString(joined, targettest.Canary)
			// The text after that name is secret because of the name, and is hidden.
			return namesKey.ReplaceAllString(joined, "API_KEY")
		}
		ex := hostileExchange(t, text)
		r := targettest.Given("http://x.test", "api-key", targettest.Canary).Redactor()
		command := r.Curl(ex)
		if strings.Contains(command, targettest.Canary) {
			t.Fatalf("the command shows the credential: %s", command)
		}
		if i := strings.IndexFunc(command, func(r rune) bool { return !printable(r) }); i >= 0 {
			t.Fatalf("byte %d of the command cannot be shown: %q", i, command)
		}
		got := inShell(t, dir, rapid.SampledFrom([]string{"C", "C.UTF-8"}).Draw(t, "locale"), command)
		want := sent{method: ex.Request.Method, url: "http://x.test" + ex.Request.URL.EscapedPath() + "?" + ex.Request.URL.RawQuery, body: string(ex.Request.Body)}
		for name, values := range ex.Request.Header {
			for _, v := range values {
				want.headers = append(want.headers, strings.TrimSuffix(name+": "+v, " "))
			}
		}
		slices.Sort(want.headers)
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(sent{})); diff != "" {
			t.Fatalf("%s\n%s", command, diff)
		}
	})
}

func hostileExchange(t *rapid.T, text func(label string, more ...string) string) spec.Exchange {
	names := []string{"X-A", "Authorization", "X!#$%&'*+.^_`|~0", "X$Home", "X`id`", "Content-Type", "X-Trailing"}
	h := http.Header{"Accept": {"*/*"}, "User-Agent": {"u"}, "Content-Type": {"text/plain"}}
	for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 4, rapid.ID).Draw(t, "names") {
		value := strings.TrimSpace(text("value", "\xff", "\t.", "\u00a0"))
		if name == "Authorization" {
			value = rapid.SampledFrom([]string{"Bearer " + targettest.Canary, "Token " + targettest.Canary, targettest.Canary}).Draw(t, "credential")
		}
		if value != "" {
			h[name] = []string{value}
		}
	}
	u := &url.URL{Scheme: "http", Host: "x.test", Path: "/a", RawQuery: "q=" + strings.NewReplacer(" ", "+", targettest.Canary, "k", "#", "", `\`, "").Replace(text("query"))}
	body := text("body", control...)
	if rapid.IntRange(0, 9).Draw(t, "long") == 0 {
		part := body + "åäö\n"
		body = strings.Repeat(part, 1+70<<10/len(part)) // longer than an argument
	}
	if rapid.IntRange(0, 9).Draw(t, "bytes") == 0 {
		body += "\x00" + body
	}
	return spec.Exchange{Request: spec.Request{Method: "POST", URL: u, Header: h, Body: []byte(body)}}
}

func printable(r rune) bool { return unicode.IsPrint(r) && r != utf8.RuneError }

// sent is a request as curl was told to send it.
type sent struct {
	method, url string
	headers     []string
	body        string
}

// inShell runs a command in which curl only notes what it is given. Bash reads it as
// a person's would, with history; so does any sh where the command has no $'…'.
func inShell(t *rapid.T, dir, locale, command string) (got sent) {
	note := `curl() { printf '%s\0' "$@" >args; case "$*" in *@-*) cat >stdin;; esac; }` + "\n"
	shells := [][]string{{"bash", "--norc", "-c"}, {"sh", "-c"}}
	if strings.Contains(command, "$'") {
		shells = shells[:1]
	}
	for _, shell := range shells {
		for _, name := range []string{"args", "stdin"} {
			_ = os.Remove(filepath.Join(dir, name))
		}
		file := filepath.Join(dir, "script")
		if err := os.WriteFile(file, []byte(note+command+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, step := range [][]string{{shell[0], "-n", file}, {shell[0], file}} {
			cmd := exec.Command(step[0], step[1:]...)
			cmd.Dir = dir
			cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=" + locale, "HOSTUP_API_KEY=" + targettest.Canary}
			if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
				t.Fatalf("%v: %v: %s\n%s", step, err, out, command)
			}
		}
		args, err := os.ReadFile(filepath.Join(dir, "args"))
		if err != nil {
			t.Fatal(err)
		}
		stdin, _ := os.ReadFile(filepath.Join(dir, "stdin"))
		got = read(t, bytes.Split(bytes.TrimSuffix(args, []byte{0}), []byte{0}), stdin)
	}
	if files, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || slices.ContainsFunc(files, func(f string) bool {
		return !slices.Contains([]string{"args", "stdin", "script"}, filepath.Base(f))
	}) {
		t.Fatalf("the command has made files: %q", files)
	}
	return got
}

// read understands the arguments of curl that commands have.
func read(t *rapid.T, args [][]byte, stdin []byte) (got sent) {
	got.method = "GET"
	for i := 0; i < len(args); i++ {
		value := func() string { i++; return string(args[i]) }
		switch a := string(args[i]); a {
		case "-sS", "--globoff", "--path-as-is":
		case "-X":
			got.method = value()
		case "-H":
			v := value()
			if name, empty := strings.CutSuffix(v, ";"); empty && !strings.Contains(v, ":") {
				v = name + ":"
			} else if strings.HasSuffix(v, ":") {
				continue // removed
			}
			got.headers = append(got.headers, v)
		case "--data-raw":
			got.body = value()
		case "--data-binary":
			if got.body = value(); got.body == "@-" {
				got.body = string(stdin)
			} else if strings.HasPrefix(got.body, "@") {
				t.Fatalf("curl would read a file: %q", got.body)
			}
		default:
			if strings.HasPrefix(a, "-") || got.url != "" {
				t.Fatalf("an argument that was not meant: %q", a)
			}
			got.url = a
		}
	}
	slices.Sort(got.headers)
	return got
}
