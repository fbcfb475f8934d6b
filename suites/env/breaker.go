package env

import (
	"fmt"
	"sync"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
)

// A breaker stops a run from waiting for a target that no longer responds, and from
// reading endless bodies. Hundreds of specs that each wait for a time-out or for ten
// megabytes would take an hour to repeat what three of them show.
type breaker struct {
	mu   sync.Mutex
	runs map[string]int // operation -> consecutive requests without a response
	sums map[string]int // operation -> requests without a response
	all  int            // consecutive requests without a response, over all operations
	sum  int            // requests without a response

	large    map[string]int // operation -> bytes in large responses
	largeSum int

	heavy   sync.Mutex    // see Alone
	judging time.Duration // time spent in it
}

// Limits for consecutive requests and for sums: a target that hangs now and then costs as
// much time.
const (
	giveUpOperation, giveUpTarget       = 3, 12
	giveUpOperationSum, giveUpTargetSum = 10, 30
)

// A response above largeAnswer is no violation: a customer may have many accounts. But a
// run sends a hundred requests to each operation, so the total is bounded.
const (
	largeAnswer, largeHead                  = 1 << 20, 64 << 10
	giveUpOperationLarge, giveUpTargetLarge = 24 << 20, 96 << 20
)

// large returns what counts of a response: a large body, and a large head with what each
// of its lines takes in memory.
func large(r *spec.Response) (size int) {
	if r == nil {
		return 0
	}
	switch {
	case r.BodyUnknown:
		size = client.DefaultBodyLimit // read to the limit
	case len(r.Body) > largeAnswer:
		size = len(r.Body)
	}
	const line = 64
	head := 0
	for name, values := range r.Header {
		for _, v := range values {
			head += len(name) + len(v) + line
		}
	}
	if head > largeHead {
		size += head
	}
	return size
}

// mostJudging limits the time of judging responses of more than judgedAlone bytes: ten
// thousand invalid rows take a thousand times as long as valid ones.
const mostJudging = 20 * time.Second

// note counts an exchange of an operation.
func (b *breaker) note(operation string, ex spec.Exchange) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.runs == nil {
		b.runs, b.sums, b.large = map[string]int{}, map[string]int{}, map[string]int{}
	}
	size := large(ex.Response)
	b.large[operation] += size
	b.largeSum += size
	if answered(ex) {
		b.runs[operation], b.all = 0, 0
		return
	}
	b.runs[operation]++
	b.sums[operation]++
	b.all++
	b.sum++
}

// open returns why further requests to an operation are not worth sending, and where to
// find more, "" if they are.
func (b *breaker) open(operation string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.runs[operation] >= giveUpOperation:
		return fmt.Sprintf("the last %d requests to %s got no whole response: see HTTP-ANSWER-001", b.runs[operation], operation)
	case b.sums[operation] >= giveUpOperationSum:
		return fmt.Sprintf("%d requests to %s got no whole response: see HTTP-ANSWER-001", b.sums[operation], operation)
	case b.sum >= giveUpTargetSum:
		return fmt.Sprintf("%d requests to the target got no whole response: see HTTP-ANSWER-001", b.sum)
	case b.all >= giveUpTarget:
		return fmt.Sprintf("the last %d requests to the target got no whole response: see HTTP-ANSWER-001", b.all)
	case b.large[operation] >= giveUpOperationLarge:
		return fmt.Sprintf("large responses to %s have come to %d MiB, and no more are read", operation, b.large[operation]>>20)
	case b.largeSum >= giveUpTargetLarge:
		return fmt.Sprintf("large responses of the target have come to %d MiB, and no more are read", b.largeSum>>20)
	case b.judging >= mostJudging:
		return fmt.Sprintf("judging large responses has taken %v, and no more are judged", b.judging.Truncate(time.Second))
	}
	return ""
}

// heavy reports whether the target has sent large responses: do not hold several at once.
func (e *Env) heavy() bool {
	e.breaker.mu.Lock()
	defer e.breaker.mu.Unlock()
	return e.breaker.largeSum > 0
}

// judgedAlone is the largest body, in bytes, that is judged concurrently with others.
const judgedAlone = 64 << 10

// Alone blocks while another response of more than judgedAlone bytes is decoded and
// judged, which takes up to a hundred times its size; call done to release. It returns
// at once for any other exchange.
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

// GivenUp returns why a request is not sent any more: earlier requests to the same
// operation, or to the whole target, got no response or megabytes. It returns "" if the
// request may be sent.
func (e *Env) GivenUp(method, path string) string {
	return e.breaker.open(e.operationAt(method, path))
}

func (e *Env) operationAt(method, path string) string {
	if o := e.Contract.Locate(method, path); o != nil {
		return o.Name()
	}
	return method + " " + path
}

// answered reports whether a request was worth its wait: the response was complete, or
// the connection broke at once. Time-outs cost time, and so does reading up to the size
// limit.
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
