package reporters

import (
	"bytes"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// rendered is a text as GitHub would render it, with HTML let through.
func rendered(t testing.TB, text string) dom {
	t.Helper()
	var buf bytes.Buffer
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	if err := md.Convert([]byte(text), &buf); err != nil {
		t.Fatal(err)
	}
	return parsed(t, buf.String())
}
