package spec_test

import "testing"

func TestRateLimit(t *testing.T) {
	const of = "activity-rate-limited"
	judge(t, []judgement{
		{"more left than allowed", of, does(header("X-RateLimit-Remaining", "61")), []string{
			`SHOULD RATE-COHERENT-001 header X-RateLimit-Remaining coherent | at most 60, the limit | 61`,
		}},
		{"a reset that is over", of, does(header("X-RateLimit-Reset", "2026-04-27T11:00:00Z")), []string{
			`SHOULD RATE-COHERENT-001 header X-RateLimit-Reset future | an instant after 2026-04-27T12:00:00Z | 2026-04-27T11:00:00Z`,
		}},
		{"two different waits", of, does(header("Retry-After", "60")), []string{
			`SHOULD RATE-COHERENT-001 header Retry-After coherent | about 30 seconds, as X-RateLimit-Reset says | 60`,
		}},
		{"some left", of, does(header("X-RateLimit-Remaining", "3")), nil},
		{"rounded", of, does(header("Retry-After", "31"), header("X-RateLimit-Reset", "2026-04-27T12:00:29.400Z")), nil},
		{"a huge wait", of, does(header("Retry-After", "86400"), header("X-RateLimit-Reset", "2026-04-28T12:00:00Z")), nil},
	})
}
