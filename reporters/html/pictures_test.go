package html

import (
	"bytes"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

// pictureBytes is the maximum size of a picture: the README shows two.
const pictureBytes = 200_000

// TestBrowserPictures takes the pictures of the README: the first screen of the report of
// TEST_PICTURE_RUN, light and dark, as report-light.png and report-dark.png in
// TEST_PICTURE_DIR. Without these variables it uses the sample and writes nothing.
func TestBrowserPictures(t *testing.T) {
	b := newBrowser(t)
	run := sample.Known()
	if path := os.Getenv("TEST_PICTURE_RUN"); path != "" {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if run, err = reporters.ReadJSON(f); err != nil {
			t.Fatal(err)
		}
	}
	b.open(t, run)
	for _, scheme := range []string{"light", "dark"} {
		var picture []byte
		b.do(t, chromedp.EmulateViewport(1280, 900),
			emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}),
			chromedp.CaptureScreenshot(&picture))
		small := reduced(t, picture)
		if len(small) > pictureBytes {
			t.Errorf("the %s picture has %d bytes, want at most %d", scheme, len(small), pictureBytes)
		}
		if dir := os.Getenv("TEST_PICTURE_DIR"); dir != "" {
			save(t, dir, "report-"+scheme+".png", small)
		}
	}
}

// TestPicturesOfTheReadme: the pictures in the README are small PNGs of the same size.
func TestPicturesOfTheReadme(t *testing.T) {
	var sizes []image.Point
	for _, scheme := range []string{"light", "dark"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "docs", "images", "report-"+scheme+".png"))
		if err != nil {
			t.Fatal(err)
		}
		if len(data) > pictureBytes {
			t.Errorf("the %s picture has %d bytes, want at most %d", scheme, len(data), pictureBytes)
		}
		c, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, image.Pt(c.Width, c.Height))
	}
	if sizes[0] != sizes[1] {
		t.Errorf("sizes %v and %v differ", sizes[0], sizes[1])
	}
}

// reduced returns a picture as a PNG with its 128 most frequent colours and 128 others. A
// page has hardly more, all of them at the edges of letters.
func reduced(t *testing.T, data []byte) []byte {
	t.Helper()
	full, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	count := map[color.RGBA]int{}
	for y := full.Bounds().Min.Y; y < full.Bounds().Max.Y; y++ {
		for x := full.Bounds().Min.X; x < full.Bounds().Max.X; x++ {
			count[color.RGBAModel.Convert(full.At(x, y)).(color.RGBA)]++
		}
	}
	frequent := make([]color.RGBA, 0, len(count))
	for c := range count {
		frequent = append(frequent, c)
	}
	slices.SortFunc(frequent, func(a, b color.RGBA) int { return count[b] - count[a] })
	if len(frequent) < 16 {
		t.Errorf("the picture has %d colours: the page is blank", len(frequent))
	}
	// Half of the palette for the colours of the page, half for the rare ones.
	colours := append(color.Palette{}, palette.WebSafe[:128]...)
	for _, c := range frequent[:min(128, len(frequent))] {
		colours = append(colours, c)
	}
	small := image.NewPaletted(full.Bounds(), colours)
	draw.Draw(small, small.Bounds(), full, full.Bounds().Min, draw.Src)
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, small); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
