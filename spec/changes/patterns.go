package changes

import (
	"regexp/syntax"
	"slices"
	"strconv"
	"unicode"
)

// maxTold bounds the steps of a comparison of patterns: characters by sets of places.
const maxTold = 20_000

// An included is the answer to whether each text that matches some patterns matches
// another one.
type included int8

const (
	untold   included = iota // the patterns have what is not regular, or too much of it
	excludes                 // some text matches all of the former and not the latter
	includes
)

// inclusion tells whether each text that all of the patterns match is matched by another
// one, as JSON Schema matches: anywhere in a text. It goes through the texts by sets of
// places in the patterns at which their characters lead.
func inclusion(patterns []string, by string) included {
	var all []*automaton
	for _, p := range append(slices.Clone(patterns), by) {
		a := newAutomaton(p)
		if a == nil {
			return untold
		}
		all = append(all, a)
	}
	alphabet := characters(all)
	start := step{prev: noCharacter}
	for _, a := range all {
		start.at = append(start.at, []uint32{uint32(a.prog.Start)})
	}
	seen, queue := map[string]bool{}, []step{start}
	for told := 0; len(queue) > 0; queue = queue[1:] {
		now := queue[0]
		if all := now.accepts(all, noCharacter); slices.Index(all, false) == len(all)-1 {
			return excludes
		}
		for _, r := range alphabet {
			if told++; told > maxTold {
				return untold
			}
			next, goesOn := now.follow(all, r)
			if !goesOn {
				continue
			}
			if key := next.key(); !seen[key] {
				seen[key] = true
				queue = append(queue, next)
			}
		}
	}
	return includes
}

// texts returns the patterns that each text of the shape matches, its length among them.
func (q *question) texts() (patterns []string) {
	if q.textual && q.a.types&^isString != 0 {
		return nil // what numbers are on the wire
	}
	for _, p := range q.a.patterns {
		patterns = append(patterns, p.text)
	}
	least, most := q.a.count("minLength"), q.a.count("maxLength")
	if least > 0 {
		patterns = append(patterns, ofLength(strconv.Itoa(least)+","))
	}
	if most >= 0 {
		patterns = append(patterns, ofLength("0,"+strconv.Itoa(most)))
	}
	return patterns
}

// ofLength is the pattern of the texts with a number of characters. Many are not told.
func ofLength(count string) string { return `^[\s\S]{` + count + `}$` }

// An automaton is a pattern as places, and what leads from one to others.
type automaton struct {
	prog     *syntax.Prog
	anchored bool // it matches at the beginning only
}

// newAutomaton returns nil for what is not regular: references and looking around.
func newAutomaton(pattern string) *automaton {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return nil
	}
	return &automaton{prog, prog.StartCond()&syntax.EmptyBeginText != 0}
}

// noCharacter stands for the beginning and the end of a text.
const noCharacter = -1

// matched stands for all places of an automaton that has matched: what follows does not
// matter.
const matched = ^uint32(0)

// A step is how far the automata have come with a text.
type step struct {
	at   [][]uint32 // places of each, before what leads on without a character
	prev rune       // the last character, as far as it matters: noCharacter, 'a' or ' '
}

func (s step) key() string {
	b := strconv.AppendInt(nil, int64(s.prev), 10)
	for _, at := range s.at {
		b = append(b, ';')
		for _, place := range at {
			b = append(strconv.AppendUint(b, uint64(place), 10), ',')
		}
	}
	return string(b)
}

// accepts reports for each automaton whether it matches if the text goes on with a
// character.
func (s step) accepts(all []*automaton, next rune) (list []bool) {
	for i, a := range all {
		list = append(list, slices.Contains(a.reach(s.at[i], s.prev, next), matched))
	}
	return list
}

// follow returns the step behind a character. It goes on unless nothing that follows can
// be a text that is not included.
func (s step) follow(all []*automaton, r rune) (next step, goesOn bool) {
	next.prev = ' '
	if syntax.IsWordChar(r) {
		next.prev = 'a'
	}
	for i, a := range all {
		reached := a.reach(s.at[i], s.prev, r)
		var at []uint32
		if slices.Contains(reached, matched) {
			at = []uint32{matched}
		} else {
			for _, place := range reached {
				if inst := &a.prog.Inst[place]; inst.MatchRune(r) {
					at = append(at, inst.Out)
				}
			}
			if !a.anchored {
				at = append(at, uint32(a.prog.Start))
			}
		}
		slices.Sort(at)
		if at = slices.Compact(at); i < len(all)-1 && len(at) == 0 {
			return next, false // no text of it
		}
		next.at = append(next.at, at)
	}
	return next, !slices.Contains(next.at[len(all)-1], matched)
}

// reach returns the places that wait for a character, and matched if one is the end.
func (a *automaton) reach(from []uint32, prev, next rune) (list []uint32) {
	if slices.Contains(from, matched) {
		return from
	}
	holds := syntax.EmptyOpContext(prev, next)
	seen, open := map[uint32]bool{}, slices.Clone(from)
	for len(open) > 0 {
		place := open[len(open)-1]
		open = open[:len(open)-1]
		if seen[place] {
			continue
		}
		seen[place] = true
		switch inst := &a.prog.Inst[place]; inst.Op {
		case syntax.InstMatch:
			list = append(list, matched)
		case syntax.InstAlt, syntax.InstAltMatch:
			open = append(open, inst.Out, inst.Arg)
		case syntax.InstCapture, syntax.InstNop:
			open = append(open, inst.Out)
		case syntax.InstEmptyWidth:
			if syntax.EmptyOp(inst.Arg)&^holds == 0 {
				open = append(open, inst.Out)
			}
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			list = append(list, place)
		}
	}
	return list
}

// characters returns one of each kind that the automata tell apart. Halves of surrogate
// pairs are no characters.
func characters(all []*automaton) (list []rune) {
	const first, behind = 0xd800, 0xe000 // the surrogates
	begins := []rune{0, '\n', '\n' + 1, '0', '9' + 1, 'A', 'Z' + 1, '_', '_' + 1, 'a', 'z' + 1, first, behind}
	for _, a := range all {
		for _, inst := range a.prog.Inst {
			if inst.Op != syntax.InstRune && inst.Op != syntax.InstRune1 {
				continue
			}
			if len(inst.Rune) == 1 {
				for r := inst.Rune[0]; ; {
					begins = append(begins, r, r+1)
					if r = unicode.SimpleFold(r); r == inst.Rune[0] {
						break
					}
				}
			}
			for i := 1; i < len(inst.Rune); i += 2 {
				begins = append(begins, inst.Rune[i-1], inst.Rune[i]+1)
			}
		}
	}
	slices.Sort(begins)
	return slices.DeleteFunc(slices.Compact(begins), func(r rune) bool { return r > unicode.MaxRune || r >= first && r < behind })
}
