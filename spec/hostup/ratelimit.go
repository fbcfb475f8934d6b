package hostup

import (
	"fmt"
	"strconv"
	"time"

	"github.com/hostup/api-conformance/spec"
)

// rateTolerance is how far Retry-After and X-RateLimit-Reset may differ: one is rounded
// to seconds, the other computed a moment earlier or later.
const rateTolerance = 5 * time.Second

// checkRateLimit checks that the headers of a 429 agree. The document covers their
// presence and types.
func checkRateLimit(k *spec.Judgement) {
	r := k.Exchange().Response
	integer := func(name string) (int64, bool) {
		n, err := strconv.ParseInt(r.Header.Get(name), 10, 64)
		return n, err == nil
	}
	limit, hasLimit := integer("X-RateLimit-Limit")
	remaining, hasRemaining := integer("X-RateLimit-Remaining")
	if hasLimit && hasRemaining && remaining > limit {
		k.Report("RATE-COHERENT-001", spec.InPart("header X-RateLimit-Remaining"), "coherent", fmt.Sprintf("at most %d, the limit", limit), strconv.FormatInt(remaining, 10))
	}
	now, known := k.Now()
	reset, err := time.Parse(time.RFC3339Nano, r.Header.Get("X-RateLimit-Reset"))
	if err != nil || !known {
		return
	}
	if now.Sub(reset) > rateTolerance {
		k.Report("RATE-COHERENT-001", spec.InPart("header X-RateLimit-Reset"), "future", "an instant after "+now.UTC().Format(time.RFC3339), r.Header.Get("X-RateLimit-Reset"))
		return
	}
	if wait, ok := integer("Retry-After"); ok {
		if d := reset.Sub(now) - time.Duration(wait)*time.Second; d > rateTolerance || -d > rateTolerance {
			k.Report("RATE-COHERENT-001", spec.InPart("header Retry-After"), "coherent",
				fmt.Sprintf("about %d seconds, as X-RateLimit-Reset says", int(reset.Sub(now).Seconds()+0.5)), strconv.FormatInt(wait, 10))
		}
	}
}
