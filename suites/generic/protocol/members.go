package protocol

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// strangeText puts strange text into each documented string property.
func strangeText(op *spec.Operation, base object) []variant {
	texts := []struct{ note, json string }{
		{"the empty string", `""`},
		{"white space", `" \t\r\n"`},
		{"NUL", `"a\u0000b"`},
		{"an escape character", `"\u001b[31m"`},
		{"half a surrogate pair", `"\ud800"`},
		{"a surrogate pair the wrong way round", `"\udc00\ud800"`},
		{"4-byte characters", `"𝄞😀"`},
		{"right-to-left text", `"\u202eabc\u202c مرحبا"`},
		{"a noncharacter", `"\uffff"`},
		{"combining marks", `"e\u0301\u0301\u0301\u0301"`},
		{"bytes that are not UTF-8", "\"a\xff\xfe\xc0\x80b\""},
		{"a bare control character", "\"a\x01b\""},
		{"an unknown escape", `"\q"`},
		{"10,000 characters", quote(strings.Repeat("a", 10_000))},
	}
	var list []variant
	for _, m := range op.Body.Members {
		if !m.Schema.Allows("string") {
			continue
		}
		for _, x := range texts {
			list = append(list, asJSON(x.note+" in "+m.Name, base.with(m.Name, x.json)))
		}
	}
	return list
}

func otherTypes(op *spec.Operation, base object) []variant {
	var list []variant
	for _, m := range op.Body.Members {
		for _, x := range []string{"null", "true", "1", "1.5", "[]", "{}", `["a"]`, `{"a":1}`, `[[]]`} {
			list = append(list, asJSON(m.Name+" "+x, base.with(m.Name, x)))
		}
	}
	return list
}

// strangeNumbers returns valid JSON numbers that not every reader supports, and what some
// readers accept as numbers.
func strangeNumbers(op *spec.Operation, base object) []variant {
	numbers := []string{
		"9007199254740993", "-9223372036854775809", "1e400", "-1e400", "1e-400", "-0", "1" + strings.Repeat("0", 400),
		"0." + strings.Repeat("0", 400) + "1", "01", "+1", ".5", "1.", "0x10", "NaN", "Infinity", "1e",
	}
	var list []variant
	for _, m := range op.Body.Members {
		for _, n := range numbers {
			short := n
			if len(short) > 24 {
				short = short[:24] + "…"
			}
			list = append(list, asJSON(m.Name+" "+short, base.with(m.Name, n)))
		}
	}
	return list
}

func strangeMembers(base object) []variant {
	whole := base.text()
	inner := whole[1 : len(whole)-1]
	list := []variant{
		asJSON("an unknown property", base.with("x-conformance", `{"a":[1,null]}`)),
		asJSON("a property without a name", base.with("", "1")),
		asJSON("the property __proto__", base.with("__proto__", `{"admin":true}`)),
		asJSON("the property constructor", base.with("constructor", `{"prototype":{"a":1}}`)),
		asJSON("properties named toString and hasOwnProperty", `{"toString":1,"hasOwnProperty":1,`+inner+"}"),
		asJSON("every property twice", "{"+inner+","+inner+"}"),
		asJSON("1,000 unknown properties", "{"+inner+manyMembers(1000)+"}"),
	}
	for _, name := range slices.Sorted(maps.Keys(base)) {
		list = append(list, asJSON("the property "+name+" in other letters", base.with(strings.ToUpper(name), base[name])))
	}
	return list
}

func manyMembers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"x%d":0`, i)
	}
	return b.String()
}
