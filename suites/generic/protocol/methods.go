package protocol

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// harmlessMethod is a real method (RFC 4918) that changes nothing and that no API of this
// kind has: any tier may send it to any path.
const harmlessMethod = "PROPFIND"

var triedMethods = []string{"GET", "POST", "PUT", "PATCH", "DELETE", harmlessMethod}

// methods tests undocumented methods of a path.
func methods(e *env.Env, res resource) {
	var wrong []string
	for _, m := range triedMethods {
		if !res.documents(m) {
			wrong = append(wrong, m)
		}
	}
	for _, m := range wrong {
		rule.It(e, "refuses "+m, rule.Of("", "HTTP-METHOD-001"), func(t *rule.T) {
			refusedMethod(t, other(t, res, m))
		})
		if op := res.writing(); op != nil && (m == "PUT" || m == "PATCH") {
			rule.It(e, "refuses "+m+" with the body of "+op.Method, rule.Of("", "HTTP-METHOD-001"), func(t *rule.T) {
				refusedMethod(t, t.ValidFor(op.ID).WithMethod(m).WithNote("method "+m+" with a valid body"))
			})
		}
	}
	rule.It(e, "names its methods when it refuses one", rule.Of("", "HTTP-ALLOW-001", "HTTP-ALLOW-002"), func(t *rule.T) {
		allow(t, res, t.Send(other(t, res, harmlessMethod)))
	})
	rule.It(e, "answers OPTIONS without a server error", rule.Of("", "HTTP-ROBUST-001"), func(t *rule.T) {
		t.Survives(other(t, res, "OPTIONS")) // it may be served, refused, or answered by a gateway
	})
	rule.It(e, "sends no body with a status that has none", rule.Of("", "HTTP-EMPTY-001"), func(t *rule.T) {
		t.SendRaw(other(t, res, "OPTIONS")) // the request that most often gets a 204
	})
	// TRACE echoes the request with its credential (RFC 9110 section 9.3.8 tells clients
	// not to send one): Check looks for it.
	rule.It(e, "does not echo a credential to TRACE", rule.Of("", "LEAK-CREDENTIAL-001"), func(t *rule.T) {
		t.Survives(other(t, res, "TRACE"))
	})
}

// other returns a request with another method for the path of a resource, without a body.
// It is valid except for its method, so that only the method can be refused.
//
// GET, OPTIONS, TRACE and PROPFIND are safe by definition (RFC 9110 section 9.2.1, RFC
// 4918 section 9.1); any other method may change something at a broken target. A DELETE
// that works cannot be undone: it names what does not exist, except at a server that this
// process started.
func other(t *rule.T, res resource, method string) request.Request {
	op := res.ops[0]
	t.OperationNamed(op.ID)
	data := request.Data{}
	for _, p := range op.Parameters {
		if p.In == "path" && p.Data != "" {
			data[p.Data] = t.Datum(p.Data)
			if method == "DELETE" && !t.Env.Disposable() {
				data[p.Data] = request.Unlike(data[p.Data])
			}
		}
	}
	// The properties of the body do not matter: there is none.
	if op.Body != nil {
		for _, m := range op.Body.Members {
			if m.Data != "" && data[m.Data] == "" {
				data[m.Data] = "none"
			}
		}
	}
	r, err := request.For(op, data)
	if err != nil {
		panic(err) // every datum was given
	}
	effect := spec.Writes
	switch {
	case slices.Contains([]string{"GET", "OPTIONS", "TRACE", harmlessMethod}, method):
		effect = spec.Reads
	case op.Effect == spec.Charges:
		effect = spec.Charges
	}
	return r.WithMethod(method).WithoutBody().WithEffect(effect).WithNote("method " + method)
}

