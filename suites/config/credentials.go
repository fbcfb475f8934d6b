package config

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/pb33f/go-yaml"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/suites/redact"
	"github.com/hostup/api-conformance/suites/request"
)

// AuthPrefix is the prefix of the environment variables with credentials for a document
// without a pack: CONFORMANCE_AUTH_ and the name of the security scheme in upper case,
// with an underscore for every character that a variable cannot contain.
const AuthPrefix = "CONFORMANCE_AUTH_"

// AuthVariable returns the variable of a security scheme.
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

// Credential returns the credential of an identity for a security scheme, "" if none was
// given. For HTTP Basic it is "user:password".
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

// Given returns the names of the credentials of the primary identity: variables, and the
// schemes that the file of identities names.
func (c Config) Given() []string {
	var all identities
	if c.Credentials == "" || json.Unmarshal([]byte(c.Credentials), &all) != nil {
		return nil
	}
	return slices.Sorted(maps.Keys(all[request.Primary]))
}

// Alternative returns the schemes whose credentials requests carry: the first alternative
// of the document that was given completely; else nil if that is documented as well, and
// otherwise the first one, so that errors name what is missing.
func (c Config) Alternative(a spec.Access) []spec.SecurityScheme {
	for _, all := range a.Alternatives {
		if len(c.Lacking(all)) == 0 {
			return all
		}
	}
	if a.Required() && !c.NoKey {
		return a.Alternatives[0]
	}
	return nil
}

// Lacking returns the names of the schemes without a given credential.
func (c Config) Lacking(all []spec.SecurityScheme) (names []string) {
	for _, scheme := range all {
		if scheme.Place() == "" && c.ClientCert == "" || scheme.Place() != "" && c.Credential(request.Primary, scheme.Name) == "" {
			names = append(names, scheme.Name)
		}
	}
	return names
}

// loadCredentials reads the environment and the file of identities, which takes
// precedence.
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

// read adds the credentials of a YAML file: identity, scheme, value. Problems are
// reported without values.
func (i identities) read(path string) (problems []string) {
	text, err := os.ReadFile(path)
	var file map[string]map[string]string
	if err == nil {
		var n yaml.Node
		if n, err = document.ReadYAML(text); err == nil && n.Kind != 0 {
			err = n.Decode(&file)
		}
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

// authTrouble returns why a credential cannot be sent, without showing it. A space may be
// part of it: of a password, or of an API key in Authorization that begins with its own
// word ("Token 4711").
func authTrouble(value string) string {
	switch {
	case value == "":
		return "the value is empty: leave the line out"
	case strings.ContainsAny(value, "\r\n"):
		return "the value holds a line break: store the secret without one (printf, not echo)"
	case strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r == 0x7f }):
		return "the value holds a control character: copy the credential again"
	case strings.TrimSpace(value) != value:
		return "the value begins or ends with a space: copy the credential again"
	}
	return ""
}

// credentialSecrets returns everything that no report may contain.
func (c Config) credentialSecrets() (out []redact.Credential) {
	var all identities
	if c.Credentials == "" || json.Unmarshal([]byte(c.Credentials), &all) != nil {
		return nil
	}
	for _, identity := range slices.Sorted(maps.Keys(all)) {
		for _, scheme := range slices.Sorted(maps.Keys(all[identity])) {
			name := scheme
			if identity != request.Primary {
				// not by its scheme, which is the prefix of credentials made for a test
				name = map[string]string{request.ReadOnly: "key for reading", request.Unscoped: "key without scopes", request.OtherCustomer: "key of another customer"}[identity] + " " + scheme
			} else if !strings.HasPrefix(scheme, AuthPrefix) {
				name = AuthVariable(scheme)
			}
			value := all[identity][scheme]
			out = append(out, redact.Credential{Name: name, Value: value, Variable: true})
			if _, password, pair := strings.Cut(value, ":"); pair && len(password) >= leastPassword {
				out = append(out, redact.Credential{Name: name, Value: password, Variable: true})
			}
		}
	}
	return out
}

// leastPassword is the length from which a password is searched for by itself: shorter
// ones occur in any text by chance.
const leastPassword = 8

// Secret returns the value of a credential, "" if it was not given.
func (c Config) Secret(s request.Secret) string {
	return c.Get(string(s))
}

// HasSecret reports whether a credential of the pack was given.
func (c Config) HasSecret() bool {
	return slices.ContainsFunc(c.Names.or().Own, func(o Own) bool { return o.Secret && c.Get(o.Key) != "" })
}

// secrets returns the given credentials, under the names of their variables.
func (c Config) secrets() []redact.Credential {
	return append(c.ownSecrets(), c.credentialSecrets()...)
}

// ownSecrets returns those of the pack.
func (c Config) ownSecrets() (out []redact.Credential) {
	for _, s := range settings(&c) {
		if s.where == secret && s.get() != "" {
			out = append(out, redact.Credential{Name: s.variable(), Value: s.get(), Variable: true})
		}
	}
	return out
}

// Redactor returns one for the credentials of c, and others. Its commands use variables
// for requests to the base URL.
func (c Config) Redactor(others ...redact.Credential) *redact.Redactor {
	r := redact.New(c.BaseURL, slices.Concat(c.secrets(), others)...)
	r.Own(c.Names.or().Words...)
	return r
}

// credentialVariables returns the variable of each identity's credential, if exactly one
// was given; nil if there is none.
func (c Config) credentialVariables() map[string]string {
	names := map[string]string{}
	for _, s := range settings(&c) {
		if identity := map[request.Secret]string{request.FullKey: reporters.Primary, request.ReadOnlyKey: reporters.ReadOnly}[request.Secret(s.key)]; identity != "" && s.get() != "" {
			names[identity] = s.variable()
		}
	}
	var all identities
	if c.Credentials != "" && json.Unmarshal([]byte(c.Credentials), &all) == nil {
		for _, identity := range []string{reporters.Primary, reporters.ReadOnly} {
			for name := range all[identity] {
				if len(all[identity]) == 1 && strings.HasPrefix(name, AuthPrefix) {
					names[identity] = name
				}
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	return names
}
