package env

import (
	"context"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strconv"
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
// answers. The preflight looks for them, see [preflight.faces].
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

// otherTries is how often a read is repeated that another application may have answered:
// of one that answers half of the requests the API answers all but one in 16 million.
const otherTries = 24

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
	e.tellOutage(ex, spec.KeywordOther, fmt.Sprintf("another application answers now and then: status %d, with what several operations get, and the API's own response for the same request a moment later", status(ex)))
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
