package hostup

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// codeStatuses maps a code to the statuses that the documentation couples with it; the
// first is that on the code's own page. Codes with several pages (upstream_failed,
// cooldown_active) and undocumented codes are left out: the list is open.
var codeStatuses = map[string][]int{
	"unauthorized": {401},
	"forbidden":    {403}, "account_inactive": {403}, "verification_failed": {403},
	// A generic code that a server may use for any fault of a request.
	"invalid_request": {400, 402, 405, 406, 409, 411, 412, 413, 414, 415, 417, 422, 428, 431},
	"invalid_cursor":  {400, 422}, "invalid_country_code": {400, 422},
	"not_found": {404, 410}, "api_key_not_found": {404, 410}, "attachment_not_found": {404, 410}, "vps_not_found": {404, 410},
	"rate_limited": {429}, "rate_limit_exceeded": {429},
	"internal_error":              {500},
	"invoice_payment_in_progress": {409}, "existing_invoice_blocking": {409}, "credit_note_unavailable": {409},
	"cancellation_blocked_overdue_invoice": {409}, "pending_orders": {409},
	"upstream_unavailable": {503}, "upstream_invoice_shape_invalid": {502}, "upstream_shared_hosting_shape_invalid": {502},
	"upstream_shared_hosting_product_shape_invalid": {502}, "upstream_tax_lookup_failed": {502}, "upstream_renewal_regeneration_failed": {502},
}

// codeStatusesV1 are those of v1, which writes its codes in upper case.
var codeStatusesV1 = map[string][]int{
	"BAD_REQUEST":         {400, 402, 405, 406, 409, 411, 412, 413, 414, 415, 417, 422, 428, 431},
	"UNAUTHORIZED":        {401, 403}, // v1 may use either for a missing credential
	"FORBIDDEN":           {403},
	"NOT_FOUND":           {404, 410},
	"VALIDATION_ERROR":    {422, 400},
	"INTERNAL_ERROR":      {500},
	"SERVICE_UNAVAILABLE": {503},
}

// coupled returns the requirement, the code of an error and the statuses coupled with it;
// ok is false for any other code and if the response is no error of the API.
func coupled(k *spec.Judgement) (id, code string, statuses []int, ok bool) {
	if _, decoded := k.Value(); !decoded || k.Foreign() || !k.IsError() {
		return "", "", nil, false
	}
	code, _ = k.Object()["code"].(string)
	id, statuses = "PROB-CODE-003", codeStatuses[code]
	if k.Version() == v1 {
		id, statuses = "ENV-CODE-002", codeStatusesV1[strings.ToUpper(code)]
	}
	return id, code, statuses, len(statuses) > 0
}

func isCoupled(requirement string) func(*spec.Judgement) bool {
	return func(k *spec.Judgement) bool {
		id, _, _, ok := coupled(k)
		return ok && id == requirement
	}
}

// checkCode checks that the code of an error fits its status. A failing server may use
// any 5xx status.
func checkCode(k *spec.Judgement) {
	id, code, statuses, _ := coupled(k)
	status := k.Exchange().Response.Status
	if slices.Contains(statuses, status) || statuses[0] >= 500 && status >= 500 {
		return
	}
	k.Report(id, k.InBody("code"), "status", fmt.Sprintf("a code of status %d; %s is that of %d", status, code, statuses[0]), strconv.Quote(code))
}
