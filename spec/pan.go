package spec

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// findPAN looks for a full card number (PAN): 13 to 16 digits that stand alone,
// or up to 19 in the groups that are printed on cards, begin as an issuer's
// numbers begin, have an issuer's length and pass the Luhn check. It returns the
// last four digits, "" if there is none. Digits inside an id, a UUID, an IBAN or
// a longer number do not stand alone. More than 16 digits in one go are more
// often an id of a database than a card, so they are left alone.
func findPAN(text []byte) (last4 string) {
	for i := 0; i < len(text); {
		if !isDigit(text[i]) {
			i++
			continue
		}
		var groups [maxGroups]group
		n, end := readGroups(text, i, groups[:])
		if d := panIn(text, groups[:n]); d != "" {
			return d
		}
		i = end
	}
	return ""
}

// A group is a run of digits.
type group struct{ start, end int }

// maxGroups is more than a card number has; longer rows are read in parts.
const maxGroups = 16

// readGroups reads the runs of digits from a place on that one space or one
// hyphen separates, the same throughout.
func readGroups(text []byte, at int, groups []group) (n, end int) {
	var separator byte
	for n < len(groups) {
		g := group{start: at}
		for at < len(text) && isDigit(text[at]) {
			at++
		}
		g.end = at
		groups[n] = g
		n++
		if at+1 >= len(text) || text[at] != ' ' && text[at] != '-' || !isDigit(text[at+1]) {
			break
		}
		if separator == 0 {
			separator = text[at]
		}
		if text[at] != separator {
			break
		}
		at++
	}
	return n, at
}

// shapes are the groups in which card numbers are printed.
var shapes = [][]int{{4, 4, 4, 4}, {4, 6, 5}, {4, 6, 4}, {4, 4, 4, 4, 3}}

func panIn(text []byte, groups []group) string {
	for i, g := range groups {
		if n := g.end - g.start; n >= 13 && n <= 16 && standsAlone(text, g.start, g.end) && isPAN(text[g.start:g.end]) {
			return string(text[g.end-4 : g.end])
		}
		for _, s := range shapes {
			if !shaped(groups[i:], s) {
				continue
			}
			last := groups[i+len(s)-1]
			// a fifth group of four is an IBAN's or a reference's
			if len(s) == 4 && (i > 0 && groups[i-1].end-groups[i-1].start == 4 || shaped(groups[i:], []int{4, 4, 4, 4, 4})) {
				continue
			}
			var digits []byte
			for _, part := range groups[i : i+len(s)] {
				digits = append(digits, text[part.start:part.end]...)
			}
			if standsAlone(text, g.start, last.end) && !followsIBAN(text, g.start) && isPAN(digits) {
				return string(digits[len(digits)-4:])
			}
		}
	}
	return ""
}

func shaped(groups []group, shape []int) bool {
	if len(groups) < len(shape) {
		return false
	}
	for i, n := range shape {
		if groups[i].end-groups[i].start != n {
			return false
		}
	}
	return true
}

// followsIBAN reports whether the word before a place is the country and check
// digits of an IBAN: "SE45 5000 …".
func followsIBAN(text []byte, at int) bool {
	if at < 5 || text[at-1] != ' ' {
		return false
	}
	w := text[at-5 : at-1]
	return unicode.IsUpper(rune(w[0])) && unicode.IsUpper(rune(w[1])) && isDigit(w[2]) && isDigit(w[3])
}

// standsAlone reports whether nothing beside the digits makes them part of a
// longer word or number.
func standsAlone(text []byte, start, end int) bool {
	if start > 0 {
		r, n := utf8.DecodeLastRune(text[:start])
		switch {
		case r == '.':
			if start > 1 && isDigit(text[start-2]) {
				return false // decimals
			}
		case joins(r):
			escaped := start > 1 && text[start-2] == '\\' && strings.ContainsRune("nrtbf", r)
			if n != 1 || !escaped { // the n of "\n" is no letter of a word
				return false
			}
		}
	}
	if end < len(text) {
		r, _ := utf8.DecodeRune(text[end:])
		if r == '.' {
			return end+1 >= len(text) || !isDigit(text[end+1]) // the end of a sentence
		}
		return !joins(r)
	}
	return true
}

func joins(r rune) bool {
	return r == '_' || r == '-' || r == '+' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isPAN(d []byte) bool {
	if len(d) < 13 || len(d) > 19 {
		return false
	}
	two := int(d[0]-'0')*10 + int(d[1]-'0')
	four := two*100 + int(d[2]-'0')*10 + int(d[3]-'0')
	var issued bool
	switch {
	case d[0] == '4': // Visa
		issued = len(d) == 13 || len(d) == 16 || len(d) == 19
	case two >= 51 && two <= 55, four >= 2221 && four <= 2720: // Mastercard
		issued = len(d) == 16
	case two == 34, two == 37: // American Express
		issued = len(d) == 15
	case two == 36, two == 38, four >= 3000 && four <= 3059: // Diners Club
		issued = len(d) == 14
	case four >= 3528 && four <= 3589, four == 6011, two == 65: // JCB, Discover
		issued = len(d) == 16
	case two == 62: // UnionPay
		issued = len(d) >= 16
	case two == 50, two >= 56 && two <= 58, two == 67: // Maestro
		issued = len(d) >= 16
	}
	return issued && luhn(d)
}

// luhn is the check of ISO/IEC 7812.
func luhn(d []byte) bool {
	sum := 0
	for i := range d {
		n := int(d[len(d)-1-i] - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0
}
