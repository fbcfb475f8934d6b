package env

import (
	"context"
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/request"
)

// Another application may answer some of the requests: one of the servers behind a load
// balancer is not the API, or has lost its routes. Its responses say nothing about the
// operations. They are known by three signs together: a read gets one of two responses,
// whenever it is sent; one of them is the same at several operations; and that one is not
// the right one. This is one cause, of the target. Its reads are repeated until the API
// answers.
//
// An operation that alone has two responses, or whose responses are its own, is judged by
// all of them.

// An Other is a response of another application. It is passed between processes as JSON.
type Other struct {
	Face   face
	Length int // bytes of its bodies, -1 if they differ
}

// A face is what responses to different requests that say the same have in common.
type face struct {
	Status int
	Media  string
	Said   string // hexadecimal digest
}

func faceOf(ex spec.Exchange) face {
	return face{status(ex), mediaType(ex), hex.EncodeToString([]byte(digest(ex)))}
}

const (
	// sendings is how often a read is sent to see whether it has two responses. Of a target
	// that another application answers half of the time, one read in sixteen shows one.
	sendings = 5
	// otherTries is how often a read is repeated that another application may have answered:
	// of one that answers half of the requests the API answers all but one in 16 million.
	otherTries = 24
	// fewReads reads of one response each show that the target is one application.
	fewReads, mostReads = 2, 5
	// slow is the time from which a target takes too long for that.
	slow = time.Second
)

// anotherAnswers is the reason why an exchange says nothing about its operation.
const anotherAnswers = "another application answers now and then"

// others knows the responses of another application. The lock of presence guards it.
type others struct {
	known []Other
	own   map[string]bool // request -> whether the API answers it in another way; unset if unknown
	vain  int             // requests that got nothing else, however often they were sent
}

// of reports whether a response may be one of another application. One without a body,
// as of HEAD, is known by its head alone.
func (o *others) of(ex spec.Exchange) bool {
	if len(o.known) == 0 || ex.Response == nil || ex.Response.ReadFailure != "" {
		return false
	}
	if ex.Request.Method != http.MethodHead {
		f := faceOf(ex)
		return slices.ContainsFunc(o.known, func(k Other) bool { return k.Face == f })
	}
	length := ex.Response.Header.Get("Content-Length")
	return slices.ContainsFunc(o.known, func(k Other) bool {
		return k.Face.Status == status(ex) && k.Face.Media == mediaType(ex) && (length == "" || k.Length < 0 || length == strconv.Itoa(k.Length))
	})
}

// ofAnother reports whether a response may be one of another application.
func (e *Env) ofAnother(ex spec.Exchange) bool {
	e.presence.mu.Lock()
	defer e.presence.mu.Unlock()
	return e.presence.others.of(ex)
}

// fromAPI repeats a read until the API answers it. It returns the exchange that counts,
// and why that says nothing about its operation, "" if it does.
func (e *Env) fromAPI(ctx context.Context, r request.Request, ex spec.Exchange, send sender) (counts spec.Exchange, why string) {
	p := &e.presence
	if !e.ofAnother(ex) {
		p.answersItself(r, true)
		return ex, ""
	}
	tries, why := p.otherTries(r)
	first := ex
	for i := range tries {
		if e.Gone() != "" || e.ledger.count() != "" || !sleep(ctx, time.Duration(min(i, 10))*time.Millisecond) {
			return ex, ""
		}
		e.tell(ctx, ex)
		e.client.Close() // a connection may lead to one of the servers
		ex = send(ctx, e.numbers.next())
		switch {
		case client.NotSent(ex), ex.FailureKind == spec.FailureInterrupted:
			return first, ""
		case !e.ofAnother(ex):
			p.answersItself(r, true)
			e.tellOther(first)
			return ex, ""
		}
	}
	if tries > 0 {
		p.answersItself(r, false)
	}
	if why != "" {
		e.tellOther(first)
	}
	return ex, why
}

// otherTries returns how often to repeat a request that another application may have
// answered or, for 0, why its exchange says nothing, "" if it does. The API may give the
// same response by itself: then the repetitions are in vain, and soon end.
func (p *presence) otherTries(r request.Request) (n int, why string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	own, known := p.others.own[identity(r)]
	switch {
	case r.Effect != spec.Reads:
		return 0, anotherAnswers
	case own, !known && p.others.vain < mostVain:
		return otherTries, ""
	}
	return 0, ""
}

// answersItself records whether the API answers a read in another way than the other
// application, once that is known to be there.
func (p *presence) answersItself(r request.Request, own bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.others.known) == 0 || r.Effect != spec.Reads || len(p.others.own) >= mostUsual {
		return
	}
	if p.others.own == nil {
		p.others.own = map[string]bool{}
	}
	if id := identity(r); own || !p.others.own[id] {
		p.others.own[id] = own
		if !own {
			p.others.vain++
		}
	}
}

func (e *Env) tellOther(ex spec.Exchange) {
	e.tellOutage(ex, spec.KeywordOther, fmt.Sprintf("another application answers now and then: status %d, with what several operations get, and the API's own answer for the same request a moment later", status(ex)))
}

// faces finds out whether another application answers some of the requests, and reports
// whether one does. It sends some reads several times, each over a connection of its own.
func (p *preflight) faces(ctx context.Context, list []asking) bool {
	if first := p.seen[0].ex; !complete(first) || first.Duration > slow {
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

// knowOther records a response of another application, and forgets what was concluded
// from responses before.
func (e *Env) knowOther(o Other) {
	p := &e.presence
	p.mu.Lock()
	defer p.mu.Unlock()
	p.others.known = append(p.others.known, o)
	p.known, p.usual, p.cleared, p.paths = nil, nil, nil, nil
}
