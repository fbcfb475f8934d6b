// Package env is the state of one run: what is known about the target, what was sent to
// it, and what the run may still do.
//
// Specs reach everything through an [Env]. It adds to a [client.Client] what needs
// memory: it numbers exchanges, counts what the target accepts ([Ledger], shared between
// processes through a journal on disk), gives up on a target that does not respond, waits
// for rate limits, detects that a target has gone away, and compares request ids and
// timestamps across responses. [Env.Preflight] first checks whether the target as a whole
// is worth testing.
//
// Package config holds what the user wants, client sends requests, and redact hides
// secrets.
package env
