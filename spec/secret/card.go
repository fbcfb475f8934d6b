package secret

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A Card is a location in a text where a card number (PAN) may be.
type Card struct {
	Start, End int
	Last4      string
}

// FindCard returns the last four digits of the first full card number in a text, "" if
// there is none. A card number has 13 to 16 isolated digits, or up to 19 in the groups
// printed on cards; it has a prefix and a length of an issuer and passes the Luhn check.
//
// Digits inside an id, a UUID, an IBAN, a path or a longer number are not isolated;
// numbers whose name says that they are an id or a reference are excluded as well:
// payment references (OCR) also end in a Luhn digit. More than 16 consecutive digits are
// more often a database id than a card.
func FindCard(text string) (last4 string) {
	escapes := hasEscapes(text)
	for i := 0; i < len(text); {
		if !digit(text[i]) {
			i++
			continue
		}
		if escapes {
			if escaped := escapeEnd(text, i); escaped > i {
				i = escaped
				continue
			}
		}
		end, d := panFrom(text, i)
		if d != "" {
			return d
		}
		i = end
	}
	return ""
}

// panFrom looks for a card number in the runs of digits that begin at i, and returns
// their end. Nearly all are a single run that is too short.
func panFrom(text string, i int) (end int, last4 string) {
	for end = i; end < len(text) && digit(text[end]); end++ {
	}
	const shortestPAN = 13
	if end-i < shortestPAN && groupAfter(text, end) == 0 {
		return end, ""
	}
	var groups [maxGroups]group
	n, end := readGroups(text, i, groups[:])
	return end, panIn(text, groups[:n])
}

// Cards returns the locations where a card number may be, in order, for callers that
// prefer hiding an id to showing a card: 13 to 19 digits that pass the Luhn check,
// consecutive or in the groups of a printed card, whatever surrounds them. They include
// what [FindCard] finds.
func Cards(s string) (all []Card) {
	escapes := hasEscapes(s)
	for i := 0; i < len(s); {
		if !digit(s[i]) {
			i++
			continue
		}
		if escapes {
			if escaped := escapeEnd(s, i); escaped > i {
				i = escaped
				continue
			}
		}
		end, number := cardAt(s, i)
		if end == 0 || i > 1 && s[i-1] == '.' && digit(s[i-2]) || referred(s, i) { // the fraction of a number: 98.75000000000001
			for i < len(s) && digit(s[i]) {
				i++
			}
			continue
		}
		all = append(all, Card{Start: i, End: end, Last4: number[len(number)-4:]})
		i = end
	}
	return all
}

// cardAt reads a card number whose first digit is at i; end is 0 if there is none.
func cardAt(s string, i int) (end int, number string) {
	k := i
	for k < len(s) && digit(s[k]) {
		k++
	}
	if n := k - i; n >= 13 {
		if n <= 19 && luhn(s[i:k]) && strings.Trim(s[i:k], s[i:i+1]) != "" && !moment(s[i:k]) {
			return k, s[i:k]
		}
		return 0, ""
	} else if n != 4 {
		return 0, ""
	}
	const most = 5
	var room [most]string
	groups, j := append(room[:0], s[i:k]), k
	for len(groups) < most {
		from := groupAfter(s, j)
		if from == 0 {
			break
		}
		for k = from; k < len(s) && digit(s[k]); k++ {
		}
		groups, j = append(groups, s[from:k]), k
		if !printed(groups) {
			continue
		}
		if all := strings.Join(groups, ""); luhn(all) && strings.Trim(all, all[:1]) != "" {
			return k, all
		}
	}
	return 0, ""
}

// moment reports whether digits are a date and time of this century, as in a version of a
// Go module: 20261128202953, also with fractions of a second. No issuer has that prefix.
func moment(d string) bool {
	const layout = "20060102150405"
	if len(d) < len(layout) || !strings.HasPrefix(d, "20") {
		return false
	}
	_, err := time.Parse(layout, d[:len(layout)])
	return err == nil
}

// printed reports whether digits are grouped as on cards: 4-4-4-4 with up to three more,
// 4-6-5, 4-6-4. Other groups are dates and ids.
func printed(groups []string) bool {
	var lengths []byte
	for _, g := range groups {
		lengths = append(lengths, byte('0'+min(len(g), 9)))
	}
	switch string(lengths) {
	case "4444", "44441", "44442", "44443", "465", "464":
		return true
	}
	return false
}

