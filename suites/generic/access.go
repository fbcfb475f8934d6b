package generic

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// alternative returns the security schemes whose credentials requests of an operation
// carry.
func (s *suite) alternative(o *spec.Operation) []spec.SecurityScheme {
	return s.env.Config.Alternative(s.env.Contract.Access(o))
}

// missing returns why no valid request of an operation is sent: it ends the target, or lacks
// a credential. It returns "" if one can be.
func (s *suite) missing(o *spec.Operation) string {
	return cmp.Or(s.env.Config.Ends(o), Lacks(s.env.Contract, s.env.Config, o))
}

// Lacks returns the credential that a valid request of an operation lacks, "" if none.
func Lacks(c *spec.Contract, cfg config.Config, o *spec.Operation) string {
	a := c.Access(o)
	if !a.Required() {
		return ""
	}
	var first string
	for _, all := range a.Alternatives {
		names := cfg.Lacking(all)
		if len(names) == 0 {
			return ""
		}
		if first == "" {
			first = variables(names, all)
		}
	}
	return "set " + first
}

func variables(names []string, all []spec.SecurityScheme) string {
	var list []string
	for _, name := range names {
		variable := config.AuthVariable(name)
		for _, scheme := range all {
			switch {
			case scheme.Name != name:
			case scheme.Place() == "":
				variable = "--client-cert and --client-key"
			case strings.EqualFold(scheme.Scheme, "basic"):
				variable += " (user:password)"
			}
		}
		list = append(list, variable)
	}
	return strings.Join(list, " and ")
}

// variables names the variables that hold the credentials of an operation.
func (s *suite) variables(o *spec.Operation) string {
	all := s.alternative(o)
	var names []string
	for _, scheme := range all {
		names = append(names, scheme.Name)
	}
	return variables(names, all)
}

// access: a secured operation refuses requests without a credential.
func (s *suite) access(o *spec.Operation) (list []probe) {
	a := s.env.Contract.Access(o)
	if !a.Required() || len(a.Alternatives[0]) == 0 || slices.ContainsFunc(a.Alternatives, certificates) {
		return nil
	}
	none := probe{area: "access", op: o, text: "refuses a request without its credential", ids: []string{"AUTH-NONE-001", "AUTH-CHALLENGE-001", "HTTP-ROBUST-001"}, sends: sends(o, 1, 1, "no credential")}
	none.run = func(t *rule.T) { s.denied(t, o, "AUTH-NONE-001", "no credential", nil) }
	list = append(list, none)
	all := slices.DeleteFunc(slices.Clone(a.Alternatives[0]), certificate)
	if s.depth == config.Quick {
		return list
	}
	empty := probe{area: "access", op: o, text: "refuses an empty credential", ids: []string{"AUTH-EMPTY-001", "HTTP-ROBUST-001"}, sends: sends(o, 1, 1, "an empty credential")}
	empty.run = func(t *rule.T) { s.denied(t, o, "AUTH-EMPTY-001", "an empty credential", made(all, "")) }
	unknown := probe{area: "access", op: o, text: "refuses a credential that was never issued", ids: []string{"AUTH-UNKNOWN-001", "HTTP-ROBUST-001"}, sends: sends(o, 1, 2, "an unknown credential")}
	unknown.run = func(t *rule.T) {
		s.denied(t, o, "AUTH-UNKNOWN-001", "an unknown credential", made(all, unissued))
		if keys, note := s.nearly(o, all); keys != nil {
			s.denied(t, o, "AUTH-UNKNOWN-001", note, keys)
		}
	}
	list = append(append(list, s.parts(o, a)...), s.amongCookies(o)...)
	if s.half.empty(o) {
		list = append(list, empty)
	}
	return append(append(list, unknown), s.identities(o, all)...)
}

// unissued is a credential that nobody has.
const unissued = "conformance-0unknown0"

