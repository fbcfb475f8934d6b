// Package redact hides secrets in everything that is kept, shown or printed.
//
// Exchanges hold secrets until a [Redactor] has been over them: [Redactor.Exchange],
// [Redactor.Report], and [Clean] for all that a spec leaves behind. Nothing else may be
// printed or written. [Redactor.Curl] makes the command that repeats a request, with the
// names of variables in place of the credentials.
package redact
