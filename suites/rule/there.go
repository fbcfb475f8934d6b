package rule

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// An absence says that an operation is not there.
type absence struct {
	why    string // "" if it is there
	answer *Answer
}

// there skips the spec if the target does not have an operation of the document: its
// valid request gets 404, 405 or 501 each time. That is a single violation, of the rule
// that the request is served; other rules of the operation would judge whatever responds
// in its place. Each process checks once.
func (t *T) there(o *spec.Operation) {
	if o.Support {
		return // see env.Env.NotOffered
	}
	found := t.looked(o)
	if found.why == "" {
		return
	}
	id := AvailabilityRule(t.Env.Contract, o)
	t.Use(found.answer)
	t.Violation(found.answer, id, "status", "accepted", fmt.Sprintf("status %d", o.Success()), found.why)
	t.Skip(reporters.SkipNotOffered, "%s: see %s", found.why, id)
}

// Has reports whether the target has an operation of the document, as far as that can be
// determined.
func (t *T) Has(o *spec.Operation) bool { return o.Support || t.looked(o).why == "" }

func (t *T) looked(o *spec.Operation) absence {
	found, _ := t.Env.Once("there "+o.ID, func() any { return t.lookFor(o) }).(absence)
	return found
}

// lookFor checks whether an operation is there. An operation that may not be requested,
// because of the safety tier or missing data, counts as there.
func (t *T) lookFor(o *spec.Operation) absence {
	r, harmless, err := request.Harmless(o, t.Env.Data)
	switch {
	case err != nil || o.Effect != spec.Reads && !harmless:
	case !t.Env.Config.Safety.Allows(o.Effect) || t.Env.Spent(o.Effect) != "" || t.Env.GivenUp(r.Method, r.Path) != "":
	case r.Auth.Secret != request.NoSecret && t.Env.Config.Secret(r.Auth.Secret) == "":
	case o.Effect == spec.Reads:
		return t.missing(o, r, r)
	default:
		return t.missingWrite(o, r)
	}
	return absence{}
}

// missing sends requests that only a missing operation answers with [absent] statuses.
func (t *T) missing(o *spec.Operation, requests ...request.Request) absence {
	var last *Answer
	for _, r := range requests {
		r = r.WithNote("is the operation there")
		ex := t.Env.Exchange(t.Context, r, t.about.Requirements)
		t.sent(ex)
		if t.Err() != nil || ex.Response == nil || !absent(ex.Response.Status) {
			// It may be the only response of its kind: the first one after a start.
			if t.take(r, ex); last != nil && o.Effect == spec.Reads && ex.Response != nil {
				t.Violation(last, AvailabilityRule(t.Env.Contract, o), "status", "accepted", fmt.Sprintf("status %d each time", o.Success()), got(last))
				t.Use(last)
			}
			return absence{}
		}
		last = newAnswer(t, ex)
	}
	return absence{fmt.Sprintf("%s is not there (status %d, %d of %d)", o.Name(), last.Status(), len(requests), len(requests)), last}
}

// missingWrite checks an operation that changes the target with a request that it must
// refuse. A 405 or 501 is conclusive. A 404 may be about what the body names: the
// operation is missing only if the same request without a credential, and one to an
// undocumented path, get the same response.
func (t *T) missingWrite(o *spec.Operation, r request.Request) absence {
	found := t.missing(o, r, r)
	if found.why == "" || found.answer.Status() != http.StatusNotFound {
		return found
	}
	nowhere := r
	nowhere.Operation, nowhere.Path = "", r.Path[:strings.LastIndex(r.Path, "/")+1]+"hostup-conformance-no-such-path"
	for _, other := range []request.Request{r.WithAuth(request.Auth{}), nowhere} {
		ex := t.Env.Exchange(t.Context, other.WithNote("is the operation there"), t.about.Requirements)
		t.sent(ex)
		if t.Err() != nil || ex.Response == nil || ex.Response.Status != http.StatusNotFound || said(ex) != said(found.answer.Exchange) {
			t.take(r, found.answer.Exchange)
			t.take(other, ex)
			return absence{}
		}
	}
	return found
}

// absent reports a status by which a server says that it has no such operation.
func absent(status int) bool {
	return slices.Contains([]int{http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented}, status)
}

// said returns the message of an error, without what differs between responses: ids,
// times, and the requested path.
func said(ex spec.Exchange) string {
	body := bytes.ReplaceAll(ex.Response.Body, []byte(ex.Request.Path()), []byte("*"))
	var object map[string]any
	if json.Unmarshal(body, &object) != nil {
		return string(body)
	}
	return fmt.Sprint(object["code"], object["title"], object["error"], object["message"], object["detail"])
}

// AvailabilityRule returns the requirement that a valid request of an operation is
// served, found by the ends of ids in the catalogue; HTTP-ANSWER-001 if there is none.
func AvailabilityRule(c *spec.Contract, o *spec.Operation) string {
	for _, end := range []string{"-READ-001", "-CREATE-001", "-OK-001"} {
		for _, r := range c.Requirements() {
			if strings.HasSuffix(r.ID, end) && slices.Contains(r.Operations, o.ID) {
				return r.ID
			}
		}
	}
	return "HTTP-ANSWER-001"
}
