package env

import (
	"testing"

	"github.com/hostup/api-conformance/spec"
)

func TestBreaker(t *testing.T) {
	var b breaker
	for range giveUpOperation - 1 {
		b.note("GET /a", false)
	}
	if why := b.open("GET /a"); why != "" {
		t.Errorf("open too early: %s", why)
	}
	b.note("GET /a", false)
	if want, why := "the last 3 requests to GET /a got no answer", b.open("GET /a"); why != want {
		t.Errorf("%q, want %q", why, want)
	}
	if why := b.open("GET /b"); why != "" {
		t.Errorf("another operation is given up: %s", why)
	}
	b.note("GET /a", true)
	if why := b.open("GET /a"); why != "" {
		t.Errorf("open after an answer: %s", why)
	}
	for range giveUpOperationSum {
		b.note("GET /a", false)
		b.note("GET /a", true)
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
		{spec.Exchange{Failure: "no response within 10s"}, false},
		{spec.Exchange{Failure: "connection reset before the response"}, true},
		{spec.Exchange{Response: &spec.Response{ReadCause: spec.CauseTime}}, false},
		{spec.Exchange{Response: &spec.Response{ReadCause: spec.CauseFraming}}, true},
		{spec.Exchange{Response: &spec.Response{}}, true},
	} {
		if got := answered(tt.ex); got != tt.want {
			t.Errorf("%+v is answered: %v", tt.ex, got)
		}
	}
}
