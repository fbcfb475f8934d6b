package spec_test

import "testing"

func TestHeaders(t *testing.T) {
	const of = "activity-rate-limited"
	judge(t, []judgement{
		{"no Retry-After", of, does(header("Retry-After")), []string{
			`MUST RATE-RETRY-001 header Retry-After required | the header Retry-After | no such header | Retry-After:`,
		}},
		{"a date", of, does(header("Retry-After", "Mon, 27 Apr 2026 12:00:30 GMT")), []string{
			`MUST RATE-RETRY-001 header Retry-After type | integer | "Mon, 27 Apr 2026 12:00:30 GMT" | Retry-After:`,
		}},
		{"less than nothing", of, does(header("Retry-After", "-1"), header("X-RateLimit-Reset", "2026-04-27T12:00:00Z")), []string{
			`MUST RATE-RETRY-001 header Retry-After minimum | at least 0 | "-1" | Retry-After:`,
		}},
		{"half a second", of, does(header("Retry-After", "30.5")), []string{
			`MUST RATE-RETRY-001 header Retry-After type | integer | "30.5" | Retry-After:`,
		}},
		{"two values", of, does(header("Retry-After", "30", "30", "60")), []string{
			`MUST RATE-RETRY-001 header Retry-After once | one value | "30" and "30" and "60" | Retry-After:`,
		}},
		{"the same value twice", of, does(header("Retry-After", "30", "30")), nil},
		{"leading zeros", of, does(header("Retry-After", "030"), header("X-RateLimit-Remaining", "00")), nil},
		{"now", of, does(header("Retry-After", "0"), header("X-RateLimit-Reset", "2026-04-27T12:00:00.000Z")), nil},
		{"no limit", of, does(header("X-RateLimit-Limit")), []string{
			`MUST RATE-HEADERS-001 header X-RateLimit-Limit required | the header X-RateLimit-Limit | no such header | X-RateLimit-Limit:`,
		}},
		{"a limit in words", of, does(header("X-RateLimit-Limit", "60;w=60")), []string{
			`MUST RATE-HEADERS-001 header X-RateLimit-Limit type | integer | "60;w=60" | X-RateLimit-Limit:`,
		}},
		{"a reset in seconds", of, does(header("X-RateLimit-Reset", "1777291230")), []string{
			`MUST RATE-HEADERS-001 header X-RateLimit-Reset format | RFC 3339 date-time such as 2026-01-31T12:00:00Z | "1777291230" | X-RateLimit-Reset:`,
		}},
		{"a reset with another offset", of, does(header("X-RateLimit-Reset", "2026-04-27T14:00:30+02:00")), nil},
		{"no headers after HEAD", of, does(asHead, header("Retry-After")), []string{
			`MUST RATE-RETRY-001 header Retry-After required | the header Retry-After | no such header | Retry-After:`,
		}},
		{"no headers in v1", "invoice-rate-limited", nil, nil},
	})
}
