//go:build unix

package main

import (
	"context"
	"errors"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/suites/internal/embedded"
)

// TestDocsCommands runs the commands of every page, block after block, in one folder for
// each page. For a block with the info string "target", staging.example.com is a
// reference server of its own, and HOSTUP_ variables that it exports get the values of
// that server. For "generic", api.example.com is a server for a document. Servers that a
// block starts listen on a free port and end with it. Files that a block needs are in
// testdata/docs.
func TestDocsCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the suite some thirty times")
	}
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("there is no bash here")
	}
	_, flags := help(t)
	for _, p := range pages(t) {
		t.Run(strings.ReplaceAll(p.name, "/", "_"), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "docs"))); err != nil {
				t.Fatal(err)
			}
			stdout := ""
			for _, b := range p.blocks {
				switch {
				case b.is("text", "output"):
					sample(t, b, stdout)
				case !b.is("sh") || b.is("elsewhere"):
				case b.value("shown") != "":
					shown(t, b)
				case !ours.MatchString(b.text):
					made(t, b)
				case b.is("generic") && !flags["run"]["--data"]:
					t.Logf("%s: not run, the command has no --data", b.name())
				default:
					stdout = do(t, b, dir)
				}
			}
		})
	}
}

// ours matches a call of the command.
var ours = regexp.MustCompile(`(?m)(^|[\s(|&])hostup-conformance [a-z]`)

// made requires that a block without our command uses only make and git.
func made(t *testing.T, b block) {
	t.Helper()
	for line := range strings.Lines(b.text) {
		if word, _, _ := strings.Cut(strings.TrimSpace(line), " "); word != "make" && word != "git" && word != "cd" && word != "" {
			t.Errorf("%s: %s is not run: mark the block as elsewhere", b.name(), word)
		}
	}
}

// shown requires that an executed script has the flags of a block.
func shown(t *testing.T, b block) {
	t.Helper()
	script, err := os.ReadFile(filepath.Join("testdata", "script", b.value("shown")))
	if err != nil {
		t.Errorf("%s: %v", b.name(), err)
	}
	for _, word := range append(flag.FindAllString(b.text, -1), regexp.MustCompile(`(?m)^[A-Z_]+=`).FindAllString(b.text, -1)...) {
		if !strings.Contains(string(script), strings.TrimSuffix(word, "=")) {
			t.Errorf("%s: %s does not try %s", b.name(), b.value("shown"), word)
		}
	}
}

// do runs a block and returns its standard output.
func do(t *testing.T, b block, dir string) string {
	t.Helper()
	script := b.text
	environ := []string{}
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "HOSTUP_") {
			environ = append(environ, v)
		}
	}
	if b.is("target") {
		address, variables := documented(t)
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		environ = append(environ, variables...)
		script = regexp.MustCompile(`(?m)^export HOSTUP_.*$`).ReplaceAllString(script, "")
		script = strings.NewReplacer("https://staging.example.com", address, "staging.example.com", u.Hostname()).Replace(script)
	}
	if b.is("generic") {
		script = regexp.MustCompile(`(?m)^export CONFORMANCE_AUTH_.*$`).ReplaceAllString(script, "")
		script = strings.ReplaceAll(script, "https://api.example.com", `"$HOSTUP_BASE_URL"`)
		script = "export BLOCK=$(cat <<'END'\nset -eu\n" + script + "END\n)\nhostup-conformance serve --spec theirs.yaml -- bash -c \"$BLOCK\"\n"
	}
	script = "set -eu\n" + script
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "bash", "-c", script)
	cmd.Dir, cmd.Env, cmd.WaitDelay = dir, environ, 10*time.Second
	var stderr strings.Builder
	cmd.Stderr = &stderr
	stdout, err := cmd.Output()
	code := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		t.Fatalf("%s: %v", b.name(), err)
	}
	want := 0
	if v := b.value("exit"); v != "" {
		if want, err = strconv.Atoi(v); err != nil {
			t.Fatalf("%s: exit=%s", b.name(), v)
		}
	}
	if code != want {
		t.Errorf("%s: exit code %d, want %d\n%s\n%s%s", b.name(), code, want, b.text, ending(string(stdout)), ending(stderr.String()))
	}
	return string(stdout)
}

// ending returns the last part of a text that may be long.
func ending(text string) string {
	const most = 2000
	if len(text) <= most {
		return text
	}
	return "…" + text[len(text)-most:]
}

// documented starts a reference server and returns its address and variables, without
// those for the safety tier: the page must set them.
func documented(t *testing.T) (address string, environ []string) {
	t.Helper()
	reference, err := refserver.New(refserver.Config{})
	if err != nil {
		t.Fatal(err)
	}
	listening, err := embedded.Listen("127.0.0.1:0", reference)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listening.Close() })
	for _, line := range listening.Environ() {
		if name, _, _ := strings.Cut(line, "="); name != "HOSTUP_BASE_URL" && name != "HOSTUP_SAFETY" {
			environ = append(environ, line)
		}
	}
	server := httptest.NewServer(reference)
	t.Cleanup(server.Close)
	return server.URL, environ
}

var digits = regexp.MustCompile(`[0-9]+(\.[0-9]+)*`)

// sample requires the lines of a page in the order of the output, ignoring numbers. "…"
// matches anything, and on a line of its own any lines.
func sample(t *testing.T, b block, stdout string) {
	t.Helper()
	rest := digits.ReplaceAllString(stdout, "0")
	for line := range strings.Lines(b.text) {
		line = digits.ReplaceAllString(strings.TrimSpace(line), "0")
		if line == "" || line == "…" {
			continue
		}
		pattern := strings.ReplaceAll(regexp.QuoteMeta(line), "…", ".*")
		at := regexp.MustCompile(`(?m)^ *` + pattern + `$`).FindStringIndex(rest)
		if at == nil {
			t.Errorf("%s: the command does not print (here)\n%s\nbut\n%s", b.name(), line, ending(rest))
			return
		}
		rest = rest[at[1]:]
	}
}
