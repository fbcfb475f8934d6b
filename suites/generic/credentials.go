package generic

import (
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// parts: what asks for several credentials at once is not served to who has all but one.
func (s *suite) parts(o *spec.Operation, a spec.Access) (list []probe) {
	all := slices.DeleteFunc(slices.Clone(a.Alternatives[0]), certificate)
	if len(all) < 2 {
		return nil
	}
	for _, left := range all {
		rest := slices.DeleteFunc(slices.Clone(all), func(other spec.SecurityScheme) bool { return other.Name == left.Name })
		if slices.ContainsFunc(a.Alternatives, func(other []spec.SecurityScheme) bool { return within(other, rest) }) {
			continue // which is another way to be served
		}
		p := probe{area: "access", op: o, text: "refuses a request without its " + left.Name, ids: []string{"AUTH-NONE-001", "HTTP-ROBUST-001"}, sends: sends(o, 0, 1, "all credentials but one")}
		p.run = func(t *rule.T) {
			var keys []request.Key
			for _, scheme := range rest {
				keys = append(keys, request.Key{Scheme: scheme, Identity: request.Primary})
			}
			s.request(t, s.draft(t, o, nil)) // skips where a credential is missing
			s.denied(t, o, "AUTH-NONE-001", "no "+left.Name+" beside the other credentials", keys)
		}
		list = append(list, p)
	}
	return inTurn(s, o, list[:s.upTo(len(list), 0, 2)])
}

// within reports whether the schemes of an alternative are all among others.
func within(alternative, others []spec.SecurityScheme) bool {
	return !slices.ContainsFunc(alternative, func(s spec.SecurityScheme) bool {
		return !slices.ContainsFunc(others, func(other spec.SecurityScheme) bool { return other.Name == s.Name })
	})
}

// nearly are credentials that are wrong where programs forget to look: another password
// of the same user, the same token with another signature or with something behind it. They
// are nil where there are none, and for all operations but one: who mistakes a password
// often is locked out.
func (s *suite) nearly(o *spec.Operation, all []spec.SecurityScheme) (keys []request.Key, note string) {
	if o != s.firstSecured() || len(s.env.Config.Lacking(all)) > 0 {
		return nil, ""
	}
	for _, scheme := range all {
		key := request.Key{Scheme: scheme, Identity: request.Primary}
		if value, of := similar(scheme, s.env.Config.Credential(request.Primary, scheme.Name)); note == "" && value != "" {
			key, note = request.Key{Scheme: scheme, Identity: request.Primary, Literal: value, Made: true}, of
		}
		keys = append(keys, key)
	}
	if note == "" {
		return nil, ""
	}
	return keys, note
}

// firstSecured is the first operation that wants a credential, a read if there is one.
func (s *suite) firstSecured() (first *spec.Operation) {
	for _, o := range s.env.Contract.Operations() {
		secured := s.env.Contract.Access(o).Required()
		if secured && (first == nil || o.Effect == spec.Reads && first.Effect != spec.Reads) {
			first = o
		}
	}
	return first
}

// similar is a credential that nobody has and that is like another one, "" for none.
func similar(scheme spec.SecurityScheme, value string) (made, note string) {
	if user, _, ok := strings.Cut(value, ":"); ok && user != "" && strings.EqualFold(scheme.Scheme, "basic") {
		return user + ":" + unissued, "another password"
	}
	parts := strings.Split(value, ".")
	if len(parts) != 3 || !strings.HasPrefix(value, "eyJ") || len(parts[2]) < 8 {
		return longer(scheme, value)
	}
	signature := []byte(parts[2])
	slices.Reverse(signature)
	if parts[2] = string(signature); strings.Join(parts, ".") == value {
		return "", ""
	}
	return strings.Join(parts, "."), "the token with another signature"
}

// longer is a credential with a character behind it, for who compares only its begin.
func longer(scheme spec.SecurityScheme, value string) (made, note string) {
	const least = 8 // shorter ones are no secrets
	if strings.EqualFold(scheme.Scheme, "basic") || len(value) < least || strings.ContainsAny(value, " \t") {
		return "", ""
	}
	return value + "0", "the credential with a character behind it"
}
