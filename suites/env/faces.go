package env

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

const (
	// sendings is how often a read is sent to see whether it has two responses. Of a target
	// that another application answers half of the time, one read in sixteen shows one.
	sendings = 5
	// moreSendings is how often if all that came so far is what any path gets: of a target
	// that another application answers nine times in ten, one read in fourteen shows one.
	moreSendings = 20
	// mostAsking is how long a target is asked for that.
	mostAsking = 2 * time.Second
	// fewReads reads of one response each show that the target is one application.
	fewReads, mostReads = 2, 5
)

// faces finds out whether another application answers some of the requests, and reports
// whether one does.
func (p *preflight) faces(ctx context.Context, list []asking) bool {
	if !p.env.repeats(p.seen[0].ex) {
		return false
	}
	var reads []request.Request
	asked := map[string]bool{}
	for _, a := range list {
		if path := path(p.env.Contract, a.request); !a.blind && a.request.Effect == spec.Reads && !asked[path] {
			asked[path] = true
			reads = append(reads, a.request)
		}
	}
	if len(reads) > 0 && identity(reads[0]) == identity(p.seen[0].request) {
		return p.env.another(ctx, reads, p.seen[0].ex)
	}
	return p.env.another(ctx, reads)
}

// another finds out whether another application answers some of the requests, and reports
// whether one does. It sends some reads, of different paths, several times, each over a
// connection of its own.
func (e *Env) another(ctx context.Context, reads []request.Request, first ...spec.Exchange) bool {
	if len(reads) < fewOperations {
		return false
	}
	seen := map[string]map[face]spec.Exchange{}
	nowhere := sync.OnceValue(func() map[face]spec.Exchange {
		seen, _, _ := e.facesOf(ctx, nowhere(e.Contract, reads[0]), sendings)
		return seen
	})
	began := time.Now()
	for i, r := range reads {
		if i == mostReads || i == fewReads && len(seen) == 0 {
			break
		}
		faces, all, ok := e.facesOf(ctx, r, sendings, first...)
		first = nil
		for f, ex := range faces {
			if ok && len(faces) == 1 && e.unlikely(r, f, ex) && nowhere()[f].Response != nil && time.Since(began) < mostAsking {
				faces, all, ok = e.facesOf(ctx, r, moreSendings)
			}
		}
		if !ok {
			break
		}
		if len(faces) == 1 && len(all) > 0 && status(all[0])/100 == 2 {
			e.hear(r, all)
		}
		if len(faces) > 1 {
			seen[path(e.Contract, r)] = faces
		}
	}
	if len(seen) < fewOperations {
		return false
	}
	found := e.foreign(seen, nowhere())
	for _, ex := range found {
		e.tellOther(ex)
	}
	return len(found) > 0
}

// unlikely reports whether a response is not what an API gives to a valid request.
func (e *Env) unlikely(r request.Request, f face, ex spec.Exchange) bool {
	switch {
	case stranger(r) && (f.Status == http.StatusUnauthorized || f.Status == http.StatusForbidden):
		return false
	case f.Status/100 != 2:
		return true
	}
	return e.wrong(ex)
}

// foreign records the faces of another application among those that reads have in turn,
// and returns an exchange of each: one that several reads have, that is no right response
// to them, and beside which they have another that is none of these.
func (e *Env) foreign(seen map[string]map[face]spec.Exchange, nowhere map[face]spec.Exchange) (found []spec.Exchange) {
	suspects := map[face][]spec.Exchange{}
	for _, faces := range seen {
		for f, ex := range faces {
			suspects[f] = append(suspects[f], ex)
		}
	}
	maps.DeleteFunc(suspects, func(f face, list []spec.Exchange) bool {
		return len(list) < fewOperations || nowhere[f].Response == nil && f.Status/100 == 2 && !slices.ContainsFunc(list, e.wrong)
	})
	for _, f := range slices.SortedFunc(maps.Keys(suspects), func(a, b face) int { return strings.Compare(a.Said, b.Said) }) {
		beside := 0
		for _, faces := range seen {
			other := func(g face) bool { return suspects[g] == nil }
			if faces[f].Response != nil && slices.ContainsFunc(slices.Collect(maps.Keys(faces)), other) {
				beside++
			}
		}
		if beside < fewOperations {
			continue
		}
		o := Other{f, len(suspects[f][0].Response.Body)}
		for _, ex := range suspects[f] {
			if len(ex.Response.Body) != o.Length {
				o.Length = -1
			}
		}
		e.knowOther(o)
		found = append(found, suspects[f][0])
	}
	return found
}

// wrong reports whether a response violates the contract.
func (e *Env) wrong(ex spec.Exchange) bool { return len(e.Contract.Check(ex)) > 0 }

// complete reports whether a response is a whole one of ordinary size, and no failure that
// has causes of its own.
func complete(ex spec.Exchange) bool {
	return ex.Response != nil && len(ex.Response.Body) <= largeAnswer && ex.Response.ReadFailure == "" && !MayPass(ex) && status(ex) != http.StatusTooManyRequests
}

// repeats reports whether a response is complete, and came so soon that the request can
// be sent often.
func (e *Env) repeats(ex spec.Exchange) bool {
	return complete(ex) && ex.Duration <= e.Config.RequestTimeout/slowPart
}

// facesOf returns the different responses to a read that is sent up to n times, until two
// are known, and all exchanges. ok is false if one is none, or a failure that has causes of its own.
func (e *Env) facesOf(ctx context.Context, r request.Request, n int, first ...spec.Exchange) (seen map[face]spec.Exchange, all []spec.Exchange, ok bool) {
	seen = map[face]spec.Exchange{}
	for _, ex := range first {
		seen[faceOf(ex)] = ex
	}
	for range n - len(first) {
		if len(seen) > 1 && n > sendings {
			break
		}
		if e.ledger.count() != "" {
			return seen, nil, false
		}
		e.client.Close()
		ex := e.client.Do(ctx, e.numbers.next(), r, "preflight")
		if ctx.Err() != nil || !e.repeats(ex) {
			return seen, nil, false
		}
		all = append(all, ex)
		if f := faceOf(ex); seen[f].Response == nil {
			seen[f] = ex
		}
	}
	return seen, all, true
}
