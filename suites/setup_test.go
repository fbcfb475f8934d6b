package suites_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/fixtures/faults"
	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites"
)

// TestSetup: a run in another Ginkgo suite reports there, and in its reports, the same as
// the command.
func TestSetup(t *testing.T) {
	program := filepath.Join(t.TempDir(), "embedding.test")
	if out, err := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", program, "./testdata/embedding").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	sound, err := refserver.New(refserver.Config{})
	if err != nil {
		t.Fatal(err)
	}
	notes := serveHandler(t, http.HandlerFunc(answer))
	down := serveHandler(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "down", http.StatusServiceUnavailable) }))
	for _, tt := range []struct {
		name    string
		environ []string
		failed  int      // number of specs
		says    []string // what Ginkgo prints
		verdict reporters.Verdict
	}{
		{"one cause that two specs meet", append(reference(t, fault(t, "activity-row-amount-text")), "HOSTUP_LABEL_FILTER=activity"), 1,
			[]string{"[FAILED] ACT-ROW-002", "same cause as \"activity / ", "ACT-ROW-002"}, reporters.NonConformant},
		{"no cause", append(reference(t, sound), "HOSTUP_LABEL_FILTER=cards"), 0, []string{"SUCCESS!"}, reporters.Conformant},
		{"a document of one's own", []string{"HOSTUP_SPEC=testdata/notes.yaml", "HOSTUP_BASE_URL=" + notes}, 1,
			[]string{"[FAILED] BODY-SCHEMA-001", "GET /notes/latest -> 200  $.text"}, reporters.NonConformant},
		{"down as a whole", []string{"HOSTUP_BASE_URL=" + down, "HOSTUP_API_KEY=k", "HOSTUP_REQUEST_TIMEOUT=200ms"}, 1,
			[]string{"answers every operation that was asked with a server error", "Spec skipped because a BeforeAll node failed"}, reporters.Partial},
		{"too little", []string{lineOf(reference(t, sound), "HOSTUP_BASE_URL"), "HOSTUP_NO_KEY=true"}, 1,
			[]string{"conformance [It] the run as a whole", "too little was tested"}, reporters.Partial},
		{"limits", append(reference(t, sound), "HOSTUP_LABEL_FILTER=ORD-CREATE-001 || ORD-INVOICE-001", "HOSTUP_MAX_ORDERS=1"), 0,
			[]string{"[SKIPPED] safety: the target has accepted 1 order, as many as the run may make"}, reporters.Partial},
		{"no key", []string{"HOSTUP_BASE_URL=" + down}, 1, []string{"HOSTUP_API_KEY is not set"}, ""},
		{"nothing selected", append(reference(t, sound), "HOSTUP_LABEL_FILTER=nothing"), 1, []string{`the label filter "nothing" selects no spec`}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			out, failed := embed(t, program, append(tt.environ, "HOSTUP_REPORT_DIR="+dir))
			if failed != (tt.failed > 0) {
				t.Errorf("failed %v, want %d failed specs", failed, tt.failed)
			}
			if got := strings.Count(out, "• [FAILED] ["); got != tt.failed {
				t.Errorf("%d failed specs, want %d", got, tt.failed)
			}
			for _, want := range append(tt.says, "my API has specs of its own") {
				if !strings.Contains(out, want) {
					t.Errorf("not said: %s", want)
				}
			}
			if tt.verdict != "" {
				checkReports(t, dir, tt.verdict)
			} else if files, _ := os.ReadDir(dir); len(files) > 0 {
				t.Errorf("%d reports of nothing", len(files))
			}
			if t.Failed() {
				t.Log(out)
			}
		})
	}
}

// checkReports checks that all reports exist and have the verdict.
func checkReports(t *testing.T, dir string, want reporters.Verdict) {
	t.Helper()
	for _, name := range []string{"junit.xml", "report.html"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
	run := reported(dir)
	if run.Verdict != want {
		t.Errorf("verdict %s, want %s", run.Verdict, want)
	}
}

// embed runs the suite and returns its output.
func embed(t *testing.T, program string, environ []string) (out string, failed bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, "-ginkgo.v", "-ginkgo.no-color")
	cmd.Env = environ
	for _, line := range os.Environ() {
		if !strings.HasPrefix(line, "HOSTUP_") {
			cmd.Env = append(cmd.Env, line)
		}
	}
	text, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(text), err != nil
}

// fault returns a reference server with a fault.
func fault(t *testing.T, id string) *refserver.Server {
	t.Helper()
	f, ok := faults.Find(id)
	if !ok {
		t.Fatalf("no fault %s", id)
	}
	server, err := f.Server()
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// reference starts a server and returns the variables for a run against it.
func reference(t *testing.T, server *refserver.Server) []string {
	t.Helper()
	r, err := suites.Listen("127.0.0.1:0", server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r.Environ()
}

// lineOf returns the line of one variable.
func lineOf(environ []string, name string) string {
	return environ[slices.IndexFunc(environ, func(line string) bool { return strings.HasPrefix(line, name+"=") })]
}

func serveHandler(t *testing.T, h http.Handler) (origin string) {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}
