package spec_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec"
)

func coded(code string) edit {
	return func(t testing.TB, ex *spec.Exchange) {
		set("/code", strconv.Quote(code))(t, ex)
		if strings.ToLower(code) == code {
			set("/type", strconv.Quote("https://developer.hostup.se/errors/"+code))(t, ex)
		}
	}
}

// TestCodes: a code that a page documents for a status is sent with that status.
func TestCodes(t *testing.T) {
	judge(t, []judgement{
		{"404 with the code of 400", "order-account-not-found", does(coded("invalid_request")), []string{
			`SHOULD PROB-CODE-003 $.code status | a code of status 404; invalid_request is that of 400 | "invalid_request"`,
		}},
		{"400 with the code of 404", "order-missing-member", does(coded("not_found")), []string{
			`SHOULD PROB-CODE-003 $.code status | a code of status 400; not_found is that of 404 | "not_found"`,
		}},
		{"500 with the code of 429", "activity-internal-error", does(coded("rate_limited")), []string{
			`SHOULD PROB-CODE-003 $.code status | a code of status 500; rate_limited is that of 429 | "rate_limited"`,
		}},
		{"503 with the code of 500", "activity-internal-error", does(problem(503)), nil},
		{"404 with a code of its own", "order-account-not-found", does(coded("hosting_account_not_found")), nil},
		{"404 with a code of several statuses", "order-account-not-found", does(coded("upstream_failed")), nil},
		{"400 with a narrower code", "order-missing-member", does(coded("invalid_cursor")), nil},
		{"422 with the general code", "order-missing-member", does(problem(422)), []string{
			`SHOULD HTTP-STATUS-002 status status | status 201, 400, 401, 403, 404, 429 or 500 | 422`,
		}},
		{"a v1 400 with the code of 404", "pay-card-refused", does(coded("NOT_FOUND")), []string{
			`SHOULD ENV-CODE-002 $.code status | a code of status 400; NOT_FOUND is that of 404 | "NOT_FOUND"`,
		}},
		{"a v1 400 with a code of its own", "pay-card-refused", does(coded("CARD_DECLINED")), nil},
	})
}
