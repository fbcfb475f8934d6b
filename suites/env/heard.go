package env

import (
	"context"
	"strings"
	"sync"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// heard are the exchanges in which the preflight saw that a read has one response. The first
// specs that would send the same request judge these instead.
type heard struct {
	mu   sync.Mutex
	over bool                       // specs have begun
	list map[string][]spec.Exchange // by request
}

// hear keeps exchanges of a read for [Env.Heard].
func (e *Env) hear(r request.Request, list []spec.Exchange) {
	e.heard.mu.Lock()
	defer e.heard.mu.Unlock()
	if e.heard.over {
		return
	}
	if e.heard.list == nil {
		e.heard.list = map[string][]spec.Exchange{}
	}
	e.heard.list[heardAs(r)] = list
}

// Heard returns an exchange of the preflight with the same request, each once; ok is false
// if there is none left. It is not judged yet.
func (e *Env) Heard(ctx context.Context, r request.Request, requirements []string) (ex spec.Exchange, ok bool) {
	e.heard.mu.Lock()
	e.heard.over = true
	key := heardAs(r)
	list := e.heard.list[key]
	if len(list) > 0 {
		ex, ok, e.heard.list[key] = list[0], true, list[1:]
	}
	e.heard.mu.Unlock()
	if !ok {
		return ex, false
	}
	ex = e.watch(ctx, r, ex, func(ctx context.Context, id string) spec.Exchange {
		return e.client.Do(ctx, id, r, strings.Join(requirements, " "))
	})
	e.tell(ctx, ex)
	return ex, true
}

func heardAs(r request.Request) string { return r.Operation + " " + identity(r) }
