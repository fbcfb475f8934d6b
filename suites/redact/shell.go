package redact

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"mvdan.cc/sh/v3/syntax"
)

// A piece is a part of a shell word. One field is set: a literal text, or the name of a
// variable whose value is used as it is or, for basic, with a colon appended, in base64.
type piece struct{ literal, variable, basic string }

// shellSafe matches a word that needs no quotes.
var shellSafe = regexp.MustCompile(`^[A-Za-z0-9_./:=@%+,-]+$`)

// legible matches text that is safe and readable between double quotes.
var legible = regexp.MustCompile(`^[A-Za-z0-9 _./:;=@%+,?&(){}<>|*#~^\[\]'-]*$`)

// word joins pieces to one shell word. Literal text next to variables is put into the
// same double quotes if it is legible, else into its own quotes.
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
				out.WriteString("${" + p.variable + "}") // "$API_KEYx" would be another variable
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

// expansion returns the shell expansion for a variable piece.
func (p piece) expansion() string {
	if p.basic != "" {
		return `$(printf '%s:' "$` + p.basic + `" | base64 | tr -d '\n')`
	}
	return "$" + p.variable
}

// quote returns s, which must not contain NUL, as one shell word on one line with
// printable characters only: in single quotes, or as $'…' where a character is not
// printable.
//
// It quotes in parts to avoid three traps: interactive bash replaces "!" between double
// quotes; an old bash takes \' for the end of $'…'; and \u00a0 in it depends on the
// locale, while \xc2\xa0 is two bytes everywhere.
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
					out.WriteString(single(part[from : from+1])) // one byte of a character at a time
				}
			}
			at += size
		}
		out.WriteString(single(part[from:]))
	}
	return out.String()
}

// single quotes text that contains no single quote.
func single(s string) string {
	if s == "" {
		return ""
	}
	quoted, err := syntax.Quote(s, syntax.LangPOSIX)
	if err != nil {
		if quoted, err = syntax.Quote(s, syntax.LangBash); err != nil {
			panic(fmt.Sprintf("redact: text that no shell takes: %v", err)) // NUL, which no caller passes
		}
		return quoted
	}
	if quoted == s {
		return "'" + s + "'"
	}
	return quoted
}

// written returns a shell command that prints the pieces, whatever bytes they hold, and
// the number of literal bytes in the command. Long runs of one byte are written as a
// length and do not count.
func written(pieces []piece) (command string, size int) {
	var commands, args []string
	var format strings.Builder
	flush := func() {
		if format.Len() > 0 {
			text := format.String()
			if rest, option := strings.CutPrefix(text, "-"); option {
				text = `\055` + rest // printf would take it for an option
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

// inFormat returns a character, or a byte that is not UTF-8, as it is written in a printf
// format.
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
