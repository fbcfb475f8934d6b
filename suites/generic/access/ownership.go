package access

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// ownership: the path names a resource of another customer, or none at all. The
// documentation allows 403 or 404 and does not say that both cases look alike, so they
// are not compared.
func ownership(e *env.Env, op *spec.Operation) {
	if name := pathDatum(op); name != "" && name == e.Pack.OwnerDatum {
		rule.It(e, "refuses the account of another customer", rule.Of(op.ID, "OWN-ACCESS-001"), func(t *rule.T) {
			deniedWhatever(t, foreign(t, op, "OWN-ACCESS-001"), 403, 404)
		})
		if takesSession(op) {
			rule.It(e, "refuses the account of another customer to a session", rule.Of(op.ID, "OWN-ACCESS-001"), func(t *rule.T) {
				x := foreign(t, op, "OWN-ACCESS-001")
				x.change = func(r request.Request) request.Request { return r.WithAuth(session) }
				x.note += " for a session"
				denied(t, x, 403, 404)
			})
		}
		if op.Effect == spec.Reads && op.Method == "GET" {
			rule.It(e, "answers HEAD for the account of another customer with no success", rule.Of(op.ID, "OWN-ACCESS-001"), func(t *rule.T) {
				x := foreign(t, op, "OWN-ACCESS-001")
				a := t.Send(harmless(t, op, x.data).WithMethod("HEAD").WithNote("HEAD for " + x.note))
				if a.Success() {
					t.Violation(a, "OWN-ACCESS-001", "status", "refused", "status 403 or 404 for HEAD for "+x.note, fmt.Sprintf("status %d", a.Status()))
				}
			})
		}
		rule.It(e, "tells nothing of the account of another customer", rule.Of(op.ID, "OWN-LEAK-001"), func(t *rule.T) {
			// Another spec checks whether it is refused at all.
			x := foreign(t, op, "OWN-LEAK-001")
			a := t.Send(x.change(harmless(t, op, x.data)).WithNote(x.note))
			if !a.Success() {
				tellsNothing(t, op, a)
			}
		})
	}
	if name := pathDatum(op); name != "" && op.Effect == spec.Reads {
		rule.It(e, "finds nothing under an id that does not exist", rule.Of(op.ID, "OWN-ACCESS-001"), func(t *rule.T) {
			data := maps.Clone(t.Env.Data)
			data[name] = request.Unlike(t.Datum(name))
			denied(t, attempt{op: op, requirement: "OWN-ACCESS-001", data: data, change: asIs, note: "an id that does not exist"}, e.Promises(op).Absent...)
		})
	}
}

// lists: a customer's lists contain nothing of another customer.
func lists(e *env.Env, op *spec.Operation) {
	if op.Effect != spec.Reads || pathDatum(op) != "" {
		return
	}
	rule.It(e, "lists nothing of another customer", rule.Of(op.ID, "OWN-ACCESS-001"), func(t *rule.T) {
		id := another(t)
		a := t.Served(t.Valid())
		if strings.Contains(string(a.Response.Body), strconv.Quote(id)) {
			t.Violation(a, "OWN-ACCESS-001", "body", "foreign", "nothing of another customer", "the account "+id)
		}
	})
}

// pathDatum returns the datum of the target in the path of an operation, "" if there is
// none.
func pathDatum(op *spec.Operation) string {
	for _, p := range op.Parameters {
		if p.In == "path" && p.Data != "" {
			return p.Data
		}
	}
	return ""
}

func asIs(r request.Request) request.Request { return r }

// foreign returns a request with the own key for the account of another customer.
func foreign(t *rule.T, op *spec.Operation, requirement string) attempt {
	data := maps.Clone(t.Env.Data)
	data[t.Env.Pack.OwnerDatum] = another(t)
	return attempt{op: op, requirement: requirement, data: data, change: asIs, note: "the account of another customer"}
}

// another returns the account of another customer; it skips the spec without one.
func another(t *rule.T) string {
	id := ""
	if t.Env.Pack.Another != nil {
		id = t.Env.Pack.Another(t.Env.Config)
	}
	if id == "" {
		t.Skip(reporters.SkipConfiguration, "set %s: no read of one customer shows the accounts of another", t.Env.Pack.Foreign)
	}
	return id
}

