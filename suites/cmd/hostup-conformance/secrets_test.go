package main

import (
	"encoding/base64"
	"encoding/hex"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// canaries are credentials that can be found again in any spelling: each has
// characters that are escaped in URLs, JSON and HTML.
var canaries = map[string]string{
	"HOSTUP_API_KEY":          "canary-full-4f/9c+<1>&x",
	"HOSTUP_READONLY_API_KEY": "canary-read-8a/2b+<3>&y",
	"HOSTUP_UNSCOPED_API_KEY": "canary-none-6d/7e+<5>&z",
	"HOSTUP_SESSION":          "canary-sess-1f/3a+<9>&w",
}

func keys(ts *testscript.TestScript, _ bool, _ []string) {
	for name, value := range canaries {
		ts.Setenv(name, value)
	}
}

func noKeys(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	files := 0
	look := func(place, text string) {
		for name, value := range canaries {
			for _, needle := range spellings(value) {
				if strings.Contains(text, needle) {
					ts.Fatalf("%s holds %s as %q", place, name, needle)
				}
			}
		}
	}
	look("standard output", ts.ReadFile("stdout"))
	look("standard error", ts.ReadFile("stderr"))
	ts.Check(filepath.WalkDir(ts.Getenv("WORK"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		look(path, string(data))
		return err
	}))
	if files < want {
		ts.Fatalf("only %d files to look at: were the reports written?", files)
	}
}

// spellings are forms in which a credential could get out.
func spellings(value string) []string {
	return []string{
		value,
		value[:len("canary-full-4f")], // what is left when the rest was escaped or cut
		url.QueryEscape(value),
		url.PathEscape(value),
		base64.StdEncoding.EncodeToString([]byte(value))[:24],
		base64.StdEncoding.EncodeToString([]byte(value + ":"))[:24],
		hex.EncodeToString([]byte(value)),
	}
}
