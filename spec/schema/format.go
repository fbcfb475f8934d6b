package schema

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"strings"

	"github.com/pb33f/jsonschema/v6"
	"github.com/pb33f/libopenapi-validator/config"
)

// formats returns the formats that are asserted in addition to, or instead of, those of
// the library: each rejects only what is certainly invalid.
func formats() ([]config.Option, error) {
	library, err := emailOfLibrary()
	if err != nil {
		return nil, err
	}
	return []config.Option{
		config.WithCustomFormat("uri-reference", ofText(uriReference)),
		config.WithCustomFormat("uri", ofText(uri)),
		config.WithCustomFormat("email", ofText(email(library))),
		config.WithCustomFormat("byte", ofText(base64Text)),
		config.WithCustomFormat("uri-template", ofText(uriTemplate)),
		config.WithCustomFormat("int32", whole(math.MinInt32, math.MaxInt32)),
		config.WithCustomFormat("int64", whole(math.MinInt64, math.MaxInt64)),
		config.WithCustomFormat("float", fits("float of 32 bits", math.MaxFloat32)),
		config.WithCustomFormat("double", fits("double of 64 bits", math.MaxFloat64)),
	}, nil
}

// ofText returns a format that ignores values other than strings.
func ofText(check func(string) error) func(any) error {
	return func(v any) error {
		if s, ok := v.(string); ok {
			return check(s)
		}
		return nil
	}
}

// uriReference checks a reference by RFC 3986 section 4.1. The library uses net/url,
// which accepts spaces, braces and a lone percent sign in a query.
func uriReference(s string) error {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%':
			if i+2 >= len(s) || !isHex(s[i+1:i+3]) {
				return errors.New("a percent sign without two hexadecimal digits")
			}
		case !isAlphanumeric(c) && strings.IndexByte("-._~:/?#[]@!$&'()*+,;=", c) < 0:
			return fmt.Errorf("%q has to be escaped", c)
		}
	}
	if strings.Count(s, "#") > 1 {
		return errors.New("two fragments")
	}
	_, err := url.Parse(s)
	return err
}

// uri checks a reference with a scheme (RFC 3986 section 3).
func uri(s string) error {
	if err := uriReference(s); err != nil {
		return err
	}
	if u, err := url.Parse(s); err != nil || !u.IsAbs() {
		return errors.New("no scheme")
	}
	return nil
}

// email checks what the library does, and that something precedes the at-sign (RFC 5321
// section 4.1.2).
func email(library *jsonschema.Schema) func(string) error {
	return func(s string) error {
		if strings.HasPrefix(s, "@") {
			return errors.New("nothing before @")
		}
		return library.Validate(s)
	}
}

// emailOfLibrary returns the library's format email.
func emailOfLibrary() (*jsonschema.Schema, error) {
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	const name = address + "email"
	if err := c.AddResource(name, map[string]any{"format": "email"}); err != nil {
		return nil, err
	}
	return c.Compile(name)
}

// base64Text checks the alphabet of base64 or base64url, with or without padding and line
// breaks (RFC 4648 sections 3 to 5).
func base64Text(s string) error {
	s = strings.TrimRight(strings.NewReplacer("\r", "", "\n", "").Replace(s), "=")
	for i := range len(s) {
		if c := s[i]; !isAlphanumeric(c) && strings.IndexByte("+/-_", c) < 0 {
			return fmt.Errorf("%q is none of base64", c)
		}
	}
	if len(s)%4 == 1 {
		return errors.New("one character too many for base64")
	}
	return nil
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