// A group is a run of digits.
type group struct{ start, end int }

// maxGroups is more than a card number has; longer rows are read in parts.
const maxGroups = 16

// readGroups reads runs of digits that are separated by single spaces or single hyphens,
// the same throughout.
func readGroups(text string, at int, groups []group) (n, end int) {
	separator := ""
	for n < len(groups) {
		g := group{start: at}
		for at < len(text) && digit(text[at]) {
			at++
		}
		g.end = at
		groups[n] = g
		n++
		next := groupAfter(text, at)
		if next == 0 {
			break
		}
		if separator == "" {
			separator = text[at:next]
		}
		if text[at:next] != separator {
			break
		}
		at = next
	}
	return n, at
}

// separators are what stands between the groups of a number: a hyphen, a space or one that
// does not break, also as in URLs and forms, JSON and HTML.
var separators = []string{" ", "-", "+", "%20", "%2520", "\u00a0", "\u202f", `\u00a0`, `\u202f`, "%C2%A0", "&nbsp;"}

// groupAfter returns where the group of digits begins that one separator divides from the
// group that ends at i; 0 if there is none.
func groupAfter(text string, i int) int {
	if i >= len(text) || strings.IndexByte(" -+%\xc2\xe2\\&", text[i]) < 0 { // nearly all
		return 0
	}
	for _, s := range separators {
		if next := i + len(s); next < len(text) && text[i:next] == s && digit(text[next]) {
			return next
		}
	}
	return 0
}

// shapes are the groups in which card numbers are printed.
var shapes = [][]int{{4, 4, 4, 4}, {4, 6, 5}, {4, 6, 4}, {4, 4, 4, 4, 3}}

func panIn(text string, groups []group) string {
	for i, g := range groups {
		if n := g.end - g.start; n >= 13 && n <= 16 && standsAlone(text, g.start, g.end) && isPAN(text[g.start:g.end]) && !referred(text, g.start) {
			return text[g.end-4 : g.end]
		}
		for _, s := range shapes {
			if !shaped(groups[i:], s) {
				continue
			}
			last := groups[i+len(s)-1]
			// a fifth group of four belongs to an IBAN or a reference
			if len(s) == 4 && (i > 0 && groups[i-1].end-groups[i-1].start == 4 || shaped(groups[i:], []int{4, 4, 4, 4, 4})) {
				continue
			}
			var digits []byte
			for _, part := range groups[i : i+len(s)] {
				digits = append(digits, text[part.start:part.end]...)
			}
			if standsAlone(text, g.start, last.end) && !followsIBAN(text, g.start) && isPAN(string(digits)) && !referred(text, g.start) {
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

// followsIBAN reports whether the preceding word is the country and check digits of an
// IBAN: "SE45 5000 …".
func followsIBAN(text string, at int) bool {
	if at < 5 || text[at-1] != ' ' {
		return false
	}
	w := text[at-5 : at-1]
	return unicode.IsUpper(rune(w[0])) && unicode.IsUpper(rune(w[1])) && digit(w[2]) && digit(w[3])
}

// standsAlone reports whether the digits are not part of a longer word or number.
func standsAlone(text string, start, end int) bool {
	if start > 0 && !followsEscape(text, start) {
		r, n := utf8.DecodeLastRuneInString(text[:start])
		switch {
		case r == '.':
			if start > 1 && digit(text[start-2]) {
				return false // decimals
			}
		case r == '/':
			return false // the id of a path
		case r == '+' && end-start > longestPhone: // a space of a form
		case joins(r):
			escaped := start > 1 && text[start-2] == '\\' && strings.ContainsRune("nrtbf", r)
			if n != 1 || !escaped { // the n of "\n" is no letter of a word
				return false
			}
		}
	}
	if end < len(text) {
		r, _ := utf8.DecodeRuneInString(text[end:])
		if r == '.' {
			return end+1 >= len(text) || !digit(text[end+1]) // the end of a sentence
		}
		return r == '+' || !joins(r)
	}
	return true
}

// longestPhone is the number of digits of the longest phone number (ITU-T E.164).
const longestPhone = 15

func joins(r rune) bool {
	return r == '_' || r == '-' || r == '+' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

func isPAN(d string) bool {
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

// luhn reports whether the digits pass the check of ISO/IEC 7812.
func luhn(d string) bool {
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
