package spec

import (
	"bytes"
	"regexp"
)

var securityCode = regexp.MustCompile(`^(?i)"(cvc2?|cvv2?|card_?verification(?:_?(?:value|code))?|security_?code)"\s*:\s*"?\d{3,4}\b`)

// findSecurityCode returns the name of the first member that holds a card
// verification code, "" if there is none. The regular expression ignores case,
// which makes it slower than all other rules together on a long list, so it is
// tried only where a quotation mark begins one of its words.
func findSecurityCode(text []byte) (member string) {
	for {
		i := bytes.IndexByte(text, '"')
		if i < 0 {
			return ""
		}
		text = text[i:]
		if beginsSecurityWord(text[1:]) {
			if m := securityCode.FindSubmatch(text); m != nil {
				return string(m[1])
			}
		}
		text = text[1:]
	}
}

// securityWords are the first letters of the words that securityCode knows. For
// whoever ignores case the long s is an s.
var securityWords = [][]byte{[]byte("cvc"), []byte("cvv"), []byte("cardv"), []byte("card_v"), []byte("secur"), []byte("ſecur")}

func beginsSecurityWord(text []byte) bool {
	for _, word := range securityWords {
		if len(text) >= len(word) && text[0]|0x20 == word[0]|0x20 && bytes.EqualFold(text[:len(word)], word) {
			return true
		}
	}
	return false
}
