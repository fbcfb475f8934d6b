package env

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
)

// outage returns the outage of this kind. If the cause is the key or an unreadable
// response, the record gets a finding of the contract; else it has none.
func (p *preflight) outage(kind string) *reporters.Outage {
	o := &reporters.Outage{Kind: kind, Text: p.clean(p.text(kind)), Hints: p.hints(kind)}
	first := p.seen[0].ex
	if text := p.says(first); text != "" && kind != reporters.OutageSilent && kind != reporters.OutageHead {
		o.Hints = append(o.Hints, text)
	}
	p.record.State = reporters.StateFailed
	p.record.Problem = o.Text
	p.record.Findings, p.record.Exchanges, p.record.Observed = nil, nil, nil
	id, where, want, got := "", "status", "", ""
	switch kind {
	case reporters.OutageKey:
		id, want, got = "AUTH-KEY-001", "any status but those that refuse the credential", o.Text
	case reporters.OutageHead:
		id, where, want, got = "HTTP-ANSWER-001", "connection", "an HTTP response", o.Text
	}
	q, ok := p.env.Contract.Requirement(id)
	if !ok {
		return o
	}
	p.record.Findings = []spec.Finding{p.env.Redact(spec.Finding{
		Requirement: id, Level: q.Level, Operation: p.env.Contract.OperationName(first), Status: status(first),
		Where: where, Keyword: map[string]string{"status": "accepted", "connection": "answer"}[where],
		Want: want, Got: got, Exchange: first.ID,
	})}
	p.record.Exchanges = []reporters.Exchange{p.env.Show(first, p.record.Name)}
	return o
}

// text describes the outage in one sentence.
func (p *preflight) text(kind string) string {
	var statuses []string
	for _, s := range p.seen {
		text := fmt.Sprint(status(s.ex))
		if s.ex.Response == nil {
			text = "none"
		}
		if !slices.Contains(statuses, text) {
			statuses = append(statuses, text)
		}
	}
	n, with := len(p.seen), spec.Or(statuses)
	asked := "every operation that was asked"
	if n == 1 {
		asked = "the operation that was asked"
	}
	switch kind {
	case reporters.OutageKey:
		return fmt.Sprintf("%s refuses %s (status %s, %d of %d)", asked, p.key(), with, n, n)
	case reporters.OutageAbsent:
		return fmt.Sprintf("no operation is there (status %s, %d of %d): this is not that API", with, n, n)
	case reporters.OutagePage:
		return fmt.Sprintf("the target answers %s with a page for people (status %s, text/html, %d of %d): this is not that API", asked, with, n, n)
	case reporters.OutageRedirect:
		return fmt.Sprintf("the target answers %s with a redirect (status %s, %d of %d)", asked, with, n, n)
	case reporters.OutageSame:
		what := "no body"
		if first := p.seen[0].ex; len(first.Response.Body) > 0 {
			what = mediaType(first)
		}
		return fmt.Sprintf("the target answers everything alike, also a path that is nowhere documented (status %s, %s): this is not that API", with, what)
	case reporters.OutageLimited:
		return fmt.Sprintf("the target answers %s with 429 and goes on for as long as the run may wait (%d of %d)", asked, n, n)
	case reporters.OutageClosed:
		return fmt.Sprintf("%s wants a credential (status %s, %d of %d), and the document asks for none", asked, with, n, n)
	case reporters.OutageSlow:
		return fmt.Sprintf("the target is too slow for --request-timeout %v: each of %d requests took more than half of that, up to %.1f s", p.env.Config.RequestTimeout, n, p.longest().Seconds())
	case reporters.OutageSilent:
		return fmt.Sprintf("%s got no whole response: %s (%d of %d)", asked, trouble(p.seen[0].ex), n, n)
	case reporters.OutageHead:
		return fmt.Sprintf("no response of %s can be read: %s (%d of %d)", asked, p.seen[0].ex.Failure, n, n)
	}
	return fmt.Sprintf("the target answers %s with a server error (status %s, %d of %d)", asked, with, n, n)
}

// trouble returns why an exchange has no complete response.
func trouble(ex spec.Exchange) string {
	if ex.Response != nil {
		return ex.Response.ReadFailure
	}
	return ex.Failure
}

