package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// canaries are credentials that can be found in any encoding: each has characters that
// are escaped in URLs, JSON and HTML.
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
	windows := map[string][]string{} // by their first eight characters
	for _, value := range canaries {
		for _, spelled := range spellings(value) {
			spelled = strings.ToLower(spelled)
			width := (eight*len(spelled) + len(value) - 1) / len(value)
			for i := 0; i+width <= len(spelled); i++ {
				w := spelled[i : i+width]
				windows[w[:eight]] = append(windows[w[:eight]], w)
			}
		}
	}
	look := func(place, text string) {
		text = strings.ToLower(text)
		for i := 0; i+eight <= len(text); i++ {
			for _, w := range windows[text[i:i+eight]] {
				if strings.HasPrefix(text[i:], w) {
					ts.Fatalf("%s holds %q of a credential: …%s…", place, w, text[max(0, i-100):min(len(text), i+100)])
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

// eight is the number of characters of a credential that must not appear.
const eight = 8
