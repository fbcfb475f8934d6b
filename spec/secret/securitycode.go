package secret

import (
	"regexp"
	"strings"
)

var securityCode = regexp.MustCompile(`^(?i)"(cvc2?|cvv2?|card_?verification(?:_?(?:value|code))?|security_?code)"\s*:\s*"?\d{3,4}\b`)

// FindSecurityCode returns the name of the first JSON member with a card verification
// code, "" if there is none. The case-insensitive regular expression is slower on a long
// list than all other rules together, so it is tried only where a quotation mark begins
// one of its words.
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

// securityWords are the initial letters of the words in securityCode. The long s is an s
// when case is ignored.
var securityWords = []string{"cvc", "cvv", "cardv", "card_v", "secur", "ſecur"}

// securityInitials are the first bytes of securityWords, in either case.
var securityInitials = [256]bool{'c': true, 'C': true, 's': true, 'S': true, 0xc5: true} // of ſ

func beginsSecurityWord(text string) bool {
	for _, word := range securityWords {
		if len(text) >= len(word) && text[0]|0x20 == word[0]|0x20 && strings.EqualFold(text[:len(word)], word) {
			return true
		}
	}
	return false
}
