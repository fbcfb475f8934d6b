// Package secret finds what no report and no response may contain: known credentials,
// values whose names say that they are secret, card numbers and card verification codes.
//
// It is used for two purposes. The judge checks whether a response repeats the credential
// of its request; code that keeps or shows an exchange asks what to hide. So what is
// hidden because it leaked is also reported.
//
//	m := secret.NewMatcher(nil, secret.Secret{Name: "API_KEY", Value: key})
//	for _, f := range m.Find(text) {
//		hide(text[f.Start:f.End])
//	}
//
// A [Matcher] finds a credential in any mixture of these spellings: raw, upper and lower
// case, percent-encoded (also twice), JSON-escaped, HTML-escaped, quoted-printable and as
// part of a JSON Pointer; in base64 at any offset, in both alphabets; in hexadecimal, also with a
// separator between bytes; in UTF-16; and every part of it with eight characters or more.
// It is also found reversed, in full-width characters, and with invisible ones in between.
// It does not find credentials that are encrypted, compressed or interspersed with other
// characters.
//
// [Header], [Parameter] and [Property] are one rule about names, for the three kinds of
// names in HTTP and JSON. [Named] applies it to a text, where ambiguous names ("session",
// "signature") count if their value looks machine-generated.
package secret
