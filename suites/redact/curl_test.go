package redact_test

import (
	"context"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/suites/internal/targettest"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
)

func exchange(method, target string, body []byte, headers ...string) spec.Exchange {
	u, err := url.Parse(target)
	if err != nil {
		panic(err)
	}
	h := http.Header{"Accept": {"*/*"}, "User-Agent": {"u"}}
	for i := 0; i < len(headers); i += 2 {
		h[headers[i]] = append(h[headers[i]], headers[i+1])
	}
	return spec.Exchange{Request: spec.Request{Method: method, URL: u, Header: h, Body: body}}
}

func TestCurlText(t *testing.T) {
	ex := exchange("POST", "https://x.test/api/billing/pay?a=b", []byte(`{"a":"it's"}`), "Authorization", "Bearer "+targettest.Canary, "Content-Type", "application/json")
	want := `curl -sS --insecure -X POST 'https://x.test/api/billing/pay?a=b' -H 'Accept: */*' -H "Authorization: Bearer $HOSTUP_API_KEY" -H 'Content-Type: application/json' -H 'User-Agent: u' --data-binary '{"a":"it'\''s"}'`
	r := targettest.Given("https://x.test", "api-key", targettest.Canary).Redactor()
	if got := r.Curl(ex, config.Config{Insecure: true}.CurlFlags()...); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	long := r.Curl(exchange("POST", "https://x.test/", []byte(`"`+strings.Repeat("a", 1<<20)+`"`)))
	if want := `{ printf '"'; head -c 1048576 /dev/zero | tr '\0' '\141'; printf '"'; } | curl -sS -X POST 'https://x.test/' -H 'Accept: */*' -H 'User-Agent: u' -H 'Content-Type:' --data-binary @-`; long != want {
		t.Errorf("got  %s\nwant %s", long, want)
	}
	random := make([]byte, 300<<10)
	rand.NewChaCha8([32]byte{}).Read(random)
	if got := r.Curl(exchange("POST", "https://x.test/", random)); got != "# no command can be shown: the body has 307200 bytes" {
		t.Error(got[:200])
	}
}

// The shell passes the intended arguments to curl.
func TestCurlInShell(t *testing.T) {
	common := []string{"-H", "Accept: */*", "-H", "User-Agent: u"}
	for name, test := range map[string]struct {
		ex    spec.Exchange
		args  []string
		stdin string
	}{
		"get":      {exchange("GET", "http://x/a", nil), append([]string{"-sS", "http://x/a"}, common...), ""},
		"head":     {exchange("HEAD", "http://x/a", nil), append([]string{"-sS", "--head", "http://x/a"}, common...), ""},
		"options*": {exchange("OPTIONS", "http://x/$HOME`id`'\"", nil), append([]string{"-sS", "-X", "OPTIONS", "http://x/$HOME%60id%60%27%22"}, common...), ""},
		"dots":     {exchange("GET", "http://x/a/../b", nil), append([]string{"-sS", "--path-as-is", "http://x/a/../b"}, common...), ""},
		"dots2":    {exchange("GET", "http://x/a/%2E./b", nil), append([]string{"-sS", "--path-as-is", "http://x/a/%2E./b"}, common...), ""},
		"glob":     {exchange("GET", "http://x/?a={1,2}[3]", nil), append([]string{"-sS", "--globoff", "http://x/?a={1,2}[3]"}, common...), ""},
		"empty post": {exchange("POST", "http://x/", nil),
			append(append([]string{"-sS", "-X", "POST", "http://x/"}, common...), "-H", "Content-Type:", "--data-binary", ""), ""},
		"at": {exchange("PUT", "http://x/", []byte("@/etc/passwd")),
			append(append([]string{"-sS", "-X", "PUT", "http://x/"}, common...), "-H", "Content-Type:", "--data-raw", "@/etc/passwd"), ""},
		"newlines": {exchange("POST", "http://x/", []byte("a\nb\n$x `y` \\n %s '")),
			append(append([]string{"-sS", "-X", "POST", "http://x/"}, common...), "-H", "Content-Type:", "--data-binary", "a\nb\n$x `y` \\n %s '"), ""},
		"binary": {exchange("POST", "http://x/", []byte("a\x00\xff%s\\n'\r\n7")),
			append(append([]string{"-sS", "-X", "POST", "http://x/"}, common...), "-H", "Content-Type:", "--data-binary", "@-"), "a\x00\xff%s\\n'\r\n7"},
		"secret in bytes": {exchange("POST", "http://x/", []byte("\x00%s"+targettest.Canary+"1")),
			append(append([]string{"-sS", "-X", "POST", "http://x/"}, common...), "-H", "Content-Type:", "--data-binary", "@-"), "\x00%s" + targettest.Canary + "1"},
		"secret in text": {exchange("GET", "http://x/", []byte(`{"a":"$x`+targettest.Canary+`b"}`)),
			append(append([]string{"-sS", "-X", "GET", "http://x/"}, common...), "-H", "Content-Type:", "--data-binary", `{"a":"$x`+targettest.Canary+`b"}`), ""},
		"secret and more": {exchange("GET", "http://x/", nil, "X-Other", targettest.Canary+"x", "X-Z", ""),
			append(append([]string{"-sS", "http://x/"}, common...), "-H", "X-Other: "+targettest.Canary+"x", "-H", "X-Z;"), ""},
		"basic": {exchange("GET", "http://x/", nil, "X-A", "1", "Authorization", "Basic aHVwX2xpdmVfY2FuYXJ5Ky8wMTIzNDU2Nzg5YWJjZGVmOg=="),
			[]string{"-sS", "http://x/", "-H", "Accept: */*", "-H", "Authorization: Basic aHVwX2xpdmVfY2FuYXJ5Ky8wMTIzNDU2Nzg5YWJjZGVmOg==", "-H", "User-Agent: u", "-H", "X-A: 1"}, ""},
		"defaults": {spec.Exchange{Request: spec.Request{Method: "GET", URL: &url.URL{Scheme: "http", Host: "x", Path: "*"}}},
			[]string{"-sS", "--request-target", "*", "http://x/", "-H", "Accept:", "-H", "User-Agent:"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			// Arguments end in NUL; they may contain any other byte.
			script := `curl() { printf '%s\0' "$@" >args; case "$*" in *@-*) cat >stdin;; esac; }` + "\n" + targettest.Given("http://x", "api-key", targettest.Canary).Redactor().Curl(test.ex)
			cmd := exec.Command("bash", "-c", script)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "HOSTUP_API_KEY="+targettest.Canary)
			if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
				t.Fatalf("%v: %s\n%s", err, out, script)
			}
			args, err := os.ReadFile(filepath.Join(dir, "args"))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.args, strings.Split(strings.TrimSuffix(string(args), "\x00"), "\x00")); diff != "" {
				t.Error(diff, script)
			}
			stdin, _ := os.ReadFile(filepath.Join(dir, "stdin"))
			if string(stdin) != test.stdin {
				t.Errorf("stdin %q, want %q", stdin, test.stdin)
			}
		})
	}
}

