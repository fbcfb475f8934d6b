package spec

import "testing"

// The value of a parameter that is the place of an API key is the credential.
func TestCredentialParameter(t *testing.T) {
	const schemes = "components: {securitySchemes: {k: {type: apiKey, in: query, name: apikey}, h: {type: apiKey, in: header, name: X-Key}}}\n"
	const parameters = "[{name: apikey, in: query, required: true, schema: {type: string}}, {name: x-key, in: header, schema: {type: string}}, {name: q, in: query, schema: {type: string}}]"
	for security, want := range map[string]int{"[{k: []}]": 2, "[{k: [], h: []}]": 1, "[{k: []}, {h: []}]": 1, "[]": 3} {
		c := foreign(t, schemes+"paths: {/a: {get: {security: "+security+", parameters: "+parameters+", responses: {'200': {description: ok}}}}}\n")
		if got := len(c.Inputs(c.Operations()[0]).Parameters); got != want {
			t.Errorf("%s: %d parameters, want %d", security, got, want)
		}
	}
}