// refusedMethod accepts any client error, not only 405. A target may say that the
// resource does not exist (404), that the key is not allowed (403), or that the request
// makes no sense (400); 501 is for methods that a server does not know at all.
func refusedMethod(t *rule.T, r request.Request) {
	a := t.Send(r)
	if s := a.Status(); s/100 != 4 && s != 501 {
		t.Violation(a, "HTTP-METHOD-001", "status", "refused", "a status of 4xx, or 501, for "+r.Note, status(a))
	}
}

// allow: Check judges that a 405 has the header. It must not list the refused method, and
// must list all documented ones. Routers with one route per method know only the methods
// of one route (Starlette lists those of the first), so a missing one is only a warning.
func allow(t *rule.T, res resource, a *rule.Answer) {
	if a.Status() != http.StatusMethodNotAllowed || len(a.Response.Header.Values("Allow")) == 0 {
		return
	}
	value := strings.Join(a.Response.Header.Values("Allow"), ", ")
	var listed []string
	for m := range strings.SplitSeq(value, ",") {
		listed = append(listed, strings.TrimSpace(m))
	}
	for _, o := range res.ops {
		if !slices.Contains(listed, o.Method) {
			t.Violation(a, "HTTP-ALLOW-002", "header Allow", "contains", "a list with "+o.Method+", which is documented", fmt.Sprintf("%q", value))
		}
	}
}

// head: HEAD is undocumented. RFC 9110 section 9.1 requires it of every server; the suite
// accepts that it is not supported, but a response must match that of GET.
func head(e *env.Env, op *spec.Operation) {
	rule.It(e, "answers HEAD as it answers GET", rule.Of(op.ID, "HTTP-HEAD-001", "HTTP-EMPTY-001"), func(t *rule.T) {
		valid := t.Valid()
		get := t.Send(valid)
		if !get.Success() {
			t.Skip(reporters.SkipNoData, "GET is answered with status %d: there is nothing to compare HEAD with", get.Status())
		}
		a := t.Send(valid.WithMethod("HEAD").WithNote("method HEAD"))
		t.MustRefuse(a, "HTTP-HEAD-001", "HEAD, as for GET or because there is no HEAD", get.Status(), 404, 405, 501)
		is, want := mediaType(a), mediaType(get)
		if a.Success() && is != "" && is != want {
			t.Violation(a, "HTTP-HEAD-001", "header Content-Type", "equal", want+", as for GET", is)
		}
		sameLength(t, get, a)
	})
}

// sameLength: RFC 9110 section 8.6 forbids any Content-Length other than that of GET. It
// may vary, with the time or an id in the body: only lengths that both GET and HEAD
// repeat are compared.
func sameLength(t *rule.T, get, head *rule.Answer) {
	const times = 4
	want, is := get.Response.Length, head.Response.Header.Get("Content-Length")
	for n := 1; ; n++ {
		unlike := get.Success() && head.Success() && !coded(get) && !coded(head) && is != "" && want >= 0 && is != strconv.FormatInt(want, 10)
		if !unlike || get.Response.Length != want || head.Response.Header.Get("Content-Length") != is {
			return
		}
		if n == times {
			t.Violation(head, "HTTP-HEAD-001", "header Content-Length", "equal", fmt.Sprintf("%d, as for GET, or no such header", want), is)
			return
		}
		get = t.Send(t.Valid())
		head = t.Send(t.Valid().WithMethod("HEAD").WithNote("method HEAD"))
	}
}

// coded reports a content coding: the compressed length depends on every byte, even of a
// time or an id.
func coded(a *rule.Answer) bool { return a.Response.Header.Get("Content-Encoding") != "" }

func mediaType(a *rule.Answer) string {
	name, _, _ := strings.Cut(a.Response.Header.Get("Content-Type"), ";")
	return strings.ToLower(strings.TrimSpace(name))
}

// status describes a response in the words of other findings.
func status(a *rule.Answer) string {
	if a.Response == nil {
		return "no response: " + a.Failure
	}
	text := fmt.Sprintf("status %d", a.Status())
	if code, ok := a.Text("code"); ok {
		text += fmt.Sprintf(", code %q", code)
	}
	return text
}
