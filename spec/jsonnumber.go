package spec

import (
	"encoding/json"
	"strconv"
)

// maxExponent bounds the exponent of a number. Comparing 1e999999999 exactly
// would need a gigabyte; no documented number needs an exponent at all.
const maxExponent = 400

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
		from := d.at
		if !digits() {
			return d.syntax("a digit")
		}
		if e, err := strconv.Atoi(string(d.text[from:d.at])); err != nil || e > maxExponent {
			d.fault("number", excerpt(d.text[start:d.at]))
			return json.Number("0"), true
		}
	}
	n := json.Number(d.text[start:d.at])
	if d.at-start > 300 || hasExponent {
		// beyond binary64 (RFC 8259 section 6) most readers fail or say infinity
		if _, err := n.Float64(); err != nil {
			d.fault("number", excerpt(d.text[start:d.at]))
			return json.Number("0"), true
		}
	}
	return n, true
}
