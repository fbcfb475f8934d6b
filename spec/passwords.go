package spec

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec/jsontext"
	"github.com/hostup/api-conformance/spec/secret"
)

// showsThings reports whether an answer shows what the target keeps. An error may say
// under the name of a password what is wrong with it.
func (k *Judgement) showsThings() bool {
	return k.Documented() && k.IsSuccess() && !k.c.Unbound("LEAK-SECRET-001")
}

// checkPasswords looks for passwords, and what is made of them, in members that the
// document does not have, and for those of the request. What it finds is never repeated in
// the finding.
func (k *Judgement) checkPasswords() {
	k.checkRepeated()
	drift := k.Drift()
	if len(drift) == 0 {
		return
	}
	eachText(k.value, nil, func(path []string, text string) {
		if len(path) == 0 || !secret.Password(path[len(path)-1]) || masked(text) {
			return
		}
		for i := range path { // the member itself, or one that it is in
			if slices.Contains(drift, general(jsontext.Path(k.value, path[:i+1]))) {
				k.Report("LEAK-SECRET-001", k.InBody(path...), "secret", "no such property: the document does not have it", "a text of it")
				return
			}
		}
	})
}

// checkRepeated looks for the passwords in the body of the request. The document may have a
// property that shows one.
func (k *Judgement) checkRepeated() {
	sent := k.sentPasswords()
	if len(sent) == 0 {
		return
	}
	shape, value := k.shaped()
	eachText(value, nil, func(path []string, text string) {
		if len(path) > 0 && secret.Password(path[len(path)-1]) {
			return // which the document has, or which is told by its name
		}
		if len(path) > 0 && shape.has(path) && secret.Property(path[len(path)-1]) {
			return
		}
		if slices.ContainsFunc(sent, func(password string) bool { return strings.Contains(text, password) }) {
			k.Report("LEAK-SECRET-001", k.InBody(path...), "repeated", "no password of the request", "one of it")
		}
	})
}

// sentPasswords returns the texts of the request's body whose names say that they are
// passwords, if nothing else of the request or the document has them: a short one, a plain
// word or an example occurs in any text by chance.
func (k *Judgement) sentPasswords() (sent []string) {
	const least, most = 8, 64 << 10
	body := k.ex.Request.Body
	if len(body) < least || len(body) > most || k.ex.Request.URL == nil {
		return nil
	}
	others := k.ex.Request.URL.String()
	eachText(sentValue(k.ex.Request), nil, func(path []string, text string) {
		if password := len(path) > 0 && (secret.Password(path[len(path)-1]) || len(path) > 1 && secret.Password(path[len(path)-2])); !password {
			others += "\n" + text
		} else if len(text) >= least && !plainWord(text) && !k.c.Word(text) && !masked(text) {
			sent = append(sent, text)
		}
	})
	return slices.DeleteFunc(sent, func(text string) bool { return strings.Contains(others, text) })
}

// sentValue returns the body of a request in JSON or of a form, nil for any other.
func sentValue(r Request) (value any) {
	switch name := mediaName(r.Header.Get("Content-Type")); {
	case isJSON(name):
		if json.Unmarshal(r.Body, &value) != nil {
			return nil
		}
	case name == "application/x-www-form-urlencoded":
		fields := map[string]any{}
		form, _ := url.ParseQuery(string(r.Body))
		for field, values := range form {
			fields[field] = strings.Join(values, "\n")
		}
		return fields
	}
	return value
}

// masked reports whether a text hides what it stands for, or is none.
func masked(text string) bool {
	word := strings.Trim(strings.ToLower(text), "*•●.x-_[]<>() ")
	return len(text) < 4 || slices.Contains([]string{"", "redacted", "hidden", "masked", "filtered", "removed", "secret", "null", "none", "n/a"}, word)
}
