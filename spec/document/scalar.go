package document

import (
	"encoding/json"
	"math/big"
	"regexp"
	"strings"
)

// The plain scalars of the YAML 1.2 core schema (section 10.3.2) that are no strings.
var (
	coreInt   = regexp.MustCompile(`^[-+]?[0-9]+$`)
	coreOctal = regexp.MustCompile(`^0o[0-7]+$`)
	coreHex   = regexp.MustCompile(`^0x[0-9a-fA-F]+$`)
	coreFloat = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
	coreNoNum = regexp.MustCompile(`^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$`)
)

// Value returns a scalar as a JSON value: nil, a bool, a json.Number with the digits as
// written, or a string. A plain 0123 is 123; 1_000, 2024-01-01, yes and no are strings.
// ok is false for infinity and NaN, which JSON lacks; the value is their text then.
func Value(n *Node) (v any, ok bool) {
	text := n.Value
	if n.text {
		return text, true
	}
	switch text {
	case "", "~", "null", "Null", "NULL":
		return nil, true
	case "true", "True", "TRUE":
		return true, true
	case "false", "False", "FALSE":
		return false, true
	}
	switch c := text[0]; {
	case c != '-' && c != '+' && c != '.' && (c < '0' || c > '9'):
		return text, true
	case coreInt.MatchString(text):
		return json.Number(decimal(text)), true
	case coreOctal.MatchString(text), coreHex.MatchString(text):
		i, _ := new(big.Int).SetString(text, 0)
		return json.Number(i.String()), true
	case coreFloat.MatchString(text):
		return json.Number(decimal(text)), true
	case coreNoNum.MatchString(text):
		return text, false
	}
	return text, true
}

// decimal writes a YAML number as JSON requires: no plus sign, no leading zeros, digits
// on both sides of the point.
func decimal(text string) string {
	text = strings.TrimPrefix(text, "+")
	sign := ""
	if strings.HasPrefix(text, "-") {
		sign, text = "-", text[1:]
	}
	mantissa, exponent := text, ""
	if i := strings.IndexAny(text, "eE"); i >= 0 {
		mantissa, exponent = text[:i], text[i:]
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole + exponent
}
