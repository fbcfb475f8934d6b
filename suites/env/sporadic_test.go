package env

import (
	"net/http"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// What changes the target is not sent again. At a target that fails now and then a few of
// its server errors are put down to chance; an operation that goes on failing is judged.
func TestServerErrorsThatCannotBeRepeated(t *testing.T) {
	ex := spec.Exchange{Response: &spec.Response{Status: http.StatusInternalServerError}}
	write := request.Request{Method: http.MethodPost, Effect: spec.Writes}
	var p presence
	tries := func() string {
		n, why := p.tries(write, ex, "POST /orders")
		if n != 0 {
			t.Errorf("repeated %d times", n)
		}
		return why
	}
	if why := tries(); why != "" {
		t.Errorf("at a target that has not failed before: %s", why)
	}
	p.failedOnce("/orders")
	if why := tries(); why != "" {
		t.Errorf("at a target of which one operation fails: %s", why)
	}
	p.failedOnce("/cards")
	for range mostChances {
		if why := tries(); why != nowAndThen {
			t.Errorf("at a target that fails now and then: %q", why)
		}
	}
	if why := tries(); why != "" {
		t.Errorf("at an operation that goes on failing: %s", why)
	}
}

func TestServerErrorsThatMayPass(t *testing.T) {
	for status, want := range map[int]bool{
		http.StatusInternalServerError: true, 520: true, http.StatusInsufficientStorage: true,
		http.StatusNotImplemented: false, http.StatusHTTPVersionNotSupported: false, http.StatusNetworkAuthenticationRequired: false,
		http.StatusNotFound: false, http.StatusOK: false,
	} {
		if got := serverError(spec.Exchange{Response: &spec.Response{Status: status}}); got != want {
			t.Errorf("status %d: %v", status, got)
		}
	}
	if serverError(spec.Exchange{}) {
		t.Error("no answer is a server error")
	}
}
