package env

import (
	"fmt"
	"sync"
	"time"

	"github.com/hostup/api-conformance/spec"
)

// A breaker keeps a run from waiting for a target that has stopped answering, and
// from reading one that does not stop. Hundreds of specs that each wait for a
// time-out or for ten megabytes would take an hour to say what three of them say.
type breaker struct {
	mu   sync.Mutex
	runs map[string]int // operation -> requests in a row without an answer
	sums map[string]int // operation -> requests without an answer
	all  int            // requests in a row without an answer, over all operations
	sum  int            // requests without an answer

	large    map[string]int // operation -> bytes in large answers
	largeSum int

	heavy   sync.Mutex    // see Alone
	judging time.Duration // what that took so far
}

// In a row, and in all: a target that hangs now and then costs as much time.
const (
	giveUpOperation, giveUpTarget       = 3, 12
	giveUpOperationSum, giveUpTargetSum = 10, 30
)

// Answers of more than largeAnswer are no violation: a customer may have many
// accounts. But a run has a hundred requests for each operation, and all that they
// may cost together is bounded.
const (
	largeAnswer                             = 1 << 20
	giveUpOperationLarge, giveUpTargetLarge = 24 << 20, 96 << 20
)

// mostJudging bounds what judging answers of more than judgedAlone bytes may take: one
// with ten thousand wrong rows takes a thousand times as long as one without.
const mostJudging = 30 * time.Second

// note counts an exchange of an operation.
func (b *breaker) note(operation string, ex spec.Exchange) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.runs == nil {
		b.runs, b.sums, b.large = map[string]int{}, map[string]int{}, map[string]int{}
	}
	if ex.Response != nil && len(ex.Response.Body) > largeAnswer {
		b.large[operation] += len(ex.Response.Body)
		b.largeSum += len(ex.Response.Body)
	}
	if answered(ex) {
		b.runs[operation], b.all = 0, 0
		return
	}
	b.runs[operation]++
	b.sums[operation]++
	b.all++
	b.sum++
}

// open says why requests to an operation are not worth sending any more.
func (b *breaker) open(operation string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.runs[operation] >= giveUpOperation:
		return fmt.Sprintf("the last %d requests to %s got no whole answer", b.runs[operation], operation)
	case b.sums[operation] >= giveUpOperationSum:
		return fmt.Sprintf("%d requests to %s got no whole answer", b.sums[operation], operation)
	case b.sum >= giveUpTargetSum:
		return fmt.Sprintf("%d requests to the target got no whole answer", b.sum)
	case b.all >= giveUpTarget:
		return fmt.Sprintf("the last %d requests to the target got no whole answer", b.all)
	case b.large[operation] >= giveUpOperationLarge:
		return fmt.Sprintf("large answers to %s have come to %d MiB", operation, b.large[operation]>>20)
	case b.largeSum >= giveUpTargetLarge:
		return fmt.Sprintf("large answers of the target have come to %d MiB", b.largeSum>>20)
	case b.judging >= mostJudging:
		return fmt.Sprintf("judging large answers has taken %v", b.judging.Truncate(time.Second))
	}
	return ""
}

// Heavy reports whether large answers have come: several at once would not fit.
func (e *Env) Heavy() bool {
	e.breaker.mu.Lock()
	defer e.breaker.mu.Unlock()
	return e.breaker.largeSum > 0
}

// judgedAlone is how many bytes an answer may have that is judged beside others.
const judgedAlone = 64 << 10

// Alone returns when no other answer of more than judgedAlone is decoded and judged,
// which takes up to a hundred times its size; the function that it returns ends that.
// Others do not wait.
func (e *Env) Alone(ex spec.Exchange) (done func()) {
	if ex.Response == nil || len(ex.Response.Body) <= judgedAlone {
		return func() {}
	}
	b := &e.breaker
	b.heavy.Lock()
	began := time.Now()
	return func() {
		b.heavy.Unlock()
		b.mu.Lock()
		defer b.mu.Unlock()
		b.judging += time.Since(began)
	}
}

// GivenUp says why a request is not sent any more: the requests before it, to
// the same operation or to the whole target, got no answer. "" for one that is.
func (e *Env) GivenUp(method, path string) string {
	return e.breaker.open(e.operationAt(method, path))
}

func (e *Env) operationAt(method, path string) string {
	if o := e.Contract.Locate(method, path); o != nil {
		return o.Name()
	}
	return method + " " + path
}

// answered reports whether a request was worth its wait: an answer came to its end,
// or the connection broke at once. Waiting in vain costs time, and so does reading
// up to the limit.
func answered(ex spec.Exchange) bool {
	if ex.Response == nil {
		return !ex.FailureKind.TimedOut()
	}
	switch ex.Response.ReadCause {
	case spec.CauseTime, spec.CauseSize, spec.CauseInterrupted:
		return false
	}
	return true
}
