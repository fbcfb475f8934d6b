package spec

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// uriReference is the format uri-reference by RFC 3986 section 4.1. The library
// asks net/url, which takes spaces, braces and a lone percent sign in a query.
func uriReference(v any) error {
	s, ok := v.(string)
	if !ok {
		return nil
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%':
			if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
				return errors.New("a percent sign without two hexadecimal digits")
			}
		case !isDigit(c) && !isLetter(c) && strings.IndexByte("-._~:/?#[]@!$&'()*+,;=", c) < 0:
			return fmt.Errorf("%q has to be escaped", c)
		}
	}
	if strings.Count(s, "#") > 1 {
		return errors.New("two fragments")
	}
	_, err := url.Parse(s)
	return err
}

func isHex(c byte) bool {
	return isDigit(c) || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
