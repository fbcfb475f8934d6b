package orders

import (
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// registerAccounts: nothing is ordered for an account that does not exist.
func registerAccounts(e *env.Env) {
	it := about(e)
	for _, unknown := range []string{"acct_01hxa3b4c5d6e7f8g9h0zzzzzz", "acct_", "no-such-account", "0", "20000"} {
		it("does not find the account "+unknown, "ORD-ACCOUNT-001", func(t *rule.T) {
			valid, own := t.Valid(), t.Datum("accountId")
			id := unknown
			if id != "0" && digits(id) && digits(own) {
				id = request.Unlike(own) // if ids are numbers, any small one may belong to an account
			}
			data := request.Data{"accountId": id, "addonId": t.Datum("addonId")}
			r, err := request.For(t.Operation(), data)
			if err != nil {
				panic(err)
			}
			statuses := []int{404, 403}
			if !strings.HasPrefix(id, "acct_") || !strings.HasPrefix(own, "acct_") || len(id) != len(own) {
				statuses = []int{404, 403, 400} // it does not even look like an id
			}
			refuse(t, r.WithAuth(valid.Auth).WithNote("account "+id), statuses...)
		})
	}
	it("uses one code for accounts that do not exist", "PROB-CODE-001", func(t *rule.T) {
		r, err := request.For(t.Operation(), request.Data{"accountId": "acct_01hxa3b4c5d6e7f8g9h0zzzzzz", "addonId": t.Datum("addonId")})
		if err != nil {
			panic(err)
		}
		r = r.WithAuth(t.Valid().Auth).WithNote("an account that does not exist")
		if first, second := place(t, r), place(t, r); first.Status() >= 400 {
			t.SameCode(first, second)
		}
	})
}

// registerNearAccounts: an account is found only by its complete id. Case is left out, as
// case sensitivity is undocumented.
func registerNearAccounts(e *env.Env) {
	for _, near := range []struct {
		name string
		of   func(id string) string
	}{
		{"without its last characters", func(id string) string { return id[:len(id)-min(3, len(id)-1)] }},
		{"with more after it", func(id string) string { return id + "zz" }},
		{"with a wildcard as its end", func(id string) string { return id[:len(id)-min(3, len(id)-1)] + "*" }},
	} {
		rule.It(e, "does not find the id of the account "+near.name, rule.Of(flow.Order, "ORD-ACCOUNT-001"), func(t *rule.T) {
			valid, own := t.Valid(), t.Datum("accountId")
			if digits(own) {
				t.Skip(reporters.SkipNoData, "ids of accounts are numbers, of which a part may be that of another account of the customer")
			}
			r, err := request.For(t.Operation(), request.Data{"accountId": near.of(own), "addonId": t.Datum("addonId")})
			if err != nil {
				panic(err)
			}
			refuse(t, r.WithAuth(valid.Auth).WithNote("the id of the account "+near.name), 404, 403, 400)
		})
	}
}

func digits(id string) bool { return id != "" && strings.Trim(id, "0123456789") == "" }