func harmless(t *rule.T, op *spec.Operation, data request.Data) request.Request {
	t.OperationNamed(op.ID)
	r, _, err := request.Harmless(op, data)
	need(t, err)
	return r
}

// errorMembers are the documented properties of error documents; a success may have some
// of the same names (requestId).
var errorMembers = []string{
	"type", "title", "status", "detail", "code", "instance", "requestId", "timestamp", "errors", "extensions",
	"success", "error", "message", "retryAfter", "details",
}

// tellsNothing searches a refusal for properties that belong to a success, and for ids
// that the request did not name.
func tellsNothing(t *rule.T, op *spec.Operation, a *rule.Answer) {
	const want = "a refusal without data of the account"
	if rows, ok := a.Value().([]any); ok {
		t.Violation(a, "OWN-LEAK-001", "$", "leak", want, fmt.Sprintf("an array of %d items", len(rows)))
	}
	members, text := refusalOfNobody(t, op)
	data := successMembers(t, op)
	for _, name := range slices.Sorted(maps.Keys(a.Object())) {
		if slices.Contains(data, name) && !slices.Contains(members, name) && !slices.Contains(errorMembers, name) {
			t.Violation(a, "OWN-LEAK-001", "$."+name, "leak", want, "the property "+name+" of a success")
		}
	}
	for _, host := range hostName.FindAllString(string(a.Response.Body), -1) {
		if !ownHost(t, host) && !strings.Contains(text, host) {
			t.Violation(a, "OWN-LEAK-001", "body", "leak", want, "the name "+host+", which the refusal of an account that does not exist does not have")
			return
		}
	}
	sent := a.Request.Path() + string(a.Request.Body)
	if t.Env.Pack.IDs == nil {
		return
	}
	for _, id := range t.Env.Pack.IDs.FindAllString(string(a.Response.Body), -1) {
		if !strings.Contains(sent, id) {
			t.Violation(a, "OWN-LEAK-001", "body", "leak", want, "the id "+id+", which the request did not name")
			return
		}
	}
}

// hostName matches host names: an account is identified by its domain.
var hostName = regexp.MustCompile(`\b(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}\b`)

// ownHost reports whether a name belongs to the API itself, or is no host name but that
// of a file or property in a text.
func ownHost(t *rule.T, host string) bool {
	vendor := t.Env.Pack.Domain
	if vendor != "" && (host == vendor || strings.HasSuffix(host, "."+vendor)) || strings.Contains(t.Env.Config.BaseURL, host) {
		return true
	}
	suffix, icann := publicsuffix.PublicSuffix(host)
	icann = icann || suffix == "example" || suffix == "test"                                   // RFC 6761: for documentation and tests
	return !icann || suffix == host || slices.Contains([]string{"id", "info", "name"}, suffix) // account.id is a property
}

// refusalOfNobody returns the property names and the text of the response for an account
// that does not exist: what is in there as well (links, an API version) discloses
// nothing.
func refusalOfNobody(t *rule.T, op *spec.Operation) (members []string, text string) {
	data := maps.Clone(t.Env.Data)
	owner := t.Env.Pack.OwnerDatum
	data[owner] = request.Unlike(t.Datum(owner))
	nobody := t.Send(harmless(t, op, data).WithNote("an account that does not exist"))
	if nobody.Success() {
		return nil, ""
	}
	return slices.Collect(maps.Keys(nobody.Object())), string(nobody.Response.Body)
}

// successMembers returns the property names of the response for the own account: from the
// operation itself if it only reads, else from the read on the same path.
func successMembers(t *rule.T, op *spec.Operation) []string {
	for _, o := range t.Env.Contract.Operations() {
		if o.Path != op.Path || o.Effect != spec.Reads || t.Env.NotOffered(o.ID) != "" {
			continue
		}
		r, err := request.For(o, t.Env.Data)
		if err != nil {
			return nil // no own account to compare with; ids are still searched for
		}
		if own := t.Send(r); own.Success() {
			return slices.Collect(maps.Keys(own.Object()))
		}
	}
	return nil
}
