package env

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec"
)

func TestBreaker(t *testing.T) {
	var b breaker
	no, yes := spec.Exchange{FailureKind: spec.FailureTimeout}, spec.Exchange{Response: &spec.Response{}}
	for range giveUpOperation - 1 {
		b.note("GET /a", no)
	}
	if why := b.open("GET /a"); why != "" {
		t.Errorf("open too early: %s", why)
	}
	b.note("GET /a", no)
	if want, why := "the last 3 requests to GET /a got no whole response: see HTTP-ANSWER-001", b.open("GET /a"); why != want {
		t.Errorf("%q, want %q", why, want)
	}
	if why := b.open("GET /b"); why != "" {
		t.Errorf("another operation is given up: %s", why)
	}
	b.note("GET /a", yes)
	if why := b.open("GET /a"); why != "" {
		t.Errorf("open after an answer: %s", why)
	}
	for range giveUpOperationSum {
		b.note("GET /a", no)
		b.note("GET /a", yes)
	}
	if b.open("GET /a") == "" {
		t.Error("an operation that hangs every other time is never given up")
	}
}

func TestAnswered(t *testing.T) {
	for _, tt := range []struct {
		ex   spec.Exchange
		want bool
	}{
		{spec.Exchange{FailureKind: spec.FailureTimeout}, false},
		{spec.Exchange{FailureKind: spec.FailureConnectTimeout}, false},
		{spec.Exchange{FailureKind: spec.FailureReset}, true},
		{spec.Exchange{FailureKind: spec.FailureProtocol, Failure: `what was sent is not HTTP: malformed HTTP status code "within-reason"`}, true},
		{spec.Exchange{Response: &spec.Response{ReadCause: spec.CauseTime}}, false},
		{spec.Exchange{Response: &spec.Response{ReadCause: spec.CauseSize}}, false},
		{spec.Exchange{Response: &spec.Response{ReadCause: spec.CauseFraming}}, true},
		{spec.Exchange{Response: &spec.Response{}}, true},
	} {
		if got := answered(tt.ex); got != tt.want {
			t.Errorf("%+v is answered: %v", tt.ex, got)
		}
	}
}

// TestBreakerOfLargeAnswers: a long list is read many times, but not endlessly.
func TestBreakerOfLargeAnswers(t *testing.T) {
	var b breaker
	usual := spec.Exchange{Response: &spec.Response{Body: make([]byte, largeAnswer)}}
	for range 1000 {
		b.note("GET /a", usual)
	}
	if why := b.open("GET /a"); why != "" {
		t.Error(why)
	}
	// Cookies and security policies make a head of some kilobytes.
	head := spec.Exchange{Response: &spec.Response{Header: http.Header{"Content-Security-Policy": {strings.Repeat("x", 16<<10)}}}}
	for range 100_000 {
		b.note("GET /d", head)
	}
	if got := b.open("GET /d"); got != "" {
		t.Errorf("usual heads: %q", got)
	}
	head.Response.Header = http.Header{"X": slices.Repeat([]string{"1"}, 20_000)}
	for range 24 {
		b.note("GET /d", head)
	}
	if got, want := b.open("GET /d"), "large responses to GET /d have come to 30 MiB, and no more are read"; got != want {
		t.Errorf("large heads: got %q, want %q", got, want)
	}
	b.largeSum = 0
	large := spec.Exchange{Response: &spec.Response{Body: make([]byte, 8<<20)}}
	for range 3 {
		b.note("GET /a", large)
	}
	if got, want := b.open("GET /a"), "large responses to GET /a have come to 24 MiB, and no more are read"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if why := b.open("GET /b"); why != "" {
		t.Error(why)
	}
	for range 9 {
		b.note("GET /c", large)
	}
	if got, want := b.open("GET /b"), "large responses of the target have come to 96 MiB, and no more are read"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestBreakerOfJudging: what takes long to be judged is not asked for any more, and
// only that counts.
func TestBreakerOfJudging(t *testing.T) {
	var e Env
	e.Alone(spec.Exchange{Response: &spec.Response{Body: make([]byte, judgedAlone)}})()
	if e.breaker.judging != 0 {
		t.Errorf("judging a small answer counts as %v", e.breaker.judging)
	}
	e.Alone(spec.Exchange{Response: &spec.Response{Body: make([]byte, judgedAlone+1)}})()
	if e.breaker.judging == 0 {
		t.Error("judging a large answer does not count")
	}
	if why := e.breaker.open("GET /a"); why != "" {
		t.Error(why)
	}
	e.breaker.judging = mostJudging
	if got, want := e.breaker.open("GET /a"), "judging large responses has taken 20s, and no more are judged"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
