// Package rule is the API that specs are written with: [It] declares a spec and the
// requirements that it tests, [T] gives it access to the target.
//
//	rule.It(e, "refuses an unknown kind", rule.Of("listPets", "HTTP-PARAM-001"), func(t *rule.T) {
//		t.Refused(t.Valid().WithQuery("kind", "bogus"), 400)
//	})
//
// # Findings
//
// Every exchange that a T sends is judged by [env.Env.Judge], whatever the spec is about,
// except those of [T.Exchange]. A spec adds findings of its own through [T.Violation],
// [T.Accepted], [T.Refused] and [T.Expect]. A finding does not stop a spec, unless it
// makes the rest pointless ([T.Accepted] without a success). At its end the spec passes
// everything it saw to the report and fails if a finding fails the run: every MUST, and
// in a strict run every SHOULD.
//
// # Expectations
//
// A request must be accepted ([T.Accepted]), must be refused ([T.Refused],
// [T.RefusedInput]), or may be either ([T.Send]): where the documentation is silent,
// every response that is valid by itself is right.
//
// # Not testing
//
// A spec that cannot run says why and what to do about it ([T.Skip]). It never passes
// silently.
//
// # Concurrency
//
// Specs run concurrently: what one does at the target must not change what another sees.
// Those that order, pay, or use up what is there once are declared in a [Sequence].
//
// A T belongs to one spec and one goroutine; [T.SendAll] and [T.Burst] manage their own
// goroutines.
package rule