// key names the credential of the first request.
func (p *preflight) key() string {
	r := p.seen[0].request
	var names []string
	for _, k := range r.Keys {
		names = append(names, config.AuthVariable(k.Scheme.Name))
	}
	if len(names) == 0 {
		return p.env.Config.Variable(string(r.Auth.Secret))
	}
	return strings.Join(names, " and ")
}

// address returns the URL of a request.
func (p *preflight) address(r request.Request) string {
	u, err := url.Parse(p.env.Config.BaseURL)
	if err != nil {
		return r.Path
	}
	return u.Scheme + "://" + u.Host + r.Path // the path includes that of the base URL
}

// clean returns a text that quotes the target as reports show it.
func (p *preflight) clean(s string) string { return p.env.client.Redactor().Text(client.Brief(s)) }

// refused says what a challenge of a target that refuses the key means. What stands before an
// API has a log-in of its own, with a scheme that the API does not have.
func (p *preflight) refused(challenge string) string {
	scheme, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(challenge)), " ")
	logins := map[string]string{
		"basic": "a user name and a password", "digest": "a user name and a password",
		"negotiate": "a log-in of its network", "ntlm": "a log-in of its network",
	}
	switch {
	case logins[scheme] == "":
		return "see whether the key is valid at this target, and has not expired"
	case slices.ContainsFunc(p.seen[0].request.Keys, func(k request.Key) bool { return strings.EqualFold(k.Scheme.Scheme, scheme) }):
		return fmt.Sprintf("the target asks for %s: see whether the user name and the password are right, or whether something before the API wants others", p.clean(challenge))
	}
	return fmt.Sprintf("the target asks for %s: something before the API wants %s, which this run does not send", p.clean(challenge), logins[scheme])
}

// leads says what a redirect of all operations means. A log-in elsewhere is not the API
// under another scheme: that has the path that was asked for.
func (p *preflight) leads(location string) string {
	to := p.clean(location)
	asked, err := url.Parse(p.address(p.seen[0].request))
	if err != nil {
		return fmt.Sprintf("it leads to %q", to)
	}
	u, err := asked.Parse(location)
	if err != nil || u.Path != asked.Path || u.Host == "" || u.Scheme == asked.Scheme && u.Host == asked.Host {
		return fmt.Sprintf("it leads to %q, and redirects are not followed: see whether the base URL is the API's own, and whether something before it asks for a log-in", to)
	}
	if u.Hostname() == asked.Hostname() && u.Scheme == "https" {
		return fmt.Sprintf("it leads to %q: give the base URL with https", to)
	}
	return fmt.Sprintf("it leads to %q, and keys are sent to the base URL only: if that is the API, give the base URL %s", to, p.clean(u.Scheme+"://"+u.Host))
}

// hints returns what to look at. Quotes of the target are shortened.
func (p *preflight) hints(kind string) (list []string) {
	r := p.seen[0].ex.Response
	clean := p.clean
	switch kind {
	case reporters.OutageClosed:
		return []string{"say with --overlay which security scheme the API has, and give its credential; see whether the base URL is the API's own"}
	case reporters.OutageError, reporters.OutageSilent:
		if status(p.seen[0].ex) == http.StatusNetworkAuthenticationRequired {
			return []string{"the network between here and the target wants a log-in (RFC 6585 section 6)"}
		}
		return []string{"the target, or what stands before it, fails as a whole: see whether it is up"}
	case reporters.OutageSlow:
		const ample = 4
		return []string{fmt.Sprintf("a run sends requests side by side, and needs a limit that one of them keeps easily, such as --request-timeout %v", (ample * p.longest()).Round(time.Second))}
	case reporters.OutageLimited:
		return []string{"another client uses up the limit of the key: send fewer requests with --rps, or wait longer with --rate-limit-budget"}
	case reporters.OutageRedirect:
		return []string{p.leads(r.Header.Get("Location"))}
	case reporters.OutageKey:
		return []string{p.refused(r.Header.Get("WWW-Authenticate"))}
	case reporters.OutageHead:
		return nil
	}
	form := "it has no path, and "
	if p.env.Config.Foreign {
		form = ""
	}
	return []string{"see whether the base URL is the API's own: " + form + clean(p.seen[0].request.Method+" "+p.address(p.seen[0].request)) + " has to be there"}
}
