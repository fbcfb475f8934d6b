// Package secret finds what must stand in no report and in no answer:
// credentials that are known, values whose names say that they are secret, card
// numbers and card verification codes.
//
// It is the one matcher of two users. The judge asks it whether an answer repeats
// the credential of its request; whoever keeps or shows an exchange asks it what
// to hide. So what is hidden because it leaked is also found.
//
//	m := secret.NewMatcher(nil, secret.Secret{Name: "API_KEY", Value: key})
//	for _, f := range m.Find(text) {
//		hide(text[f.Start:f.End])
//	}
//
// A [Matcher] finds a credential in any mixture of the spellings raw, upper and
// lower case, percent-encoded (also twice), JSON-escaped, HTML-escaped and as part
// of a JSON Pointer; in base64 at any offset, in both alphabets; in hexadecimal,
// also with a separator between bytes; in UTF-16; and every part of eight characters or more of it. It does not find credentials
// that are encrypted, compressed, reversed or spelled with other characters
// between theirs.
//
// [Header], [Parameter] and [Property] are one rule about names, for the three
// kinds of names that HTTP and JSON have. [Named] applies it to a text, where names
// that mean other things as well ("session", "signature") count before a value that
// looks made by a machine.
package secret