// certificates reports whether an alternative consists of client certificates only. They
// belong to the connection, and to the proxy that terminates TLS: a request cannot omit
// them.
func certificates(all []spec.SecurityScheme) bool {
	return !slices.ContainsFunc(all, func(s spec.SecurityScheme) bool { return !certificate(s) })
}

func certificate(s spec.SecurityScheme) bool { return s.Place() == "" }

// whose describes the identities.
var whose = map[string]string{request.ReadOnly: "for reading", request.Unscoped: "without scopes", request.OtherCustomer: "of another customer"}

// shown reports whether the last path parameter names a resource from a response or from
// the user: any other value may name nothing.
func (s *suite) shown(t *rule.T, o *spec.Operation) bool { return s.shownTo(t, o, nil) }

// shownTo is shown for operations that are being read for one another.
func (s *suite) shownTo(t *rule.T, o *spec.Operation, above []string) bool {
	names := spec.Placeholders(o.Path)
	for _, p := range s.build.Inputs(o).Parameters {
		if p.In == "path" && p.Name == names[len(names)-1] {
			_, found := s.finding(t, above)(o, p)
			return found || s.build.Given(o, p)
		}
	}
	return false
}

// withoutIdentity returns the specs that report which credentials were not given.
func (s *suite) withoutIdentity() (list []probe) {
	for _, x := range []struct{ identity, id string }{{request.ReadOnly, "SCOPE-WRITE-001"}, {request.Unscoped, "SCOPE-MISSING-001"}, {request.OtherCustomer, "OWN-ACCESS-001"}} {
		if s.env.Contract.Unbound(x.id) || s.env.Config.HasIdentity(x.identity) {
			continue
		}
		p := probe{area: "access", text: "refuses the credential " + x.identity, ids: []string{x.id}}
		p.run = func(t *rule.T) {
			t.Skip(reporters.SkipConfiguration, "no credential for the identity %s was given: name one in the file of --identities", x.identity)
		}
		list = append(list, p)
	}
	return list
}

// made returns made-up credentials for all schemes of an alternative.
func made(all []spec.SecurityScheme, value string) (keys []request.Key) {
	for _, scheme := range all {
		v := value
		if strings.EqualFold(scheme.Scheme, "basic") {
			v += ":" + value
		}
		keys = append(keys, request.Key{Scheme: scheme, Literal: v, Made: true})
	}
	return keys
}

// denied sends the valid request with other credentials. Only a success violates the
// rule: a server may check the input first, or say that the resource does not exist.
func (s *suite) denied(t *rule.T, o *spec.Operation, id, note string, keys []request.Key) *rule.Answer {
	d, tagged := s.draft(t, o, nil), false
	send := func() *rule.Answer {
		a := s.sendNew(t, d, func(d request.Draft) request.Request {
			r, err := s.build.Request(d, nil)
			s.need(t, err)
			if tagged {
				r = s.conditional(t, d, r)
			}
			return r.WithKeys(keys...).WithNote(note)
		})
		s.deleted(d, a)
		return a
	}
	a := send()
	if a.Status() == http.StatusPreconditionRequired || a.Status() == http.StatusPreconditionFailed {
		tagged = true
		a = send()
	}
	hidden := id == "OWN-ACCESS-001" && a.Status() == http.StatusNotFound // it is there for its owner
	if undecided(a) && !hidden && o.Effect != spec.Reads && len(spec.Placeholders(o.Path)) > 0 {
		// The state of the resource may forbid the operation, whoever asks.
		find, undo := s.fresh(t, o)
		defer undo()
		if fresh, err := s.build.Draft(o, find); err == nil && s.made(fresh) {
			d = fresh
			s.prepare(t, d)
			a = send()
		}
	}
	switch {
	case a.Success():
		t.Violation(a, id, "status", "refused", "status 401 or 403 for "+note, status(a))
	case failed(a): // it serves nobody, but is no proper refusal
		t.Violation(a, "HTTP-ROBUST-001", "status", "refused", "any status below 500 for "+note, status(a))
	}
	return a
}

