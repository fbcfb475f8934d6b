package env

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/pb33f/go-yaml"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// AuthPrefix begins the environment variables that hold the credentials of a
// document without a pack: CONFORMANCE_AUTH_ and the name of the security scheme, in
// capitals, with an underscore for every character that a variable cannot have.
const AuthPrefix = "CONFORMANCE_AUTH_"

// AuthVariable is the variable of a security scheme.
func AuthVariable(scheme string) string { return AuthPrefix + variableName(scheme) }

func variableName(scheme string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, scheme)
}

// identities are credentials by identity and scheme.
type identities map[string]map[string]string

// Credential is the credential that an identity has for a security scheme, "" when
// none was given. The value of HTTP Basic is "user:password".
func (c Config) Credential(identity, scheme string) string {
	var all identities
	if c.Credentials == "" || json.Unmarshal([]byte(c.Credentials), &all) != nil {
		return ""
	}
	if v := all[identity][scheme]; v != "" {
		return v
	}
	return all[identity][AuthVariable(scheme)]
}

// HasIdentity reports whether credentials of an identity were given.
func (c Config) HasIdentity(identity string) bool {
	var all identities
	return c.Credentials != "" && json.Unmarshal([]byte(c.Credentials), &all) == nil && len(all[identity]) > 0
}

// loadCredentials reads the environment and the file of identities, which wins.
func (c *Config) loadCredentials(environ []string) (problems []string) {
	all := identities{}
	for _, line := range environ {
		if name, value, _ := strings.Cut(line, "="); strings.HasPrefix(name, AuthPrefix) && value != "" {
			if trouble := authTrouble(value); trouble != "" {
				problems = append(problems, name+": "+trouble)
			}
			all.set(request.Primary, name, value)
		}
	}
	if c.Identities != "" {
		problems = append(problems, all.read(c.Identities)...)
	}
	if len(all) == 0 || len(problems) > 0 {
		return problems
	}
	text, err := json.Marshal(all)
	if err != nil {
		return []string{"identities: " + err.Error()}
	}
	c.Credentials = string(text)
	return nil
}

func (i identities) set(identity, scheme, value string) {
	if i[identity] == nil {
		i[identity] = map[string]string{}
	}
	i[identity][scheme] = value
}

// read adds the credentials of a YAML file: identity, scheme, value. What is wrong
// with it is told without its values.
func (i identities) read(path string) (problems []string) {
	text, err := os.ReadFile(path)
	var file map[string]map[string]string
	if err == nil {
		err = yaml.Unmarshal(text, &file)
	}
	if err != nil {
		return []string{fmt.Sprintf("cannot read the file of identities %s: %s", path, fileTrouble(err))}
	}
	known := []string{request.Primary, request.ReadOnly, request.Unscoped, request.OtherCustomer}
	for _, identity := range slices.Sorted(maps.Keys(file)) {
		if !slices.Contains(known, identity) {
			problems = append(problems, fmt.Sprintf("%s: unknown identity %q: want %s", path, identity, strings.Join(known, ", ")))
		}
		for _, scheme := range slices.Sorted(maps.Keys(file[identity])) {
			if trouble := authTrouble(file[identity][scheme]); trouble != "" {
				problems = append(problems, fmt.Sprintf("%s: %s of %s: %s", path, scheme, identity, trouble))
			}
			i.set(identity, scheme, file[identity][scheme])
		}
	}
	return problems
}

// authTrouble says why a credential cannot be sent, without showing it.
func authTrouble(value string) string {
	switch {
	case value == "":
		return "the value is empty: leave the line out"
	case strings.ContainsAny(value, "\r\n"):
		return "the value holds a line break: store the secret without one (printf, not echo)"
	case strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return "the value holds a control character: copy the credential again"
	}
	return ""
}

// credentialSecrets are all that must stand in no report.
func (c Config) credentialSecrets() (out []secretValue) {
	var all identities
	if c.Credentials == "" || json.Unmarshal([]byte(c.Credentials), &all) != nil {
		return nil
	}
	for _, identity := range slices.Sorted(maps.Keys(all)) {
		for _, scheme := range slices.Sorted(maps.Keys(all[identity])) {
			name := scheme
			if identity != request.Primary {
				// not by its name, which credentials made for a test begin with
				name = map[string]string{request.ReadOnly: "key for reading", request.Unscoped: "key without scopes", request.OtherCustomer: "key of another customer"}[identity] + " " + scheme
			} else if !strings.HasPrefix(scheme, AuthPrefix) {
				name = AuthVariable(scheme)
			}
			value := all[identity][scheme]
			out = append(out, secretValue{name, value})
			if _, password, pair := strings.Cut(value, ":"); pair && len(password) >= leastPassword {
				out = append(out, secretValue{name, password})
			}
		}
	}
	return out
}

// withKeys puts the credentials of a request in their documented places, and
// returns its query. What is missing is an error.
func (c *Client) withKeys(req request.Request, header http.Header) (query string, err error) {
	query = req.Query
	for _, k := range req.Keys {
		value := k.Literal
		if !k.Made {
			if value = c.config.Credential(k.Identity, k.Scheme.Name); value == "" && k.Scheme.Place() != "" {
				return query, fmt.Errorf("it needs %s, which is not set", AuthVariable(k.Scheme.Name))
			}
		} else {
			c.redactor.madeUp(value)
			c.redactor.madeUp(base64.StdEncoding.EncodeToString([]byte(value)))
			c.redactor.madeUp(url.QueryEscape(value))
		}
		query = place(k.Scheme, value, header, query)
	}
	return query, nil
}

// place writes a credential where its scheme has it.
func place(s spec.SecurityScheme, value string, header http.Header, query string) string {
	add := func(name, v string) {
		name = http.CanonicalHeaderKey(name)
		header[name] = append(header[name], strings.Trim(v, " \t"))
	}
	switch {
	case s.Place() == "":
	case s.Type == "apiKey" && s.In == "query":
		pair := url.QueryEscape(s.Key) + "=" + url.QueryEscape(value)
		if query == "" {
			return pair
		}
		return query + "&" + pair
	case s.Type == "apiKey" && s.In == "cookie":
		pair := s.Key + "=" + value
		if all := header["Cookie"]; len(all) > 0 {
			header["Cookie"] = []string{all[0] + "; " + pair}
			break
		}
		add("Cookie", pair)
	case s.Type == "apiKey":
		add(s.Key, value)
	case strings.EqualFold(s.Scheme, "basic"):
		add("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(value)))
	case s.Scheme != "" && !strings.EqualFold(s.Scheme, "bearer"):
		add("Authorization", s.Scheme+" "+value)
	default: // bearer, oauth2, openIdConnect
		add("Authorization", "Bearer "+value)
	}
	return query
}

// leastPassword is how long a password has to be to be looked for by itself: a
// shorter one stands in any text by chance.
const leastPassword = 8
