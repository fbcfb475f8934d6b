package redact

import (
	"cmp"
	"net/http"
	"regexp"
	"slices"
	"strings"

	secrets "github.com/hostup/api-conformance/spec/secret"
)

// A hidden is a part of a text that must not be shown.
type hidden struct {
	start, end int
	text       string // the replacement
	rank       int    // where parts overlap, the replacement with the highest rank is used
	credential int    // index in Redactor.known if the part is exactly that credential, else -1
}

// Ranks of replacements.
const (
	rankCard = iota
	rankPassword
	rankCredential
	rankNamed
)

func redacted(what string) string { return "‹redacted " + what + "›" }

// StandIn returns the credential whose value is the text that replaces the credential of
// variable in the suite's own recordings.
func StandIn(variable string) Credential {
	return Credential{Name: variable, Value: redacted(variable), Variable: true, StandIn: true}
}

// place returns the replacement of a value that is secret because of its place. The
// target chooses names, too: one that holds a credential is not repeated.
func (r *Redactor) place(name string) string {
	if r.Known(name) != name {
		name = "value"
	}
	return redacted(name)
}

// marker matches the result of redacted: a value with nothing left to hide.
var marker = regexp.MustCompile(`^‹redacted [^‹›]*›$`)

// find returns the parts of s to hide, sorted and without overlaps.
func (r *Redactor) find(s string) []hidden {
	if s == "" || r.plain.has(s) {
		return nil
	}
	all := r.search(s)
	if len(all) == 0 {
		r.plain.add(s) // this stays true: a credential made up later hides less, not more
	}
	return all
}

// search is find for a text that will hardly be asked about again.
func (r *Redactor) search(s string) []hidden {
	known := r.credentials(s)
	return merged(slices.Concat(known, cards(s), passwords(s), r.named(s, known)))
}

// credentials returns the parts of s that are known credentials.
func (r *Redactor) credentials(s string) (all []hidden) {
	for i, c := range slices.Backward(r.known) { // nearly every request has one as the value of a header
		if c.Value == s && s != "" && !c.StandIn {
			return []hidden{{0, len(s), redacted(c.Name), rankCredential, i}}
		}
	}
	for _, f := range r.matcher.Find(s) {
		c := r.known[f.Secret]
		what, whole := c.Name, -1
		switch {
		case f.Form != secrets.Plain:
			what += " " + f.Form.String()
		case !f.Whole():
			what = "part of " + what
		case s[f.Start:f.End] == c.Value:
			whole = f.Secret
		}
		all = append(all, hidden{f.Start, f.End, redacted(what), rankCredential, whole})
	}
	return all
}

func cards(s string) (all []hidden) {
	for _, c := range secrets.Cards(s) {
		all = append(all, hidden{c.Start, c.End, "‹card ending " + c.Last4 + "›", rankCard, -1})
	}
	return all
}

// passwords returns the passwords in URLs.
func passwords(s string) (all []hidden) {
	if !strings.Contains(s, "@") || !strings.Contains(s, "://") {
		return nil
	}
	for _, m := range userInfo.FindAllStringSubmatchIndex(s, -1) {
		all = append(all, hidden{m[2], m[3], redacted("password"), rankPassword, -1})
	}
	return all
}

var userInfo = regexp.MustCompile(`://[^\s/?#@:"'<>\\‹]*:([^\s/?#@"'<>\\‹]+)@`)

// named returns the values whose names mark them as secret. Values covered by known
// credentials are left out: those replacements have better names.
func (r *Redactor) named(s string, known []hidden) (all []hidden) {
	for _, v := range r.names.Values(s) {
		value := s[v.Start:v.End]
		if v.Header {
			all = append(all, shifted(r.inHeader(v.Name, value), v.Start)...)
			continue
		}
		inner := strings.Trim(value, `\"'`)
		from := v.Start + strings.Index(value, inner)
		if r.isMade(inner) || covered(known, from, from+len(inner)) {
			continue
		}
		all = append(all, hidden{v.Start, v.End, v.Quote + r.place(v.Name) + v.Quote, rankNamed, -1})
	}
	return all
}

