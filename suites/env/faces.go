package env

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

const (
	// sendings is how often a read is sent to see whether it has two responses. Of a target
	// that another application answers half of the time, one read in sixteen shows one.
	sendings = 5
	// fewReads reads of one response each show that the target is one application.
	fewReads, mostReads = 2, 5
)

// faces finds out whether another application answers some of the requests, and reports
// whether one does. It sends some reads several times, each over a connection of its own.
func (p *preflight) faces(ctx context.Context, list []asking) bool {
	if first := p.seen[0].ex; !complete(first) || first.Duration > p.env.Config.RequestTimeout/slowPart {
		return false
	}
	seen, asked := map[string]map[face]spec.Exchange{}, map[string]bool{}
	for _, a := range list {
		path := path(p.env.Contract, a.request)
		if a.blind || a.request.Effect != spec.Reads || asked[path] {
			continue
		}
		if len(asked) == mostReads || len(asked) == fewReads && len(seen) == 0 {
			break
		}
		asked[path] = true
		faces, ok := p.facesOf(ctx, a.request)
		if !ok {
			break
		}
		if len(faces) > 1 {
			seen[path] = faces
		}
	}
	if len(seen) < fewOperations {
		return false
	}
	nowhere, _ := p.facesOf(ctx, p.nowhere().request)
	found := p.foreign(seen, nowhere)
	for _, ex := range found {
		p.env.tellOther(ex)
	}
	return len(found) > 0
}

// foreign records the faces of another application among those that reads have in turn,
// and returns an exchange of each: one that several reads have, that is no right response
// to them, and beside which they have another that is none of these.
func (p *preflight) foreign(seen map[string]map[face]spec.Exchange, nowhere map[face]spec.Exchange) (found []spec.Exchange) {
	suspects := map[face][]spec.Exchange{}
	for _, faces := range seen {
		for f, ex := range faces {
			suspects[f] = append(suspects[f], ex)
		}
	}
	maps.DeleteFunc(suspects, func(f face, list []spec.Exchange) bool {
		return len(list) < fewOperations || nowhere[f].Response == nil && f.Status/100 == 2 && !slices.ContainsFunc(list, p.wrong)
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
		p.env.knowOther(o)
		found = append(found, suspects[f][0])
	}
	return found
}

// wrong reports whether a response violates the contract.
func (p *preflight) wrong(ex spec.Exchange) bool { return len(p.env.Contract.Check(ex)) > 0 }

// complete reports whether a response is a whole one of ordinary size, and no failure that
// has causes of its own.
func complete(ex spec.Exchange) bool {
	return ex.Response != nil && len(ex.Response.Body) <= largeAnswer && ex.Response.ReadFailure == "" && !MayPass(ex) && status(ex) != http.StatusTooManyRequests
}

// facesOf returns the different responses to a read that is sent several times. ok is
// false if one is none, or a failure that has causes of its own.
func (p *preflight) facesOf(ctx context.Context, r request.Request) (seen map[face]spec.Exchange, ok bool) {
	seen = map[face]spec.Exchange{}
	for range sendings {
		if p.env.ledger.count() != "" {
			return seen, false
		}
		p.env.client.Close()
		ex := p.env.client.Do(ctx, p.env.numbers.next(), r, "preflight")
		if ctx.Err() != nil || !complete(ex) {
			return seen, false
		}
		if f := faceOf(ex); seen[f].Response == nil {
			seen[f] = ex
		}
	}
	return seen, true
}
