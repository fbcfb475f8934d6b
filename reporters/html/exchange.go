package html

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/escape"
	"github.com/hostup/api-conformance/reporters/internal/wording"
	"github.com/hostup/api-conformance/spec"
)

// A pageExchange is a recorded exchange with the location of the finding marked.
type pageExchange struct {
	ID                string
	Duration          time.Duration
	Request, Response []pageLine
	Curl              string
}

// A pageLine is one line of a message.
type pageLine struct {
	Text  string
	Class string // "h" outside the body, "bad" at the location of the finding, "why" for the explanation there
	Bad   bool
	Far   bool   // far from every marked line, left out in print
	Gap   string // the lines left out before this one
}

// size returns the approximate size of the exchange on the page, in bytes.
func (p *pageExchange) size() int {
	const (
		markup = 30 // for each line
		escape = 4  // extra for each quote
	)
	n := len(p.Curl)
	for _, l := range slices.Concat(p.Request, p.Response) {
		n += len(l.Text) + escape*strings.Count(l.Text, `"`) + markup
	}
	return n
}

// shorten removes the lines that print leaves out: those far from every marked line.
func (p *pageExchange) shorten() {
	p.Request, p.Response = nearOnly(p.Request), nearOnly(p.Response)
}

func nearOnly(all []pageLine) (kept []pageLine) {
	left := 0
	for _, l := range all {
		if l.Far {
			left++
			continue
		}
		if left > 0 {
			kept = append(kept, pageLine{Text: "… " + wording.Count(left, "line", "lines") + " left out here", Class: "h"})
			left = 0
		}
		l.Gap = ""
		l.Text = escape.Line(l.Text, escape.HeaderLimit)
		kept = append(kept, l)
	}
	return kept
}

// near is the number of lines that print shows around a marked line, and from the start
// of a message without one.
const near = 12

// markFar marks the lines that print leaves out.
func markFar(all []pageLine) {
	left := 0
	for i := range all {
		all[i].Far = i > near
		for j := max(0, i-near); j <= min(len(all)-1, i+near) && all[i].Far; j++ {
			all[i].Far = !all[j].Bad
		}
		switch {
		case all[i].Far:
			left++
		case left > 0:
			all[i].Gap, left = wording.Count(left, "line", "lines"), 0
		}
	}
	if left == 0 {
		return
	}
	last := &all[len(all)-1] // it is kept, to say so
	last.Far = false
	if left > 1 {
		last.Gap = wording.Count(left-1, "line", "lines")
	}
}

func newPageExchange(e reporters.Exchange, f spec.Finding) *pageExchange {
	p := &pageExchange{ID: escape.Line(e.ID, escape.PlaceLimit), Duration: e.Duration, Curl: escape.ShellCommand(e.Curl, escape.Unlimited)}
	if f.Exchange != e.ID {
		f = spec.Finding{} // the finding is from another exchange; its location may differ here
	}
	p.Request = messageLines(e.Request, spec.Finding{})
	if e.Response != nil {
		p.Response = messageLines(*e.Response, f)
	}
	if e.Failure != "" {
		l := pageLine{Text: escape.Line(e.Failure, 1000)}
		if f.Where == "connection" {
			l.Class, l.Bad = "bad", true
		}
		p.Response = append(p.Response, l)
	}
	if i := firstBad(p.Response); i >= 0 {
		why := pageLine{Text: "want " + escape.Line(f.Want, 200) + ", got " + escape.Line(f.Got, 200), Class: "why"}
		p.Response = append(p.Response[:i+1], append([]pageLine{why}, p.Response[i+1:]...)...)
	}
	markFar(p.Request)
	markFar(p.Response)
	return p
}

func firstBad(all []pageLine) int {
	for i, l := range all {
		if l.Bad {
			return i
		}
	}
	return -1
}

func messageLines(m reporters.Message, f spec.Finding) []pageLine {
	var out []pageLine
	head := func(s string, bad bool) {
		l := pageLine{Text: s, Class: "h"}
		if bad {
			l.Class, l.Bad = "h bad", true
		}
		out = append(out, l)
	}
	head(escape.Line(m.Line, escape.HeaderLimit), f.Where == "status")
	header, inHeader := strings.CutPrefix(f.Where, "header ")
	found := false
	for i, h := range m.Headers {
		if i == escape.HeadersLimit {
			head(fmt.Sprintf("(%d more headers)", len(m.Headers)-i+m.HeadersCut), false)
			break
		}
		bad := inHeader && strings.EqualFold(h.Name, header)
		found = found || bad
		head(escape.Line(h.Name, escape.PlaceLimit)+": "+escape.Line(h.Value, escape.HeaderLimit), bad)
	}
	if inHeader && !found && len(m.Headers)+m.HeadersCut <= escape.HeadersLimit {
		head("(no header "+escape.Line(header, escape.PlaceLimit)+")", true)
	}
	if m.Body == "" {
		if f.InBody || f.Where == "body" {
			head("(no body)", true)
		}
		return out
	}
	out = append(out, pageLine{})
	out = append(out, bodyLines(m.Body, f)...)
	if m.Cut || len(m.Body) > escape.BodyLimit {
		head(fmt.Sprintf("(cut: the body has %d bytes)", max(m.Bytes, len(m.Body))), false)
	}
	return out
}

// pointerOf returns the JSON Pointer for a location such as $.entries[0]["a b"]. It stops
// at the first part in another form.
func pointerOf(where string) string {
	var b strings.Builder
	rest := strings.TrimPrefix(where, "$")
	for rest != "" {
		var name string
		switch {
		case rest[0] == '.':
			rest = rest[1:]
			end := strings.IndexAny(rest, ".[ ")
			if end < 0 {
				end = len(rest)
			}
			name, rest = rest[:end], rest[end:]
		case strings.HasPrefix(rest, `["`):
			quoted, err := strconv.QuotedPrefix(rest[1:])
			if err != nil {
				return b.String()
			}
			name, _ = strconv.Unquote(quoted)
			rest = strings.TrimPrefix(rest[1+len(quoted):], "]")
		case rest[0] == '[':
			end := strings.IndexByte(rest, ']')
			if end < 0 {
				return b.String()
			}
			name, rest = rest[1:end], rest[end+1:]
		default:
			return b.String()
		}
		b.WriteString("/" + strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1"))
	}
	return b.String()
}

// bodyLines formats a body and marks the line of the finding.
func bodyLines(body string, f spec.Finding) []pageLine {
	var out []pageLine
	laid := layOut(escape.Cut(body, escape.BodyLimit))
	bad := map[int]bool{}
	switch {
	case f.InBody:
		bad = laid.find(f.Pointer)
	case strings.HasPrefix(f.Where, "$"):
		bad = laid.find(pointerOf(f.Where))
	case f.Where == "body":
		bad[0] = true
	}
	for i, l := range laid {
		p := pageLine{Text: strings.ReplaceAll(escape.Lines(l.text), "\n", " ")}
		if bad[i] {
			p.Class, p.Bad = "bad", true
		}
		out = append(out, p)
	}
	return out
}