// inHeader is find for a header value.
func (r *Redactor) inHeader(name, value string) []hidden {
	if r.plainNames.has(name) {
		return r.find(value)
	}
	switch http.CanonicalHeaderKey(name) {
	case "Authorization", "Proxy-Authorization":
		scheme, rest, two := strings.Cut(value, " ")
		switch known := slices.Contains(authSchemes, strings.ToLower(scheme)); {
		case known && two:
			return r.secret(name, rest, len(scheme)+1)
		case known:
			return nil
		}
		return r.secret(name, value, 0)
	case "Cookie":
		var all []hidden
		at := 0
		for pair := range strings.SplitSeq(value, ";") {
			all = append(all, r.pair(name, pair, at)...)
			at += len(pair) + 1
		}
		return all
	case "Set-Cookie":
		first, attributes, _ := strings.Cut(value, ";")
		return append(r.pair(name, first, 0), shifted(r.find(attributes), len(first)+1)...)
	}
	if secrets.Header(name) {
		return r.secret(name, value, 0)
	}
	if len(r.find(name)) == 0 {
		r.plainNames.add(name)
	}
	return r.find(value)
}

var authSchemes = []string{"bearer", "basic", "digest", "token", "negotiate", "apikey"}

// pair hides the value in "name=value", or all of p if it has no "=".
func (r *Redactor) pair(header, p string, at int) []hidden {
	name, value, ok := strings.Cut(p, "=")
	if !ok {
		return r.secret(header, p, at)
	}
	return append(shifted(r.find(name), at), r.secret(header, value, at+len(name)+1)...)
}

// secret hides a value that is secret because of its place, and names that place in the
// replacement.
func (r *Redactor) secret(place, value string, at int) []hidden {
	known := r.credentials(value)
	inner := strings.TrimSpace(value)
	from := strings.Index(value, inner)
	if i := slices.IndexFunc(r.known, func(c Credential) bool { return c.StandIn && c.Value == inner }); i >= 0 {
		return []hidden{{at + from, at + from + len(inner), inner, rankNamed, i}}
	}
	if inner == "" || covered(known, from, from+len(inner)) || r.isMade(value) || marker.MatchString(inner) {
		return shifted(merged(append(known, cards(value)...)), at)
	}
	return []hidden{{at, at + len(value), r.place(place), rankNamed, -1}}
}

// covered reports whether all hides s[from:to] completely. all is sorted and has no
// overlaps.
func covered(all []hidden, from, to int) bool {
	i, _ := slices.BinarySearchFunc(all, from, func(h hidden, at int) int { return cmp.Compare(h.end, at+1) })
	for ; i < len(all) && from < to; i++ {
		if all[i].start > from {
			return false
		}
		from = all[i].end
	}
	return from >= to
}

func shifted(all []hidden, by int) []hidden {
	for i := range all {
		all[i].start += by
		all[i].end += by
	}
	return all
}

// merged sorts the parts and joins those that overlap.
func merged(all []hidden) []hidden {
	if len(all) < 2 {
		return all
	}
	slices.SortStableFunc(all, func(a, b hidden) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.rank, a.rank)) })
	out := all[:1]
	for _, h := range all[1:] {
		last := &out[len(out)-1]
		if h.start >= last.end {
			out = append(out, h)
			continue
		}
		if h.end > last.end || h.rank > last.rank {
			last.credential = -1
		}
		if h.rank > last.rank {
			last.rank, last.text, last.credential = h.rank, h.text, h.credential
			if h.start > last.start || h.end < last.end {
				last.credential = -1
			}
		}
		last.end = max(last.end, h.end)
	}
	return out
}

// splice returns s with the hidden parts replaced.
func splice(s string, all []hidden) string {
	if len(all) == 0 {
		return s
	}
	var out strings.Builder
	at := 0
	for _, h := range all {
		out.WriteString(s[at:h.start])
		out.WriteString(h.text)
		at = h.end
	}
	out.WriteString(s[at:])
	return out.String()
}
