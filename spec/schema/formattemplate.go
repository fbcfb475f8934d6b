package schema

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// expression is what stands between the braces of a URI template: variables behind an
// operator, which may be one that RFC 6570 section 2.2 reserves.
var expression = regexp.MustCompile(`^[+#./;?&=,!@|]?` + variable + `(,` + variable + `)*$`)

// A variable may have a hyphen, which RFC 6570 does not allow and many write.
const variable = `([\w.-]|%[0-9A-Fa-f]{2})+(:[1-9][0-9]{0,3}|\*)?`

// uriTemplate checks a template by RFC 6570 section 2. The library looks for braces in the
// path only, and takes a query within braces for the query of an address.
func uriTemplate(s string) error {
	for s != "" {
		literal, rest, opened := strings.Cut(s, "{")
		if err := templateLiteral(literal); err != nil {
			return err
		}
		if !opened {
			return nil
		}
		inside, after, closed := strings.Cut(rest, "}")
		if !closed || !expression.MatchString(inside) {
			return fmt.Errorf("no expression at %q", "{"+inside)
		}
		s = after
	}
	return nil
}

// templateLiteral checks the text outside of expressions (RFC 6570 section 2.1).

func templateLiteral(s string) error {
	for i, r := range s {
		switch {
		case r == '%':
			if i+2 >= len(s) || !isHex(s[i+1:i+3]) {
				return errors.New("a percent sign without two hexadecimal digits")
			}
		case r <= ' ' || r == 0x7f || strings.ContainsRune("\"<>\\^`|}", r):
			return fmt.Errorf("%q has to be escaped", r)
		}
	}
	return nil
}
