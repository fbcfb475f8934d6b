package har

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// Bodies in files beside the recording are read; none outside of its folder is, and one
// that is missing is not known.
func TestBodiesBesideTheRecording(t *testing.T) {
	beside := fstest.MapFS{
		"1.json": {Data: []byte(`{"cards":[]}`)}, "2.dat": {Data: []byte("\x89PNG\x00")}, "empty.json": {Data: nil},
		"sub/3.json": {Data: []byte(`{"sub":1}`)}, "large.json": {Data: make([]byte, EntryLimit+1)},
	}
	for _, test := range []struct {
		file, body string
		unknown    bool
	}{
		{`"1.json"`, `{"cards":[]}`, false},
		{`"2.dat"`, "\x89PNG\x00", false},
		{`"empty.json"`, "", true}, // as a body of which nothing was stored
		{`"none.json"`, "", true},
		{`"sub/3.json"`, "", true},
		{`"sub"`, "", true},
		{`"../1.json"`, "", true},
		{`"large.json"`, "", true},
		{`{"a":1}`, "", true},
	} {
		post := `"method":"POST","url":"https://api.example.com/api/billing/pay","headers":[{"name":"Content-Length","value":"12"}],"postData":{"mimeType":"application/json","text":"","_file":` + test.file + `}`
		text := file(entryWith(post, ok+`,"content":{"size":-1,"mimeType":"application/json","_file":`+test.file+`}`, ""))
		var got []Recorded
		err := ReadSome(strings.NewReader(text), beside, func(int) bool { return true }, func(r Recorded) error { got = append(got, r); return nil })
		if err != nil || len(got) != 1 || got[0].Exchange.Response == nil {
			t.Fatalf("%s: %v, %+v", test.file, err, got)
		}
		ex := got[0].Exchange
		if string(ex.Response.Body) != test.body || ex.Response.BodyUnknown != test.unknown {
			t.Errorf("%s: response %q, unknown %v", test.file, ex.Response.Body, ex.Response.BodyUnknown)
		}
		if known := test.file == `"empty.json"` || !test.unknown; string(ex.Request.Body) != test.body || got[0].RequestBodyUnknown == known {
			t.Errorf("%s: request %q, unknown %v", test.file, ex.Request.Body, got[0].RequestBodyUnknown)
		}
	}
}

// A link to a file elsewhere is no file of the folder.
func TestNoLinkLeadsOut(t *testing.T) {
	outside, inside := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "a.json"), []byte(`{}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(outside, "a.json"), filepath.Join(inside, "a.json")); err != nil {
		t.Skip(err)
	}
	root, err := os.OpenRoot(inside)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if text := fileText(root.FS(), "a.json"); text != nil {
		t.Errorf("read %q", *text)
	}
}