// undecided reports whether a refusal may have reasons other than the credential.
func undecided(a *rule.Answer) bool {
	switch a.Status() {
	case http.StatusNotFound, http.StatusConflict, http.StatusGone, http.StatusPreconditionFailed, http.StatusUnprocessableEntity:
		return true
	}
	return false
}

// identities tests credentials of other identities, if the user has given them.
func (s *suite) identities(o *spec.Operation, all []spec.SecurityScheme) (list []probe) {
	as := func(identity string) (keys []request.Key) {
		for _, scheme := range all {
			keys = append(keys, request.Key{Scheme: scheme, Identity: identity})
		}
		return keys
	}
	cfg := s.env.Config
	add := func(identity, id, text string, applies bool) {
		if !applies || !cfg.HasIdentity(identity) {
			return
		}
		p := probe{area: "access", op: o, text: text, ids: []string{id, "HTTP-ROBUST-001"}, sends: sends(o, 1, 1, "the credential "+identity)}
		if list := s.collectionRead(s.readOf(o)); identity == request.OtherCustomer && list != nil {
			p.sends = append(p.sends, sends(list, 0, 1, "the credential "+identity)...)
		}
		p.run = func(t *rule.T) {
			for _, scheme := range all {
				if cfg.Credential(identity, scheme.Name) == "" {
					t.Skip(reporters.SkipConfiguration, "the file of identities has no %s of %s", scheme.Name, identity)
				}
			}
			if identity == request.OtherCustomer && !s.shown(t, o) {
				t.Skip(reporters.SkipNoData, "no response shows which thing of the target belongs to the primary identity: name one with %s", s.hint(o))
			}
			if identity == request.OtherCustomer && s.listedToBoth(t, o, as(identity)) {
				t.Skip(reporters.SkipNoData, "the list of the other customer shows it, too: %s", s.hint(o))
			}
			if identity == request.OtherCustomer && s.namedByMaker(o) {
				s.deniedSame(t, o, as(identity))
				return
			}
			a := s.denied(t, o, id, "a credential "+whose[identity], as(identity))
			if identity == request.OtherCustomer {
				s.notListed(t, o, a, as(identity))
			}
		}
		list = append(list, p)
	}
	scoped := false
	access := s.env.Contract.Access(o)
	for _, scopes := range access.Scopes {
		scoped = scoped || len(scopes) > 0
	}
	add(request.ReadOnly, "SCOPE-WRITE-001", "refuses a credential for reading", o.Effect != spec.Reads && !access.ReadingSuffices())
	add(request.Unscoped, "SCOPE-MISSING-001", "refuses a credential without its scope", scoped)
	add(request.OtherCustomer, "OWN-ACCESS-001", "refuses what belongs to another customer", len(spec.Placeholders(o.Path)) > 0 && s.owned(o))
	return list
}

// owned reports whether a path may name what belongs to one customer: neither what is read
// without a credential, nor what each customer calls as he likes, and which is another
// thing for each.
func (s *suite) owned(o *spec.Operation) bool {
	names := spec.Placeholders(o.Path)
	if get := s.sibling(o, http.MethodGet); get != nil && !s.env.Contract.Access(get).Required() {
		return false
	}
	if o.Method != http.MethodGet && s.namedByMaker(o) {
		return false
	}
	last := names[len(names)-1]
	put := s.sibling(o, http.MethodPut)
	p := s.pathInput(o, last)
	if put == nil || p == nil || s.creation(o, last) != nil && !slices.Contains(put.Statuses, strconv.Itoa(http.StatusCreated)) {
		return true
	}
	sampler, err := s.build.Sampler()
	const least = 16 // characters that nobody else chooses
	v, coined := s.coined(o, *p, 0)
	return err == nil && !sampler.Meets(p.Schema, ownNaming) && (!coined || len(text(v)) >= least)
}

// ownNaming is a word that somebody may choose as the name of a thing.
const ownNaming = "conformance"
