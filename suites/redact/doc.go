// Package redact hides secrets in everything that is kept, shown or printed.
//
// Exchanges hold secrets until a [Redactor] has redacted them. Nothing may be printed or
// written before: use [Redactor.Exchange] and [Redactor.Report] for exchanges, and
// [Clean] for everything else that a spec returns. [Redactor.Curl] takes the exchange
// before redaction and returns the command that repeats its request, with variable names
// in place of the credentials. A Redactor is safe for concurrent use.
package redact