// The command of a request, run with the real curl, sends the same bytes as the client,
// except for the order of headers.
func TestCurlSendsTheSame(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("curl is not installed")
	}
	heads := make(chan string, 1)
	base := targettest.Raw(t, func(c targettest.Conn) {
		head := c.Rest()
		var body []byte
		for line := range strings.SplitSeq(head, "\r\n") {
			if v, ok := strings.CutPrefix(line, "Content-Length: "); ok && v != "0" {
				body = make([]byte, len(v)*10)
				n, _ := c.In.Read(body)
				body = body[:n]
			}
		}
		c.Say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
		heads <- sorted(head) + string(body)
	})
	cfg := targettest.Config(base)
	c := targettest.Client(t, cfg)
	r := c.Redactor()
	auth := func(p request.Place) request.Auth { return request.Auth{Place: p, Secret: request.FullKey} }
	json := http.Header{"Accept": {"application/json"}, "Content-Type": {"application/json"}}
	for _, req := range []request.Request{
		{Method: "GET", Path: "/api/../x//y", Query: "a=[1]&b={}", Auth: auth(request.Bearer)},
		{Method: "GET", Path: "//x/%2F", Query: "a=b", Auth: auth(request.Query)},
		{Method: "GET", Path: "/%zz", Auth: auth(request.Query)},
		{Method: "GET", Path: "/a#b", Auth: auth(request.Basic)},
		{Method: "POST", Path: "/x", Header: json, Body: []byte(`{"a":"'$HOME"}`), Auth: auth(request.APIKey)},
		{Method: "POST", Path: "/x", Body: []byte("\x00\xff\r\n%"), Auth: request.Auth{Place: request.Cookie, Secret: request.Session}},
		{Method: "POST", Path: "/x", Auth: request.Auth{Place: request.Bearer, Literal: "made up"}},
		{Method: "DELETE", Path: "/x", Body: []byte{}, Auth: request.Auth{Place: request.Bare, Literal: "a!b"}},
		{Method: "GET", Path: "/x", Body: []byte("{}"), Header: http.Header{"X-Empty": {""}}},
		{Method: "OPTIONS", Path: "*", Header: http.Header{"Host": {"other.test"}}},
	} {
		req.Effect = spec.Writes
		ex := c.Do(context.Background(), "", req, "A-B-001")
		if ex.Failure != "" {
			t.Fatal(ex.Failure)
		}
		want := <-heads
		command := r.Curl(ex)
		if strings.Contains(command, targettest.Canary) || strings.Contains(command, targettest.CanarySession) {
			t.Error("the command shows the secret:", command)
		}
		cmd := exec.Command("sh", "-c", command)
		cmd.Env = append(cfg.Environ(), "PATH="+os.Getenv("PATH"), "NO_PROXY=*")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v %s\n%s", err, out, command)
			continue
		}
		// Some versions of curl escape in lower case.
		if diff := cmp.Diff(percent.ReplaceAllStringFunc(want, strings.ToLower), percent.ReplaceAllStringFunc(<-heads, strings.ToLower)); diff != "" {
			t.Errorf("%s\n%s", command, diff)
		}
	}
}

var percent = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

// sorted sorts the header lines after the request line, with names in lower case.
func sorted(head string) string {
	lines := strings.Split(strings.TrimSuffix(head, "\r\n"), "\r\n")
	for i, l := range lines[1:] {
		name, value, _ := strings.Cut(l, ":")
		lines[i+1] = strings.ToLower(name) + ":" + strings.TrimSpace(value)
	}
	first, rest := lines[0], lines[1:]
	for i := range rest {
		for j := i; j > 0 && rest[j] < rest[j-1]; j-- {
			rest[j], rest[j-1] = rest[j-1], rest[j]
		}
	}
	return first + "\n" + strings.Join(rest, "\n") + "\n\n"
}
