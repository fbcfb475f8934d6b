package hostup

import (
	"net/http"

	"github.com/hostup/api-conformance/spec"
)

// Versions of the API.
const (
	v1 = "v1" // an envelope with success, its own error object
	v2 = "v2" // bare values, Problem documents
)

// The operations that rules are about.
const (
	listActivity = "listBillingActivity"
	listCards    = "listCards"
	orderStorage = "orderStorageAddon"
)

// rules returns the documented rules that no schema can express, in the order of judging.
func rules() []spec.Rule {
	return []spec.Rule{
		{ID: "PROB-BODY-002", Place: "a Problem document", Applies: isProblem, Check: checkProblemBody, Before: "BODY-SCHEMA-001"},
		{ID: "HTTP-ERRORDOC-001", Applies: isForeignV2, Check: checkForeignV1, Before: "HTTP-ERRORDOC-001"},
		{ID: "PROB-TYPE-001", Place: "$.type and $.code", Applies: hasProblem("type", "code"), Check: checkProblemType},
		{ID: "PROB-INSTANCE-001", Place: "$.instance", Applies: hasProblem("instance"), Check: checkProblemInstance},
		{ID: "PROB-ERRORS-002", Place: "$.errors[*].pointer", Applies: hasProblem("errors"), Sees: hasPointer, Check: checkProblemErrors},
		{ID: "PROB-CODE-003", Place: "a code that a page couples with a status", Applies: isCoupled("PROB-CODE-003"), Check: checkCode},
		{ID: "ENV-CODE-002", Place: "a code that a page couples with a status", Applies: isCoupled("ENV-CODE-002"), Check: checkCode},

		{ID: "ENV-SUCCESS-001", Place: "a v1 success", Applies: isEnvelope((*spec.Judgement).IsSuccess), Check: checkSuccess},
		{ID: "ENV-SUCCESS-002", Place: "a v1 error", Applies: isEnvelope((*spec.Judgement).IsError), Check: checkNoSuccess},
		{ID: "ENV-ERROR-002", Place: "$.error", Applies: isEnvelope((*spec.Judgement).IsError), Sees: hasMember("error"), Check: checkTitle},
		{ID: "ENV-TIME-001", Applies: isEnvelope(nil), Sees: hasMember("timestamp"), Check: checkZone},
		{ID: "TIME-REAL-001", Place: "$.timestamp", Applies: knowsNow, Sees: hasMember("timestamp"), Check: checkTimestamp},
		{ID: "TIME-PAST-001", Place: "a time at which something was recorded", Applies: isSuccessOfNow, Sees: showsRecorded, Check: checkRecorded},
		{ID: "RATE-COHERENT-001", Place: "the status 429", Applies: isLimited, Check: checkRateLimit},

		{ID: "ACT-READ-001", Applies: isSuccessOf(listActivity), Check: checkPage},
		{ID: "ACT-KIND-001", Place: "$.kind", Applies: isSuccessOf(listActivity), Sees: saysKind, Check: checkKind},
		{ID: "ACT-ID-001", Place: "$.entries[*].id", Applies: isTransactions, Sees: showsRow("id"), Check: checkRowIDs},
		{ID: "ACT-CURRENCY-001", Place: "$.entries[*].currencyCode", Applies: isTransactions, Sees: showsRow("currencyCode"), Check: checkMoney},
		{ID: "ACT-AMOUNT-001", Place: "$.entries[*].amount", Applies: isTransactions, Sees: showsRow("amount", "currencyCode")},
		{ID: "CARD-ID-001", Place: "$[*].id", Applies: isSuccessOf(listCards), Sees: showsCard("id"), Check: checkCardIDs},
		{ID: "CARD-PRIMARY-001", Place: "$[*].isPrimary", Applies: isSuccessOf(listCards), Sees: showsCard("isPrimary"), Check: checkPrimary},
		{ID: "ORD-REDIRECT-001", Place: "$.invoiceId and $.redirectUrl", Applies: isSuccessOf(orderStorage), Sees: hasText("invoiceId", "redirectUrl"), Check: checkRedirect},
		{ID: "ORD-FORM-001", Applies: isSuccessOf(orderStorage), Sees: hasEmptyRedirect},
	}
}

// isSuccessOf applies to successes of an operation whose body has a value.
func isSuccessOf(operation string) func(*spec.Judgement) bool {
	return func(k *spec.Judgement) bool { return k.Documented() && k.Operation().ID == operation && k.IsSuccess() }
}

// isEnvelope applies to objects in responses of v1.
func isEnvelope(and func(*spec.Judgement) bool) func(*spec.Judgement) bool {
	return func(k *spec.Judgement) bool {
		return k.Documented() && k.Version() == v1 && k.Object() != nil && (and == nil || and(k))
	}
}

// hasMember reports whether the body has a property.
func hasMember(name string) func(*spec.Judgement) bool {
	return func(k *spec.Judgement) bool { return hasAny(k.Object(), name) }
}

// hasText reports whether each of the properties of the body is a string.
func hasText(members ...string) func(*spec.Judgement) bool {
	return func(k *spec.Judgement) bool {
		for _, m := range members {
			if _, ok := k.Object()[m].(string); !ok {
				return false
			}
		}
		return true
	}
}

func isLimited(k *spec.Judgement) bool {
	return k.Exchange().Response.Status == http.StatusTooManyRequests && k.Version() == v2 && k.Exchange().Request.Method != http.MethodHead
}
