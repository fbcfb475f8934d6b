package schema

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/dlclark/regexp2/v2"
	"github.com/pb33f/jsonschema/v6"
)

// patternTime bounds one match of a backtracking pattern. A pattern that needs longer
// counts as matching, as no fault of the value is proven.
const patternTime = 250 * time.Millisecond

// ECMA compiles a pattern of ECMA-262, the dialect of JSON Schema (core section 6.4). What
// package regexp supports runs there in linear time; the rest (lookaround, \cX, large
// counts, back references) runs in regexp2, with a time limit. The anchors \A, \z and \Z
// of other dialects, errors in ECMA-262, are given their usual meaning. ECMA is a
// [jsonschema.RegexpEngine].
func ECMA(pattern string) (jsonschema.Regexp, error) {
	pattern = wholePairs(pattern)
	linear, foreign, ok := forRE2(pattern)
	if ok {
		if re, err := regexp.Compile(linear); err == nil {
			return re, nil
		}
	}
	dialects := []regexp2.RegexOptions{regexp2.ECMAScript | regexp2.Unicode, regexp2.None}
	if foreign {
		dialects = dialects[1:]
	}
	var first error
	for _, dialect := range dialects {
		re, err := regexp2.Compile(pattern, dialect)
		if err == nil {
			re.MatchTimeout = patternTime
			return backtracking{re}, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, first
}

// surrogates are the escapes of a pair, and surrogate one of a half.
var (
	surrogates = regexp.MustCompile(`\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})`)
	surrogate  = regexp.MustCompile(`\\u[dD][89a-fA-F][0-9a-fA-F]{2}`)
)

// wholePairs writes escaped surrogate pairs as characters. Without the flag u halves match
// halves of characters, which no engine here can do: a pattern with one matches every text.
func wholePairs(pattern string) string {
	if !surrogate.MatchString(pattern) {
		return pattern
	}
	pattern = surrogates.ReplaceAllStringFunc(pattern, func(pair string) string {
		high, _ := strconv.ParseUint(pair[2:6], 16, 16)
		low, _ := strconv.ParseUint(pair[8:], 16, 16)
		return fmt.Sprintf(`\u{%X}`, utf16.DecodeRune(rune(high), rune(low)))
	})
	if surrogate.MatchString(pattern) {
		return ""
	}
	return pattern
}

// space is what \s matches in ECMA-262 (WhiteSpace and LineTerminator).
const space = `\t-\r \x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`

// notSpace is everything else: a class cannot hold the complement of a class.
const notSpace = `\x{0}-\x{8}\x{e}-\x{1f}!-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}`

// forRE2 translates a pattern for package regexp. ok is false if that cannot express it,
// or would read it differently; foreign says that the pattern has an anchor that ECMA-262
// lacks.
func forRE2(pattern string) (linear string, foreign, ok bool) {
	if !strings.ContainsAny(pattern, `\[.`) {
		return pattern, false, true
	}
	var b strings.Builder
	class := false
	ok = !strings.Contains(pattern, "[]") && !strings.Contains(pattern, "[^]") && !strings.Contains(pattern, "[[:")
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		if c != '\\' || i+1 == len(pattern) {
			if c == '.' && !class {
				b.WriteString(`[^\n\r\x{2028}\x{2029}]`)
				continue
			}
			class = c == '[' || class && c != ']'
			b.WriteByte(c)
			continue
		}
		i++
		switch c = pattern[i]; {
		case c == 's' && class:
			b.WriteString(space)
		case c == 's':
			b.WriteString("[" + space + "]")
		case c == 'S' && class:
			b.WriteString(notSpace)
		case c == 'S':
			b.WriteString("[^" + space + "]")
		case c == 'u' && i+4 < len(pattern) && isHex(pattern[i+1:i+5]):
			ok = ok && !(strings.EqualFold(pattern[i+1:i+2], "d") && pattern[i+2] >= '8') // half of a surrogate pair
			b.WriteString(`\x{` + pattern[i+1:i+5] + `}`)
			i += 4
		case c == 'u' && strings.HasPrefix(pattern[i+1:], "{"):
			b.WriteString(`\x`)
		case strings.IndexByte("QECabeu", c) >= 0 && c != 'b' || c == 'b' && class:
			ok = false
			b.WriteByte(c)
		case strings.IndexByte("AzZ", c) >= 0:
			foreign = true
			b.WriteString(`\` + string(c))
		default:
			b.WriteString(`\` + string(c))
		}
	}
	return b.String(), foreign, ok
}

// Linear translates an ECMA-262 pattern for package regexp; ok is false if that cannot
// express it.
func Linear(pattern string) (linear string, ok bool) {
	linear, _, ok = forRE2(pattern)
	return linear, ok
}

func isHex(s string) bool { return strings.Trim(s, "0123456789abcdefABCDEF") == "" }

type backtracking struct{ re *regexp2.Regexp }

func (b backtracking) MatchString(s string) bool {
	matched, err := b.re.MatchString(s)
	return matched || err != nil
}

func (b backtracking) String() string { return b.re.String() }
