package suites

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/hostup/api-conformance/reporters/har"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

// TestRecordingHoldsNoSecret: keys and card data, at every location of an exchange and in
// several encodings; HAR has most locations twice.
func TestRecordingHoldsNoSecret(t *testing.T) {
	const key, card, spaced, code = "key-7/f3+a1&c9", "4111111111111111", "4111 1111 1111 1111", "cvc-987"
	cfg := settings.Default()
	cfg.Give("api-key", key)
	all := `{"key":"` + key + `","card":"` + card + `","pretty":"` + spaced + `","number":` + card + `,"cvc":"` + code + `","password":"pa55-` + card + `"}`
	u, err := url.Parse("https://user:pa55word@api.example.com/api/" + card + "/x?key=" + url.QueryEscape(key) + "&card=" + card + "&cvc=" + code + "&pan=" + url.QueryEscape(spaced))
	if err != nil {
		t.Fatal(err)
	}
	header := http.Header{
		"Authorization": {"Bearer " + key}, "X-Api-Key": {key}, "X-Card": {card, spaced}, "Cookie": {"hostup_session=" + key + "; cvc=" + code},
		"Set-Cookie": {"hostup_session=" + key + "; Path=/" + card}, "Location": {u.String()}, "Content-Type": {"application/json"},
	}
	ex := spec.Exchange{
		ID: "x0001", Failure: "no answer to " + key,
		Request:  spec.Request{Method: "POST", URL: u, Header: header, Body: []byte(all), Sent: time.Now()},
		Response: &spec.Response{Status: 302, Header: header, Body: []byte(all), ReadFailure: "broken at " + card},
	}
	spool := filepath.Join(t.TempDir(), "spool")
	s, err := har.NewSpool(spool)
	if err != nil {
		t.Fatal(err)
	}
	s.Add(cfg.Redactor().Exchange(ex), 0, nil)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(spool)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{key, url.QueryEscape(key), url.PathEscape(key), "key-7", card, spaced, url.QueryEscape(spaced), "411111", code, "pa55"} {
		if at := strings.Index(string(data), secret); at >= 0 {
			t.Errorf("%q stands in the recording: …%s", secret, data[max(0, at-60):min(len(data), at+60)])
		}
	}
	if n := strings.Count(string(data), "‹card ending 1111›"); n < 8 {
		t.Errorf("%d card numbers were replaced by their last digits, want them all", n)
	}
}

// TestPrepareRecording: a path that cannot be written is detected before anything is
// sent, and the file of an earlier run is not left behind to be mistaken for a new one.
func TestPrepareRecording(t *testing.T) {
	dir := t.TempDir()
	old := filepath.Join(dir, "run.har")
	if err := os.WriteFile(old, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := PrepareRecording(old); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(old); err == nil {
		t.Error("the file of an earlier run is left")
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("it leaves %v behind (%v)", entries, err)
	}
	for _, path := range []string{"", old} {
		if err := PrepareRecording(path); err != nil {
			t.Errorf("%q: %v", path, err)
		}
	}
	for _, path := range []string{dir, filepath.Join(dir, "away", "run.har")} {
		err := PrepareRecording(path)
		if err == nil || !strings.Contains(err.Error(), "choose another file with --har") {
			t.Errorf("%q: %v", path, err)
		}
	}
}

// TestRecordingLeavesNothing: the spools are gone after the run, and others may read the
// file, so that it can be published.
func TestRecordingLeavesNothing(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	opt := options(t)
	opt.Only = []string{"CARD-READ-001"}
	_, file := recordRun(t, opt)
	entries, err := os.ReadDir(temp)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.Contains(e.Name(), "har") {
			t.Errorf("%s is left behind", e.Name())
		}
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o644 {
		t.Errorf("mode %v", info.Mode())
	}
}
