package secret

import (
	"regexp"
	"strings"
)

var securityCode = regexp.MustCompile(`^(?i)"(cvc2?|cvv2?|card_?verification(?:_?(?:value|code))?|security_?code)"\s*:\s*"?\d{3,4}\b`)

// FindSecurityCode returns the name of the first member that holds a card
// verification code, "" if there is none. The regular expression ignores case,
// which makes it slower than all other rules together on a long list, so it is
// tried only where a quotation mark begins one of its words.
func FindSecurityCode(text string) (member string) {
	for i := 0; i+1 < len(text); i++ {
		if text[i] == '"' && securityInitials[text[i+1]] && beginsSecurityWord(text[i+1:]) {
			if m := securityCode.FindStringSubmatch(text[i:]); m != nil {
				return m[1]
			}
		}
	}
	return ""
}

// securityWords are the first letters of the words that securityCode knows. For
// whoever ignores case the long s is an s.
var securityWords = []string{"cvc", "cvv", "cardv", "card_v", "secur", "ſecur"}

// securityInitials are the bytes with which securityWords begin, in either case.
var securityInitials = [256]bool{'c': true, 'C': true, 's': true, 'S': true, 0xc5: true} // of ſ

func beginsSecurityWord(text string) bool {
	for _, word := range securityWords {
		if len(text) >= len(word) && text[0]|0x20 == word[0]|0x20 && strings.EqualFold(text[:len(word)], word) {
			return true
		}
	}
	return false
}
