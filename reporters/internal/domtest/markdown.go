package domtest

import (
	"bytes"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// Rendered returns a text as GitHub would render it, with HTML allowed.
func Rendered(t testing.TB, text string) Page {
	t.Helper()
	var buf bytes.Buffer
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	if err := md.Convert([]byte(text), &buf); err != nil {
		t.Fatal(err)
	}
	return Parse(t, buf.String())
}
