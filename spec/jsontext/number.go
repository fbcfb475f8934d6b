package jsontext

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
)

// Numbers are exact up to mostDigits characters and exponents of ±maxExponent. Comparing
// 1e999999999 or a million digits exactly would need a gigabyte; beyond binary64 readers
// disagree anyway. No number is too large for a JSON text: RFC 8259 section 6 leaves the
// limits to its readers.
const (
	maxExponent = 400
	mostDigits  = 400
)

func (d *decoder) number() (any, bool) {
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
	if d.at-start <= shortNumber {
		return d.shared(d.text[start:d.at]), true
	}
	text := string(d.text[start:d.at])
	if !d.holds(32 + min(len(text), 2*mostDigits)) {
		return nil, false
	}
	if !hasExponent && len(text) <= 300 {
		return json.Number(text), true
	}
	return boundedNumber(text), true
}

// shortNumber is the length of numbers that a text often repeats. Nearly all of those in
// use are fewer than mostShort.
const shortNumber, mostShort = 3, 512

// shared returns a short number, allocated once per text.
func (d *decoder) shared(text []byte) any {
	if n, ok := d.short[string(text)]; ok { // does not allocate
		return n
	}
	if d.short == nil {
		d.short = map[string]any{}
	}
	var n any = json.Number(text)
	d.short[string(text)] = n
	return n
}

// boundedNumber returns a number with cheap arithmetic: the same one or, for excessive
// lengths, a nearly equal one that is an integer if the original is. A tiny number stays
// different from 0, and a huge one beyond what binary64 holds.
func boundedNumber(text string) json.Number {
	mantissa, power, _ := strings.Cut(strings.ToLower(text), "e")
	mantissa, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	if digits == "" {
		return "0"
	}
	exponent, err := strconv.Atoi(cmp.Or(power, "0"))
	if err != nil { // beyond 64 bits
		exponent = maxExponent * len(text)
		if power[0] == '-' {
			exponent = -exponent
		}
	}
	exponent -= len(fraction)
	sign := ""
	if negative {
		sign = "-"
	}
	if exponent+len(digits) < -maxExponent {
		return json.Number(sign + "1e-400")
	}
	if exponent+len(digits) > maxExponent {
		return json.Number(sign + "1e400")
	}
	if len(text) > mostDigits || exponent < -2*maxExponent {
		if rest := len(digits) - mostDigits; rest > 0 {
			lost := strings.Trim(digits[mostDigits:], "0") != ""
			digits, exponent = digits[:mostDigits], exponent+rest
			if lost {
				digits, exponent = digits+"1", exponent-1
			}
		}
		text = sign + digits + "e" + strconv.Itoa(exponent)
	}
	return json.Number(text)
}
