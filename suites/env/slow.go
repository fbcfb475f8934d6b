package env

import (
	"context"
	"slices"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
)

// slow reports whether each response so far took so long that an ordinary delay more
// would have cost it. A run of thousands of such requests takes an hour, and its findings
// are about the time limit.
func (p *preflight) slow() bool {
	quick := func(s probe) bool { return s.ex.Duration < p.env.Config.RequestTimeout/muchLonger }
	return len(p.seen) > 0 && !slices.ContainsFunc(p.seen, quick)
}

// tooSlow decides about a target all of whose responses were slow. The first request is
// repeated: what is started by the first request to it is quicker then.
func (p *preflight) tooSlow(ctx context.Context) {
	if kind := p.verdict(); kind == reporters.OutageSilent || kind == reporters.OutageKey {
		return
	}
	if p.ask(ctx, p.seen[0].asking); !p.slow() {
		p.seen = nil
		return
	}
	for i := range p.seen {
		p.seen[i].kind = reporters.OutageSlow
	}
}

// late reports whether a request timed out.
func late(ex spec.Exchange) bool {
	return ex.FailureKind.TimedOut() || ex.Response != nil && ex.Response.ReadCause == spec.CauseTime
}

// longest returns how long the slowest request took.
func (p *preflight) longest() (d time.Duration) {
	for _, s := range p.seen {
		d = max(d, s.ex.Duration)
	}
	return d
}
