package spec_test

import (
	"testing"

	"github.com/hostup/api-conformance/spec"
)

func sentWith(name string, values ...string) edit {
	return func(_ testing.TB, ex *spec.Exchange) {
		ex.Request.Header.Del(name)
		for _, v := range values {
			ex.Request.Header.Add(name, v)
		}
	}
}

// TestSharedCache follows RFC 9111 section 3.5.
func TestSharedCache(t *testing.T) {
	found := func(cause, credential, got string) []string {
		return []string{"SHOULD HTTP-CACHE-001 header Cache-Control " + cause + " | nothing that lets a shared cache keep a response to a request with " + credential + ", as private or no-store does | " + got}
	}
	key, apiKey := sentWith("Authorization", "Bearer hostup-key-0123456789"), sentWith("X-API-Key", "hostup-key-0123456789")
	cache := func(values ...string) edit { return header("Cache-Control", values...) }
	var table []judgement
	for _, x := range []struct {
		name  string
		edits []edit
		want  []string
	}{
		{"no header", nil, nil},
		{"public", does(cache("public, max-age=60")), found("public", "Authorization", "public, max-age=60")},
		{"public in capitals, without a lifetime", does(cache("PUBLIC")), found("public", "Authorization", "PUBLIC")},
		{"s-maxage", does(cache("s-maxage=300")), found("s-maxage", "Authorization", "s-maxage=300")},
		{"s-maxage in a second line", does(cache("max-age=0", `s-maxage="300"`)), found("s-maxage", "Authorization", `max-age=0, s-maxage="300"`)},
		{"must-revalidate with a lifetime", does(cache("max-age=60, must-revalidate")), found("must-revalidate", "Authorization", "max-age=60, must-revalidate")},
		{"must-revalidate without one", does(cache("max-age=0, must-revalidate")), nil},
		{"a lifetime alone", does(cache("max-age=60")), nil},
		{"a shared lifetime of nothing", does(cache("public, s-maxage=0, max-age=60")), nil},
		{"private", does(cache("private, max-age=60, must-revalidate")), nil},
		{"public, but never kept", does(cache("public, no-store")), nil},
		{"public, but always asked for", does(cache("public, no-cache")), nil},
		{"public, kept apart by the credential", does(cache("public, max-age=60"), header("Vary", "Accept, authorization")), nil},
		{"public, kept apart by something else", does(cache("public, max-age=60"), header("Vary", "Accept-Encoding")), found("public", "Authorization", "public, max-age=60")},
	} {
		table = append(table, judgement{x.name, "cards-one", append(does(key), x.edits...), x.want})
	}
	table = append(table,
		judgement{"a credential that caches do not know", "v1-cards-read", does(sentWith("Authorization"), apiKey, cache("max-age=60")), found("max-age", "X-Api-Key", "max-age=60")},
		judgement{"no credential", "cards-one", does(sentWith("Authorization"), cache("public")), nil},
		judgement{"an error", "activity-internal-error", does(key, cache("public")), nil},
	)
	judge(t, table)
}
