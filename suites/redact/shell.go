package redact

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"mvdan.cc/sh/v3/syntax"
)

// A piece is a part of a word of the shell: text as it is, or the value of a
// variable of the environment, as it is or with a colon behind it in base64.
type piece struct{ literal, variable, basic string }

// shellSafe is a word that needs no quotes.
var shellSafe = regexp.MustCompile(`^[A-Za-z0-9_./:=@%+,-]+$`)

// legible is what may stand between double quotes and be read there.
var legible = regexp.MustCompile(`^[A-Za-z0-9 _./:;=@%+,?&(){}<>|*#~^\[\]'-]*$`)

// word makes pieces one word of the shell. Text beside variables stands between
// double quotes with them where that reads well, else in quotes of its own.
func word(pieces []piece) string {
	var literals strings.Builder
	expands := false
	for _, p := range pieces {
		literals.WriteString(p.literal)
		expands = expands || p.literal == ""
	}
	if !expands {
		return quote(literals.String())
	}
	var out strings.Builder
	if legible.MatchString(literals.String()) {
		out.WriteByte('"')
		for i, p := range pieces {
			switch {
			case p.literal != "":
				out.WriteString(p.literal)
			case p.variable != "" && i+1 < len(pieces) && nameGoesOn.MatchString(pieces[i+1].literal):
				out.WriteString("${" + p.variable + "}") // "$API_KEYx" is another variable
			default:
				out.WriteString(p.expansion())
			}
		}
		out.WriteByte('"')
		return out.String()
	}
	for _, p := range pieces {
		if p.literal != "" {
			out.WriteString(quote(p.literal))
		} else {
			out.WriteString(`"` + p.expansion() + `"`)
		}
	}
	return out.String()
}

var nameGoesOn = regexp.MustCompile(`^[A-Za-z0-9_\[]`)

// expansion is what the shell replaces by the value.
func (p piece) expansion() string {
	if p.basic != "" {
		return `$(printf '%s:' "$` + p.basic + `" | base64 | tr -d '\n')`
	}
	return "$" + p.variable
}

// quote makes s, which holds no NUL, one word of the shell, on one line, of printable
// characters only: in single quotes, or as $'…' where a character cannot be shown.
//
// Three traps of shells are the reason for its parts: between double quotes, an
// interactive bash replaces "!"; an old one takes \' for the end of $'…'; and what
// \u00a0 is there depends on the locale, while \xc2\xa0 are two bytes in each.
func quote(s string) string {
	if s == "" {
		return "''"
	}
	var out strings.Builder
	for i, part := range strings.Split(s, "'") {
		if i > 0 {
			out.WriteString(`\'`)
		}
		from := 0
		for at := 0; at < len(part); {
			r, size := utf8.DecodeRuneInString(part[at:])
			if r >= utf8.RuneSelf && size > 1 && (r == utf8.RuneError || !unicode.IsPrint(r)) {
				out.WriteString(single(part[from:at]))
				for from = at; from < at+size; from++ {
					out.WriteString(single(part[from : from+1])) // a byte of a character is no character
				}
			}
			at += size
		}
		out.WriteString(single(part[from:]))
	}
	return out.String()
}

// single quotes text without single quotes.
func single(s string) string {
	if s == "" {
		return ""
	}
	quoted, err := syntax.Quote(s, syntax.LangPOSIX)
	if err != nil {
		if quoted, err = syntax.Quote(s, syntax.LangBash); err != nil {
			panic(fmt.Sprintf("redact: text that no shell takes: %v", err)) // NUL, which no caller gives
		}
		return quoted
	}
	if quoted == s {
		return "'" + s + "'"
	}
	return quoted
}

// written is a command that writes pieces, whatever bytes they hold, and how much of
// them stands in it: what is the same byte over and over is written by length.
func written(pieces []piece) (command string, size int) {
	var commands, args []string
	var format strings.Builder
	flush := func() {
		if format.Len() > 0 {
			text := format.String()
			if rest, option := strings.CutPrefix(text, "-"); option {
				text = `\055` + rest // else printf takes it for an option
			}
			commands = append(commands, "printf "+quote(text)+strings.Join(args, ""))
		}
		format.Reset()
		args = nil
	}
	for _, p := range pieces {
		if p.literal == "" {
			format.WriteString("%s")
			args = append(args, ` "`+p.expansion()+`"`)
			continue
		}
		for s := p.literal; s != ""; {
			if r, n := utf8.DecodeRuneInString(s); r >= utf8.RuneSelf {
				format.WriteString(inFormat(s[:n]))
				size, s = size+n, s[n:]
				continue
			}
			n := len(s) - len(strings.TrimLeft(s, s[:1]))
			if n >= 1<<10 {
				flush()
				commands = append(commands, fmt.Sprintf(`head -c %d /dev/zero | tr '\0' '\%03o'`, n, s[0]))
			} else {
				format.WriteString(strings.Repeat(inFormat(s[:1]), n))
				size += n
			}
			s = s[n:]
		}
	}
	flush()
	if len(commands) == 1 {
		return commands[0], size
	}
	return "{ " + strings.Join(commands, "; ") + "; }", size
}

// inFormat is a character, or a byte that is none, in a format of printf.
func inFormat(c string) string {
	switch r, n := utf8.DecodeRuneInString(c); {
	case c == "%":
		return "%%"
	case c == `\`:
		return `\\`
	case r != utf8.RuneError && n == len(c) && unicode.IsPrint(r):
		return c
	}
	var out strings.Builder
	for _, b := range []byte(c) {
		fmt.Fprintf(&out, `\%03o`, b)
	}
	return out.String()
}
