package spec

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
)

// Numbers are exact up to mostDigits characters and the exponents ±maxExponent.
// Comparing 1e999999999 exactly, or a million digits, would need a gigabyte; beyond
// binary64 (RFC 8259 section 6) no two readers agree anyway.
const (
	maxExponent = 400
	mostDigits  = 400
)

func (d *textDecoder) number() (any, bool) {
	start := d.at
	digits := func() bool {
		from := d.at
		for d.at < len(d.text) && '0' <= d.text[d.at] && d.text[d.at] <= '9' {
			d.at++
		}
		return d.at > from
	}
	if d.text[d.at] == '-' {
		d.at++
	}
	switch {
	case d.at < len(d.text) && d.text[d.at] == '0':
		d.at++
	case !digits():
		return d.syntax("a digit")
	}
	if d.at < len(d.text) && d.text[d.at] == '.' {
		d.at++
		if !digits() {
			return d.syntax("a digit")
		}
	}
	hasExponent := d.at < len(d.text) && (d.text[d.at] == 'e' || d.text[d.at] == 'E')
	if hasExponent {
		d.at++
		if d.at < len(d.text) && (d.text[d.at] == '+' || d.text[d.at] == '-') {
			d.at++
		}
		if !digits() {
			return d.syntax("a digit")
		}
	}
	text := string(d.text[start:d.at])
	if !hasExponent && len(text) <= 300 {
		return json.Number(text), true
	}
	n, ok := boundedNumber(text)
	if !ok {
		d.fault("number", excerpt(d.text[start:d.at]))
		return json.Number("0"), true
	}
	return n, true
}

// boundedNumber is a number of which arithmetic is cheap: the same one, or, of one
// that is longer than anybody writes, one that nearly equals it and is an integer, or
// not, as it is. A number that is nearly 0 stays different from 0. It is false for one
// that is too large for most readers, which fail or say infinity.
func boundedNumber(text string) (json.Number, bool) {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return "", false
	}
	mantissa, exponent, written := strings.Cut(strings.ToLower(text), "e")
	if f == 0 {
		if strings.Trim(mantissa, "-0.") == "" {
			return "0", true
		}
		if e, err := strconv.Atoi(cmp.Or(exponent, "0")); err == nil && e >= -maxExponent && len(mantissa) <= mostDigits {
			return json.Number(text), true
		}
		if mantissa[0] == '-' {
			return "-1e-400", true
		}
		return "1e-400", true
	}
	e, err := strconv.Atoi(cmp.Or(exponent, "0"))
	switch {
	case err == nil && max(e, -e) <= maxExponent && len(mantissa) <= mostDigits:
		return json.Number(text), true
	case written:
		return json.Number(strconv.FormatFloat(f, 'g', -1, 64)), true
	case strings.Trim(mantissa[mostDigits:], "0") == "": // the cut is behind the point: the rest is too large
		return json.Number(mantissa[:mostDigits]), true
	}
	return json.Number(mantissa[:mostDigits] + "1"), true
}
