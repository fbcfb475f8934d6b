package spec_test

import (
	"testing"
	"time"
)

func TestTimes(t *testing.T) {
	judge(t, []judgement{
		{"v1 in another zone", "pay-scheduled", does(set("/timestamp", `"2026-02-10T01:00:00.000+01:00"`)), []string{
			`MUST ENV-TIME-001 $.timestamp utc | an instant in UTC | "2026-02-10T01:00:00.000+01:00"`,
			`SHOULD TIME-FORM-001 $.timestamp pattern | text that matches ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$ | "2026-02-10T01:00:00.000+01:00" | overlay pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$'`,
		}},
		{"v1 without a zone", "pay-card-refused", does(set("/timestamp", `"2026-02-10T00:00:00.000"`)), []string{
			`MUST ENV-TIME-001 $.timestamp format | RFC 3339 date-time such as 2026-01-31T12:00:00Z | "2026-02-10T00:00:00.000" | format: date-time`,
		}},
		{"v1 with a numeric offset of zero", "pay-scheduled", does(set("/timestamp", `"2026-02-10T00:00:00.000+00:00"`)), []string{
			`SHOULD TIME-FORM-001 $.timestamp pattern | text that matches ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$ | "2026-02-10T00:00:00.000+00:00" | overlay pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$'`,
		}},
		{"v1 to the microsecond", "pay-card-refused", does(set("/timestamp", `"2026-02-10T00:00:00.000000Z"`)), []string{
			`SHOULD TIME-FORM-001 $.timestamp pattern | text that matches ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$ | "2026-02-10T00:00:00.000000Z" | overlay pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$'`,
		}},
		{"a timestamp of another day", "pay-scheduled", does(set("/timestamp", `"2026-02-09T00:00:00.000Z"`)), []string{
			`SHOULD TIME-REAL-001 $.timestamp now | about 2026-02-10T00:00:00Z | "2026-02-09T00:00:00.000Z"`,
		}},
		{"a clock that is some minutes off", "pay-scheduled", does(set("/timestamp", `"2026-02-10T00:09:59.000Z"`)), nil},
		{"without Date, by the time of receipt", "pay-scheduled", does(header("Date"), received(time.Date(2026, 2, 10, 1, 0, 0, 0, time.UTC))), []string{
			`SHOULD TIME-REAL-001 $.timestamp now | about 2026-02-10T01:00:00Z | "2026-02-10T00:00:00.000Z"`,
		}},
		{"a clock of the server that is an hour off, but of one mind", "pay-scheduled", does(received(time.Date(2026, 2, 10, 1, 0, 0, 0, time.UTC))), nil},
		{"without any clock", "pay-scheduled", does(header("Date"), received(time.Time{}), set("/timestamp", `"2001-01-01T00:00:00.000Z"`)), nil},
		{"a row of the future", "activity-transactions", does(set("/entries/0/createdAt", `"2027-01-01T00:00:00.000Z"`)), []string{
			`SHOULD TIME-PAST-001 $.entries[0].createdAt past | no later than 2026-04-29T12:00:00Z | "2027-01-01T00:00:00.000Z"`,
		}},
		{"a card of the future", "cards-one", does(set("/0/addedAt", `"2026-04-29T12:11:00.000Z"`)), []string{
			`SHOULD TIME-PAST-001 $[0].addedAt past | no later than 2026-04-29T12:00:00Z | "2026-04-29T12:11:00.000Z"`,
		}},
		{"a row of this moment", "activity-transactions", does(set("/entries/0/createdAt", `"2026-04-29T12:00:01.000Z"`)), nil},
		{"a row of long ago", "activity-transactions", does(set("/entries/0/createdAt", `"1999-12-31T23:59:59.999Z"`)), nil},
		{"what is due lies in the future", "shared-hosting", does(set("/data/0/nextDueAt", `"2099-01-01T00:00:00.000Z"`), set("/data/0/expiresAt", `"2099-01-01T00:00:00.000Z"`)), nil},
		{"a second that is a leap", "activity-transactions", does(set("/entries/0/createdAt", `"2016-12-31T23:59:60.000Z"`)), nil},
	})
}
