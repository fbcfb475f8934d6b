package proof

import (
	"slices"
	"strings"
	"testing"
)

// What trivial servers may pass. Every other requirement must be violated or untested. A
// listed requirement is one that such a server satisfies, or whose violation is reported
// under another id: a response with the wrong status is a finding about the status, and
// its body is not judged.
const (
	// Any response that is valid HTTP and JSON satisfies these.
	keptBySound = `
		HTTP-ANSWER-001 HTTP-LENGTH-001 HTTP-EMPTY-001 HTTP-ALLOW-001 HTTP-ALLOW-002 MEDIA-TYPE-001 MEDIA-TYPE-002
		MEDIA-CHARSET-001 BODY-JSON-001 BODY-UTF8-001 BODY-BOM-001 BODY-DUPLICATE-001 BODY-SCHEMA-001
		ENV-REQUESTID-001 ENV-TIME-001 TIME-FORM-001 ACT-BODY-001 ACT-ROW-002 ACT-METHOD-001 ACT-FORM-001
		CARD-MEMBERS-001 CARD-FORM-001 ORD-MEMBERS-001 ORD-FORM-001 ORD-REDIRECT-001 AUTH-CHALLENGE-001
		OWN-LEAK-001 LEAK-CARD-001 LEAK-CREDENTIAL-001 LEAK-TRACE-001 LEAK-INTERNAL-001`

	// An empty object satisfies the rules about properties: missing ones are reported
	// once, as ENV-MEMBERS-001, ENV-ERROR-001 or PROB-BODY-002.
	keptByEmpty = `
		ENV-REQUESTID-002 TIME-REAL-001`

	// A server that refuses everything satisfies the rules about refusals and has no
	// successes to judge.
	keptByRefusing = `
		HTTP-STATUS-002 BODY-SCHEMA-002 ENV-SUCCESS-002 ENV-ERROR-002 ENV-CODE-001 PROB-BODY-001
		PROB-STATUS-001 PROB-ERRORS-001 PROB-ERRORS-002 PROB-CODE-001 PROB-CODE-002 PROB-TYPE-001
		PROB-MEMBERS-001 PROB-INSTANCE-001 PROB-FORM-001 PROB-REQUESTID-001 ACT-BODY-002 ORD-ADDON-001
		ORD-ACCOUNT-001 PAY-INVOICE-001 PAY-CARD-001`

	keptBy200 = `
		MEDIA-CODING-001 HTTP-CACHE-001 HTTP-PARAM-001 AUTH-KEY-002 AUTH-SESSION-003
		HTTP-HEAD-001 HTTP-ERRORDOC-001 HTTP-ROBUST-001 MEDIA-ACCEPT-001 ENV-SUCCESS-001 TIME-PAST-001
		ACT-KIND-001 ACT-KIND-003 ACT-ROW-001 ACT-ID-001 ACT-CURRENCY-001 ACT-AMOUNT-001 ACT-PAGE-001
		ACT-PAGE-003 ACT-PAGE-004 ACT-ORDER-001 CARD-TYPE-001 CARD-PRIMARY-001 CARD-ID-001 CARD-REPEAT-001
		ORD-CREATE-001 ORD-PAYMETHOD-001 AUTH-KEY-001 AUTH-SESSION-001 SCOPE-READ-001
		HOST-READ-001 INV-READ-001 V1CARD-READ-001`

	// A malformed request gets a client error, like any other.
	keptBy404 = `
		PAY-BODY-002 HTTP-METHOD-001 HTTP-PATH-001 HTTP-ROBUST-001 OWN-ACCESS-001`

	// The examples are valid successes. Without refusals there is nothing to judge about
	// those.
	keptByExample = `
		MEDIA-CODING-001 HTTP-CACHE-001 HTTP-PARAM-001 AUTH-KEY-002 AUTH-SESSION-003
		HTTP-STATUS-001 HTTP-HEAD-001 HTTP-METHOD-001 HTTP-PATH-001 HTTP-ROBUST-001 MEDIA-ACCEPT-001
		BODY-SCHEMA-002 HTTP-REPEAT-001 ENV-MEMBERS-001 ENV-SUCCESS-001 TIME-PAST-001 ACT-READ-001 ACT-BODY-002 ACT-KIND-003 ACT-KIND-006 ACT-KIND-007
		ACT-ROW-001 ACT-ID-001 ACT-CURRENCY-001 ACT-AMOUNT-001 ACT-PAGE-001 ACT-PAGE-004 ACT-ORDER-001
		CARD-READ-001 CARD-TYPE-001 CARD-PRIMARY-001 CARD-ID-001 CARD-REPEAT-001 ORD-CREATE-001
		ORD-PAYMETHOD-001 AUTH-KEY-001 AUTH-SESSION-001 SCOPE-READ-001 HOST-READ-001
		TIER-READ-001 V1CARD-READ-001`
)

// TestTrivialServers: a suite that checks nothing would let these pass.
func TestTrivialServers(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the whole suite four times")
	}
	trivial, err := AllTrivial()
	if err != nil {
		t.Fatal(err)
	}
	m, err := Run(t.Context(), Options{Contract: load(t), Trivial: trivial, Executable: executable(t)})
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]string{
		"always-200":     join(keptBySound, keptByEmpty, keptBy200),
		"always-404":     join(keptBySound, keptByEmpty, keptByRefusing, keptBy404),
		"always-500":     join(keptBySound, keptByEmpty, keptByRefusing),
		"always-example": join(keptBySound, keptByExample),
	}
	for _, r := range m.Trivial {
		if !r.Expected {
			t.Errorf("%s got through: %s", r.ID, r.Problem)
		}
		mayPass := strings.Fields(kept[r.ID])
		for _, id := range r.Passed {
			if !slices.Contains(mayPass, id) {
				t.Errorf("%s passes %s", r.ID, id)
			}
		}
		if len(mayPass) == 0 {
			t.Errorf("nothing is said of what %s may pass", r.ID)
		}
	}
}

func join(lists ...string) string { return strings.Join(lists, " ") }
