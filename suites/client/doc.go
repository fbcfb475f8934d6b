// Package client sends requests to the target; nothing else does.
//
// Use [Client.Do], or [Client.DoRaw] where net/http would hide something; specs reach
// both through an env.Env. They write the bytes of the path as given, add the credential
// where the request says, follow no redirect, repeat nothing that may have been executed,
// and return an exchange: errors on the wire are part of it. Requests whose effect is
// above the safety tier are never sent. A Client is safe for concurrent use.
//
// # Limits
//
// They are net/http's: only [Client.DoRaw] sees a body after HEAD, 204 or 304, and bytes
// after the declared length (on a reused connection these also make net/http write a line
// to the standard logger). Specs cannot avoid the others: header names come in canonical
// case and order; Content-Length, Transfer-Encoding and Trailer of a request cannot be
// set; POST, PUT and PATCH without a body carry "Content-Length: 0"; a path that begins
// with two slashes and contains characters that a URL cannot hold is sent in absolute
// form ("GET http://host//%zz").
package client
