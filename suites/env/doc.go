// Package env is the state of one run: what is known of the target, what was sent to
// it, and what the run may still do.
//
// An [Env] is what specs reach everything through. It adds to a [client.Client] what
// needs memory: it numbers exchanges, counts what the target accepts ([Ledger], shared
// by the processes of a run through a journal on disk), gives up on a target that does
// not answer, waits for rate limits, sees that a target has gone away, and compares
// request ids and timestamps of different answers. [Env.Preflight] asks at first
// whether the target as a whole is worth testing.
//
// What the user wants is in package config, how a request is sent in package client,
// and how secrets are hidden in package redact.
package env
