// Package rule is what specs are written with: [It] declares a spec and the
// requirements that it tests, [T] is its view of the target.
//
//	rule.It(e, "refuses an unknown kind", rule.Of("listPets", "HTTP-PARAM-001"), func(t *rule.T) {
//		t.Refused(t.Valid().WithQuery("kind", "bogus"), 400)
//	})
//
// # Findings
//
// Every exchange that a T sends is judged by [env.Env.Judge], whatever the spec is
// about, but for those of [T.Exchange]. A spec adds findings of its own through [T.Violation], [T.Accepted],
// [T.Refused] and [T.Expect]. A finding does not stop a spec; what makes going
// on senseless does ([T.Accepted] of an answer that was no success). At its end
// the spec hands everything it saw to the report and fails if a finding fails
// the run: each of level MUST, in a strict run each of level SHOULD too.
//
// # Expectations
//
// A request must be accepted ([T.Accepted]), must be refused ([T.Refused],
// [T.RefusedInput]), or may be either ([T.Send]): where no page says, every
// answer that is sound by itself is right.
//
// # Not testing
//
// A spec that cannot be run says why and what to do about it ([T.Skip]). It
// never passes silently.
//
// # Side by side
//
// Specs run beside others: what one does at the target must not change what another
// one sees. Those that order, pay, or use up what is there once are declared in a
// [Sequence].
//
// A T belongs to one spec and one goroutine; [T.SendAll] and [T.Burst] see to
// theirs.
package rule
