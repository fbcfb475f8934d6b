package har

import (
	"encoding/base64"
	"io"
	"io/fs"
	"path"
)

// readBeside reads the bodies of an entry that are in files beside the recording, as
// Playwright writes them on request (content "attach"). One that is not there, or larger
// than an entry may be, is not known.
func (e *entry) readBeside(beside fs.FS) {
	if beside == nil || e == nil {
		return
	}
	if e.Response != nil {
		if c := &e.Response.Content; c.Text == nil && len(c.File) > 0 {
			c.Text, c.Encoding = fileText(beside, string(c.File)), "base64"
		}
	}
	if e.Request != nil && e.Request.Body != nil && len(e.Request.Body.File) > 0 {
		b := e.Request.Body
		b.Text, b.Encoding = fileText(beside, string(b.File)), "base64"
	}
}

// fileText returns the bytes of a file in base64, nil if it cannot be read. Only files of
// the folder itself are.
func fileText(beside fs.FS, name string) *string {
	if path.Base(name) != name {
		return nil
	}
	f, err := beside.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return nil
	}
	b, err := io.ReadAll(io.LimitReader(f, EntryLimit+1))
	if err != nil || len(b) > EntryLimit {
		return nil
	}
	text := base64.StdEncoding.EncodeToString(b)
	return &text
}
