package spec

// findPAN looks for a full card number (PAN): 13 to 19 digits that stand alone,
// possibly in groups, begin as an issuer's numbers begin, have an issuer's
// length and pass the Luhn check. It returns the last four digits, "" if there
// is none. Digits inside an id, a UUID or a longer number do not stand alone.
func findPAN(text []byte) (last4 string) {
	for i := 0; i < len(text); {
		if !isDigit(text[i]) {
			i++
			continue
		}
		start := i
		var digits []byte
		var separator byte
		j := i
		for j < len(text) && len(digits) <= 20 {
			c := text[j]
			if isDigit(c) {
				digits = append(digits, c)
				j++
				continue
			}
			// one space or hyphen between two digits, the same throughout
			if (c == ' ' || c == '-') && j+1 < len(text) && isDigit(text[j+1]) && (separator == 0 || separator == c) {
				separator = c
				j++
				continue
			}
			break
		}
		before := byte(' ')
		if start > 0 {
			before = text[start-1]
		}
		after := byte(' ')
		if j < len(text) {
			after = text[j]
		}
		if !joins(before) && !joins(after) && isPAN(digits) {
			return string(digits[len(digits)-4:])
		}
		i = j
		for i < len(text) && isDigit(text[i]) {
			i++
		}
	}
	return ""
}

// joins reports whether a character makes the digits beside it part of a longer
// word: an id, a decimal number, a UUID.
func joins(c byte) bool {
	return c == '_' || c == '.' || c == '-' || c == '+' || isDigit(c) || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c >= 0x80
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
