package activity

import (
	"strconv"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/rule"
)

func registerPageInput(e *env.Env) {
	rule.Describe(e, "page", func() {
		rule.It(e, "0 is accepted", rule.Of(flow.Activity, "ACT-PAGE-001"), func(t *rule.T) {
			t.Accepted(t.Valid().WithQuery("page", "0").WithNote("page=0"))
		})
		rule.It(e, "1 is accepted", rule.Of(flow.Activity, "ACT-PAGE-001"), secondPage)
		// Judged as it is on the wire: "null" and "true" are text, and no integer.
		for _, wrong := range []string{"-1", "-2147483649", "abc", "1.5", "NaN", "null", "true", "one", "1;2"} {
			rule.It(e, strconv.Quote(wrong)+" is refused", rule.Of(flow.Activity, "ACT-PAGE-005"), func(t *rule.T) {
				t.RefusedInput(t.Valid().WithQuery("kind", "transaction").WithQuery("page", wrong).WithNote("page="+wrong), 400)
			})
		}
		// These are integers in notations that the number types of some languages accept:
		// the first in JavaScript, the second in Python and Java.
		for _, respelt := range []string{"0x1", "٣"} {
			rule.It(e, strconv.Quote(respelt)+" is refused", rule.Of(flow.Activity, "ACT-PAGE-006"), func(t *rule.T) {
				t.RefusedInput(t.Valid().WithQuery("kind", "transaction").WithQuery("page", respelt).WithNote("page="+respelt), 400)
			})
		}
		// Spellings of an integer that parsers disagree on, values beyond any counter,
		// and pages of a kind without pages: any response except a server error is
		// accepted.
		for _, loose := range []string{"page=", "page", "page=01", "page=%2B1", "page=-0", "page=1.0", "page=1e1", "page=%201", "page=0&page=1",
			"page=9007199254740993", "page=9223372036854775808", "page=1" + zeros(40), "kind=credit&page=0", "kind=credit&page=-1", "kind=credit&page=abc"} {
			rule.It(e, "survives "+abbreviate(loose), rule.Of(flow.Activity, "HTTP-ROBUST-001"), func(t *rule.T) {
				t.Survives(t.Valid().WithRawQuery(loose).WithNote(abbreviate(loose)))
			})
		}
	})
}

// secondPage: if all rows are on page 0, page 1 is beyond the end, which may be refused.
func secondPage(t *rule.T) {
	a := t.Send(t.Valid().WithQuery("page", "1").WithNote("page=1"))
	if a.Status() == 400 || a.Status() == 404 {
		if more, _ := flow.ReadPage(t, 0).More(); !more {
			t.Skip(reporters.SkipNoData, "the activity has one page only: use an account with more transactions")
		}
	}
	t.MustSucceed(a, "page=1")
}

func zeros(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = '0'
	}
	return string(b)
}

func abbreviate(s string) string {
	const most = 40
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}
