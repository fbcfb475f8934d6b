package spec_test

import (
	"net/url"
	"strconv"
	"testing"

	"github.com/hostup/api-conformance/spec"
)

// askedAt sends the request to another origin.
func askedAt(origin string) edit {
	return func(t testing.TB, ex *spec.Exchange) {
		u, err := url.Parse(origin)
		if err != nil {
			t.Fatal(err)
		}
		to := *ex.Request.URL
		to.Scheme, to.Host = u.Scheme, u.Host
		ex.Request.URL = &to
	}
}

func TestAddresses(t *testing.T) {
	const production = "https://cloud.hostup.se"
	redirect := func(path string) edit { return set("/redirectUrl", strconv.Quote(path)) }
	const bill = "/billing?invoice=49332"
	tls := func(where, got string) []string {
		return []string{"SHOULD LINK-TLS-001 " + where + " tls | an address with https, as the API has | " + strconv.Quote(got)}
	}
	host := func(where, got string) []string {
		return []string{"SHOULD LINK-HOST-001 " + where + " host | a host that the reader of the response can reach | " + strconv.Quote(got)}
	}
	var table []judgement
	for _, x := range []struct {
		name, address string
		asked         string
		want          []string
	}{
		{"a path", bill, production, nil},
		{"the API itself", production + bill, production, nil},
		{"another host of the same company", "https://pay.hostup.se" + bill, production, nil},
		{"a provider of payments", "https://checkout.example-pay.com/c/1", production, nil},
		{"the API without TLS", "http://cloud.hostup.se" + bill, production, tls("$.redirectUrl", "http://cloud.hostup.se"+bill)},
		{"the API without TLS, asked through a tunnel", "http://cloud.hostup.se" + bill, "http://127.0.0.1:8080", tls("$.redirectUrl", "http://cloud.hostup.se"+bill)},
		{"a target with TLS that names itself without", "http://api.hosting.test" + bill, "https://api.hosting.test", tls("$.redirectUrl", "http://api.hosting.test"+bill)},
		{"a local target without TLS that names itself", "http://127.0.0.1:8080" + bill, "http://127.0.0.1:8080", nil},
		{"a local target that names another one", "http://billing:3000" + bill, "http://localhost:8080", nil},
		{"a host inside", "https://billing.svc.cluster.local" + bill, production, host("$.redirectUrl", "https://billing.svc.cluster.local"+bill)},
		{"a name without a domain", "https://billing:3000" + bill, production, host("$.redirectUrl", "https://billing:3000"+bill)},
		{"an address inside", "https://10.1.2.3" + bill, production, host("$.redirectUrl", "https://10.1.2.3"+bill)},
		{"localhost", "http://localhost:3000" + bill, production, host("$.redirectUrl", "http://localhost:3000"+bill)},
		{"an example host that was asked", "https://api.example.com" + bill, "https://api.example.com", nil},
		{"an example that nobody filled in", "https://example.com" + bill, production, host("$.redirectUrl", "https://example.com"+bill)},
	} {
		table = append(table, judgement{x.name, "order-created", does(askedAt(x.asked), redirect(x.address)), x.want})
	}
	table = append(table,
		judgement{"the type of a problem without TLS", "order-missing-member", does(askedAt(production), set("/type", `"http://developer.hostup.se/errors/invalid_request"`)), tls("$.type", "http://developer.hostup.se/errors/invalid_request")},
		judgement{"Location inside", "order-created", does(askedAt(production), header("Location", "http://10.0.0.4:8080/orders/1")), host("header Location", "http://10.0.0.4:8080/orders/1")},
	)
	judge(t, table)
}
