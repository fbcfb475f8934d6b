// Package env is everything between a spec and the target: configuration, the
// client, redaction, and the commands that repeat a request.
//
// # Configuration
//
// [Load] makes a [Config] of four layers: flags win over environment over file
// over default. Every setting has one key: "request-timeout" is the flag
// --request-timeout, the variable HOSTUP_REQUEST_TIMEOUT and the member
// request-timeout of the YAML file. Credentials come from the environment only.
// Data of the target (HOSTUP_ACCOUNT_ID, …) comes from environment or file. A
// key, variable or value that is not understood is a [*ConfigError]: a run with
// a misspelled setting would test something else than was asked for.
//
// # Sending
//
// [Client.Do] sends, and [Client.DoRaw] where net/http would hide something;
// specs reach both through an [Env], and there is no other way. They write the
// bytes of the path as they are given, put the credential where the request says,
// follow no redirect, repeat nothing that may have been executed, and give back an
// exchange: what goes wrong on the wire is part of the answer, not an error.
// Requests whose effect is above the safety tier are never sent.
//
// # Showing
//
// Exchanges hold secrets until a [Redactor] has been over them: [Redactor.Exchange],
// [Redactor.Report], and [Redactor.Record] for all that a spec leaves behind. Nothing
// else may be printed or written.
//
// # Limits of the client
//
// These are net/http's: a body sent with HEAD, 204 or 304, and bytes after the
// declared length, are seen by [Client.DoRaw] only (on a connection that is used
// again the latter also make net/http write a line to the standard logger). Specs
// cannot see past the others: header names come in canonical case and order; Content-Length,
// Transfer-Encoding and Trailer of a request cannot be chosen; POST, PUT and PATCH
// without a body carry "Content-Length: 0"; a path that begins with two slashes
// and has characters that a URL cannot hold goes out in absolute form
// ("GET http://host//%zz").
package env
