package run

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/internal/procs"
)

// documentLimit bounds a document that is not a file, in bytes: the largest published one
// has 13 MB.
const documentLimit = 50 << 20

// Load reads the contract that a configuration names: the built-in one if none, else a
// file, standard input ("-") or an http or https URL, which is requested without
// credentials.
func Load(ctx context.Context, cfg config.Config) (*spec.Contract, error) {
	var overlays []string
	for line := range strings.Lines(cfg.Overlays) {
		overlays = append(overlays, strings.TrimSpace(line))
	}
	switch {
	case slices.Contains(overlays, "-"):
		return nil, errors.New("--overlay -: only the document of --spec is read from standard input: name a file")
	case cfg.Spec == "" && len(overlays) > 0:
		return nil, errors.New("--overlay belongs to a document that --spec names")
	case cfg.Spec == "":
		return packs.Default()
	case cfg.Spec == "-":
		text, err := standardInput()
		if err != nil {
			return nil, err
		}
		return packs.LoadText("standard input", text, overlays...)
	case isAddress(cfg.Spec):
		text, err := fetched(ctx, cfg.Spec, cfg.RequestTimeout)
		if err != nil {
			return nil, fmt.Errorf("cannot read the document %s: %w", shownAddress(cfg.Spec), err)
		}
		return packs.LoadText(shownAddress(cfg.Spec), text, overlays...)
	}
	return packs.LoadFile(cfg.Spec, overlays...)
}

// standardInput returns the document on standard input, which can be read only once. A
// worker uses standard input for its parent's lines and gets the document as a file.
var standardInput = sync.OnceValues(func() (text []byte, err error) {
	if _, worker := procs.Role(); worker {
		text, err = os.ReadFile(documentFile(os.Getenv(dirVariable)))
	} else {
		text, err = bounded(os.Stdin)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the document from standard input: %w", err)
	}
	return text, nil
})

func isAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// shownAddress returns a URL without the parts that may be secret.
func shownAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "of --spec"
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return u.String()
}

func bounded(r io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, documentLimit+1))
	if err == nil && len(text) > documentLimit {
		err = fmt.Errorf("it is larger than %d MiB", documentLimit>>20)
	}
	return text, err
}

// fetched returns the document at a URL.
func fetched(ctx context.Context, address string, limit time.Duration) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, errors.New("it is no address")
	}
	r.Header.Set("Accept", "application/yaml, application/json, */*;q=0.5")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		var ue *url.Error
		if errors.As(err, &ue) {
			err = ue.Err // without the URL, which may hold a secret
		}
		return nil, unanswered(err, limit)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("it is answered with status %d", resp.StatusCode)
	}
	return bounded(resp.Body)
}

// unanswered words an error of the request for a document as those of the target are worded.
func unanswered(err error, limit time.Duration) error {
	var name *net.DNSError
	var op *net.OpError
	switch {
	case errors.As(err, &name) && name.IsNotFound:
		return fmt.Errorf("cannot find the host %s: no such name", name.Name)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("no response within %v", limit)
	case errors.Is(err, syscall.ECONNREFUSED):
		return errors.New("connection refused")
	case errors.As(err, &op):
		return op.Err
	}
	return err
}
