package suites_test

import (
	"testing"

	"github.com/hostup/api-conformance/suites/config"
)

// What a document says of a body is broken in each place, and a server that does not look
// there is found: what clients rely on most with few requests, the rest with many.
func TestUnsoundBodies(t *testing.T) {
	const accepted = "SHOULD HTTP-INPUT-001 POST /bookings status"
	unsound(t, bookingDocument, nil, faultyBookings, map[string]string{
		"a room that there is": accepted,
		"no night":             accepted,
		"a guest":              accepted,
	})
	faults := map[string]string{}
	for _, fault := range []string{
		"the name of a guest", "a short name", "a long name", "an age that is no number", "a child", "an old guest", "more of a guest",
		"a room that there is", "no night", "31 nights", "a code", "a long remark", "an empty list", "many tags", "long tags", "a tag twice", "paid or not",
	} {
		faults[fault] = accepted
	}
	faults["fails without an age that is no number"] = "MUST HTTP-ROBUST-001 POST /bookings status"
	unsoundAt(t, config.Thorough, bookingDocument, nil, faultyBookings, faults)
}

func TestUnsoundBookings(t *testing.T) {
	unsound(t, bookingDocument, nil, faultyBookings, map[string]string{
		"loses the remark":         "SHOULD STATE-CREATE-002 GET /bookings/{id} $.remark",
		"changes the remark":       "SHOULD STATE-CREATE-002 GET /bookings/{id} $.remark",
		"PUT merges":               "SHOULD STATE-REPLACE-001 GET /bookings/{id} body",
		"PATCH loses the tags":     "SHOULD STATE-PATCH-001 GET /bookings/{id} $.tags",
		"shows the memo elsewhere": "SHOULD BODY-WRITEONLY-001 GET /bookings/{id} $.memo",
		"200 for the tag":          "SHOULD HTTP-NONEMATCH-002 GET /bookings/{id} status",
		"HEAD of another type":     "SHOULD HTTP-HEAD-001 HEAD /bookings/{id} header Content-Type",
		"another room in XML":      "MUST BODY-SCHEMA-001 GET /bookings/{id} $.room",
		"counts the page":          "SHOULD LIST-TOTAL-001 GET /bookings $.total",
		"makes it again":           "SHOULD STATE-ONCE-001 POST /bookings body",
		"any media type":           "SHOULD HTTP-INPUT-001 POST /bookings status",
	})
}
