// Package hostup is the pack of the HostUp billing API: what the suite knows about it
// besides its document. [Pack] registers all of it; only there does the rest of the suite
// meet the names of this API.
//
// Each area (activity, cards, hosting, orders, pay) has its own package; flow holds steps
// that several of them need but a run should do only once.
package hostup

import (
	"regexp"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/hostup"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/generic/access"
	"github.com/hostup/api-conformance/suites/generic/answers"
	"github.com/hostup/api-conformance/suites/generic/limits"
	"github.com/hostup/api-conformance/suites/generic/protocol"
	"github.com/hostup/api-conformance/suites/generic/repeat"
	"github.com/hostup/api-conformance/suites/hostup/activity"
	"github.com/hostup/api-conformance/suites/hostup/cards"
	"github.com/hostup/api-conformance/suites/hostup/hosting"
	"github.com/hostup/api-conformance/suites/hostup/orders"
	"github.com/hostup/api-conformance/suites/hostup/pay"
	"github.com/hostup/api-conformance/suites/hostup/settings"
	"github.com/hostup/api-conformance/suites/request"
)

// Pack returns the pack.
func Pack() env.Pack {
	names := settings.Names()
	return env.Pack{
		Name: "hostup",
		Areas: []func(*env.Env){
			access.Register,
			activity.Register,
			answers.Register,
			cards.Register,
			hosting.Register,
			limits.Register,
			orders.Register,
			pay.Register,
			protocol.Register,
			repeat.Register,
		},
		Variables: map[string]string{
			account: names.Variable(settings.Account), tier: names.Variable(settings.Addon),
			invoice: names.Variable(settings.Invoice), card: names.Variable(settings.Card),
		},
		Foreign:   names.Variable(settings.ForeignAccount),
		Given:     given,
		Another:   func(c config.Config) string { return c.Get(settings.ForeignAccount) },
		Discover:  discover,
		Promises:  promised,
		Elsewhere: elsewhere,
		Spellings: spellings,
		UniqueIDs: []env.UniqueID{
			{Requirement: "ENV-REQUESTID-002", Version: "v1"},                // "unique request identifier"
			{Requirement: "PROB-REQUESTID-001", Version: "v2", Errors: true}, // every example follows it
		},
		OwnerDatum: account,
		IDs:        regexp.MustCompile(`\b(?:acct|inv|ord|txn|card|dom|vps|zone|shprod)_[0-9A-Za-z]{4,}`),
		Domain:     "hostup.se",
		ReadScope:  "read:billing",
		Scoped:     func(scope string) bool { return strings.HasSuffix(scope, ":billing") },
		Existing:   existing,
		Created:    created,
		Invented:   invented,
		CarriedOut: carriedOut,
	}
}

// Names of data in the document.
const (
	account = "accountId"
	tier    = "addonId"
	invoice = "invoiceId"
	card    = "cardId"
)

// given returns the data of the configuration.
func given(c config.Config) request.Data {
	data := request.Data{}
	for name, value := range map[string]string{account: c.Get(settings.Account), tier: c.Get(settings.Addon), invoice: c.Get(settings.Invoice), card: c.Get(settings.Card)} {
		if value != "" {
			data[name] = value
		}
	}
	return data
}

// elsewhere returns the credential for an undocumented path: that of the version whose
// prefix it has.
func elsewhere(path string) request.Auth {
	if path == "/api/v2" || strings.HasPrefix(path, "/api/v2/") {
		return request.Auth{Place: request.Bearer, Secret: request.FullKey}
	}
	return request.Auth{Place: request.APIKey, Secret: request.FullKey}
}

// spellings returns a path of v2 with another version, and without any.
func spellings(path string) []env.Spelling {
	rest, ok := strings.CutPrefix(path, "/api/v2/")
	if !ok {
		return nil
	}
	return []env.Spelling{
		{Note: "a version that is not documented", Path: "/api/v3/" + rest},
		{Note: "a v2 path without its version", Path: "/api/" + rest},
	}
}

// promised returns the promises for an operation of the contract.
func promised(c *spec.Contract, o *spec.Operation) env.Promises {
	p := promises(o)
	if hostup.Records(c.Universe(), o) {
		p.Success = append(p.Success, "TIME-PAST-001")
	}
	return p
}

// promises returns what the documentation says about the responses of an operation. v1
// lists 401 only for some operations and 403 for others, and names no scope; v2 promises
// 401, and 403 for a missing scope or a resource of another customer.
func promises(o *spec.Operation) env.Promises {
	if o.Version == "v1" {
		return env.Promises{
			Success: []string{"ENV-SUCCESS-001", "ENV-REQUESTID-002", "TIME-REAL-001"},
			Refusal: []string{
				"ENV-ERROR-001", "ENV-ERROR-002", "ENV-SUCCESS-002", "ENV-CODE-001", "ENV-CODE-002", "ENV-REQUESTID-001",
				"ENV-REQUESTID-002", "ENV-TIME-001", "TIME-FORM-001",
			},
			Unauthenticated: []int{401, 403},
			Doubted:         []int{401},           // "not yours" is acceptable for an invoice that does not exist
			Absent:          []int{403, 404, 400}, // an unknown id is a bad request there, as a card is
		}
	}
	return env.Promises{
		Refusal: []string{
			"PROB-BODY-001", "PROB-BODY-002", "PROB-STATUS-001", "PROB-CODE-002", "PROB-CODE-003", "LINK-TLS-001", "LINK-HOST-001",
			"PROB-TYPE-001", "PROB-MEMBERS-001", "PROB-INSTANCE-001", "PROB-FORM-001", "PROB-REQUESTID-001",
		},
		WrongInput:      []string{"PROB-ERRORS-001", "PROB-ERRORS-002"},
		OneCode:         "PROB-CODE-001",
		Unauthenticated: []int{401},
		Doubted:         []int{401, 403},
		Absent:          []int{403, 404},
		Limits:          true,
	}
}
