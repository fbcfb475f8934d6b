// Package client sends requests to the target; there is no other way to.
//
// [Client.Do] sends, and [Client.DoRaw] where net/http would hide something;
// specs reach both through an env.Env. They write the
// bytes of the path as they are given, put the credential where the request says,
// follow no redirect, repeat nothing that may have been executed, and return an
// exchange: what goes wrong on the wire is part of the response, not an error.
// Requests whose effect is above the safety tier are never sent.
//
// # Limits
//
// These are net/http's: a body sent with HEAD, 204 or 304, and bytes after the
// declared length, are seen by [Client.DoRaw] only (on a connection that is used
// again the latter also make net/http write a line to the standard logger). Specs
// cannot see past the others: header names come in canonical case and order; Content-Length,
// Transfer-Encoding and Trailer of a request cannot be chosen; POST, PUT and PATCH
// without a body carry "Content-Length: 0"; a path that begins with two slashes
// and has characters that a URL cannot hold goes out in absolute form
// ("GET http://host//%zz").
package client
