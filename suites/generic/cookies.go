package generic

import (
	"net/http"
	"slices"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// amongCookies: a credential in a cookie is found wherever it is in its header. What reads
// it is the same for all operations, so one of them is asked.
func (s *suite) amongCookies(o *spec.Operation) []probe {
	all := s.alternative(o)
	if o != s.firstSecured() || o.Effect != spec.Reads || !slices.ContainsFunc(all, spec.SecurityScheme.IsCookie) {
		return nil
	}
	forms := []request.Form{request.CookieLast, request.CookieMiddle}
	p := probe{area: "access", op: o, text: "finds its credential anywhere among the cookies", ids: []string{"AUTH-SESSION-003"}, sends: sends(o, 0, len(forms), "the credential among other cookies")}
	p.run = func(t *rule.T) {
		usual := s.read(t, o, nil)
		s.served(t, usual)
		for _, form := range forms {
			var keys []request.Key
			for _, scheme := range all {
				keys = append(keys, request.Key{Scheme: scheme, Identity: request.Primary, Form: form})
			}
			a := t.Send(s.request(t, s.draft(t, o, nil)).WithKeys(keys...).WithNote("the credential, " + string(form)))
			if a.Status() == http.StatusUnauthorized || a.Status() == http.StatusForbidden {
				t.Violation(a, "AUTH-SESSION-003", "status", "accepted", status(usual)+", which the same credential gets in its usual form; here: "+string(form), status(a))
			}
		}
	}
	return []probe{p}
}
