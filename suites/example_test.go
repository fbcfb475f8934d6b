package suites_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
)

// In your own test, t is its *testing.T, and RunSpecs needs only that and a name.
func ExampleSetup() {
	server := httptest.NewServer(http.HandlerFunc(answer))
	defer server.Close()
	dir, err := os.MkdirTemp("", "reports-")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)

	cfg := config.Default(nil)
	cfg.Spec, cfg.BaseURL, cfg.ReportDir = "testdata/notes.yaml", server.URL, dir
	suites.Setup(context.Background(), cfg, suites.Options{})
	passed := ginkgo.RunSpecs(t{}, "my API", types.NewDefaultSuiteConfig(), types.ReporterConfig{Succinct: true})

	fmt.Println("passed:", passed)
	for _, cause := range reported(dir).Findings {
		if cause.Fails {
			fmt.Println(cause.First.Operation, cause.First.Where, "want", cause.First.Want, "got", cause.First.Got)
		}
	}
	// Output:
	// passed: false
	// GET /notes/latest $.text want string got 7 (number)
}

// answer is an API whose latest note is a number where the document requires a string.
func answer(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method != http.MethodGet:
		w.Header().Set("Allow", "GET")
		w.WriteHeader(http.StatusMethodNotAllowed)
	case r.URL.Path == "/notes":
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintln(w, `[{"text": "milk"}]`)
	case r.URL.Path == "/notes/latest":
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintln(w, `{"text": 7}`)
	default:
		http.NotFound(w, r)
	}
}

// reported returns the result of a run in a directory.
func reported(dir string) *reporters.Run {
	file, err := os.Open(filepath.Join(dir, "report.json"))
	if err != nil {
		panic(err)
	}
	defer file.Close()
	run, err := reporters.ReadJSON(file)
	if err != nil {
		panic(err)
	}
	return run
}

// t replaces the *testing.T that an example does not have.
type t struct{}

func (t) Fail() {}
