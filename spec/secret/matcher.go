package secret

import "strings"

// A Secret is a credential and the name that is shown in its place.
type Secret struct{ Name, Value string }

// A Found is a location in a text that spells a secret, or a part of one.
type Found struct {
	Secret     int // index among the secrets of the Matcher
	Start, End int // in bytes
	Form       Form
	Matched    int // number of characters of the form that are there …
	Of         int // … of this many
}

// Whole reports whether all of the secret is there.
func (f Found) Whole() bool { return f.Matched == f.Of }

// Usable reports whether enough of the secret is there to disclose it: all, or three
// quarters. With less, programs say which key they mean ("the key sk_live_4eC3… is not
// known").
func (f Found) Usable() bool { return 4*f.Matched >= 3*f.Of }

// A Matcher finds secrets in text. It is safe for concurrent use.
//
// The cost of a search grows with the text and hardly with the number of secrets: in text
// without escapes it inspects one of six positions.
type Matcher struct {
	needles []needle
	public  func(word string) bool

	chars   [256]bool       // characters in any needle
	pairs   [1 << 10]uint64 // a set: pairs of adjacent characters in needles
	grams   [1 << 10]uint64 // a set of hashes: triples of them
	windows map[uint64]int32
	chain   []window // windows with the same text are chained
	short   []int    // needles that are only found whole
}

// A window is a piece of a needle of length [shortest].
type window struct{ needle, at, next int32 }

// sameWindow bounds the needles that share one window: recorded tokens often begin alike.
// A further needle only changes the name under which a location is hidden.
const sameWindow = 32

// NewMatcher returns a Matcher. public, if not nil, reports words that are no secret: a
// part of a secret is not found inside such a word. Secrets without a value are never
// found.
func NewMatcher(public func(word string) bool, secrets ...Secret) *Matcher {
	m := &Matcher{public: public, windows: map[uint64]int32{}}
	for i, s := range secrets {
		for _, n := range needlesOf(i, s.Value) {
			m.needles = append(m.needles, n)
			if len(n.text) < shortest {
				m.short = append(m.short, len(m.needles)-1)
				continue
			}
			m.index(len(m.needles)-1, n)
		}
	}
	return m
}

func (m *Matcher) index(number int, n needle) {
	for i := range len(n.text) {
		m.chars[fold(n.text[i])] = true
		if i+1 < len(n.text) {
			p := pair(n.text[i], n.text[i+1])
			m.pairs[p>>6] |= 1 << (p & 63)
		}
		if i+2 < len(n.text) {
			h := hash(n.text[i], n.text[i+1], n.text[i+2])
			m.grams[h>>6] |= 1 << (h & 63)
		}
	}
	for at := 0; at+n.least <= len(n.text); at++ {
		key := pack(n.text[at:])
		count, next := 0, m.windows[key]
		for w := next; w > 0 && count < sameWindow; w = m.chain[w-1].next {
			count++
		}
		if count == sameWindow {
			continue
		}
		m.chain = append(m.chain, window{int32(number), int32(at), next})
		m.windows[key] = int32(len(m.chain))
	}
}

// gram is the number of characters inspected to rule out a match.
const gram = 3

// hash returns an index into Matcher.grams.
func hash(a, b, c byte) uint32 {
	n := uint32(fold(a))<<16 | uint32(fold(b))<<8 | uint32(fold(c))
	return n * 2654435761 >> 16
}

// pair returns an index into Matcher.pairs.
func pair(a, b byte) uint32 { return uint32(fold(a))<<8 | uint32(fold(b)) }

func pack(s string) (key uint64) {
	for i := range shortest {
		key = key<<8 | uint64(fold(s[i]))
	}
	return key
}

// fold maps characters that may stand for each other in some form to the same one: upper
// and lower case, the two alphabets of base64, and the space that a plus is in a form.
func fold(c byte) byte { return folded[c] }

var folded = foldTable()

func foldTable() (table [256]byte) {
	for i := range table {
		switch c := byte(i); {
		case c >= 'A' && c <= 'Z':
			table[i] = c + 'a' - 'A'
		case c == '-' || c == ' ':
			table[i] = '+'
		case c == '_':
			table[i] = '/'
		default:
			table[i] = c
		}
	}
	return table
}

// Find returns the locations that spell secrets, in order and without overlap.
func (m *Matcher) Find(text string) (all []Found) {
	if m == nil || len(m.needles) == 0 {
		return nil
	}
	escapes := escapeFinder{text: text}
	escape := -1 // the next one
	kept := 0
	steps := 1<<20 + 8*len(text)
	for i := 0; i < len(text); {
		if escape < i {
			escape = escapes.next(i)
		}
		if len(m.short) == 0 && len(text)-i >= 2*shortest && escape-i >= 2*shortest {
			const most = shortest - gram // every window that begins up to there contains the characters there
			if h := hash(text[i+most], text[i+most+1], text[i+most+2]); m.grams[h>>6]&(1<<(h&63)) == 0 {
				i += most + 1
				continue
			}
		}
		f, ok := m.at(text, kept, i, &steps)
		if steps < 0 {
			// No real text has so many escapes: hide all of the rest.
			return append(all, Found{Start: i, End: len(text), Of: 1})
		}
		if !ok {
			i++
			continue
		}
		if f.Form == Base64 {
			f.Start, f.End = widen(text, kept, f.Start, f.End)
		}
		all = append(all, f)
		i, kept = f.End, f.End
	}
	return all
}

// at finds the longest secret that begins at i.
func (m *Matcher) at(text string, kept, i int, steps *int) (best Found, ok bool) {
	if r, _ := runeAt(text, i); invisible(r) {
		return best, false // in front of a secret it is no part of it
	}
	try := func(number, from int) {
		*steps -= 16
		n := &m.needles[number]
		if text[i] == '=' && n.text[from] != '=' && !encodes(text, i) {
			return // a soft line break before a secret is no part of it
		}
		matched, end := n.match(text, i, from)
		if matched < n.least || end <= best.End {
			return
		}
		f := Found{Secret: n.secret, Start: i, End: end, Form: n.form, Matched: matched, Of: len(n.text)}
		switch {
		case n.form == Plain && len(n.text) < shortest && (i > kept && wordy(text[i-1]) || end < len(text) && wordy(text[end])):
		case n.form == Plain && !f.Whole() && (m.publicAt(text, i, end) || digitsOnly(text[i:end])):
		case n.form == Reversed && !f.Whole() && digitsOnly(text[i:end]):
		default:
			best, ok = f, true
		}
	}
	m.candidates(text, i, steps, try)
	for _, number := range m.short {
		try(number, 0)
	}
	return best, ok
}

// candidates calls try for every window that may be spelled from i on.
func (m *Matcher) candidates(text string, i int, steps *int, try func(needle, at int)) {
	if len(m.chain) == 0 {
		return
	}
	look := func(key uint64) {
		for w := m.windows[key]; w > 0; w = m.chain[w-1].next {
			try(int(m.chain[w-1].needle), int(m.chain[w-1].at))
		}
	}
	if i+shortest <= len(text) && plain(text[i:i+gram]) {
		h := hash(text[i], text[i+1], text[i+2])
		if m.grams[h>>6]&(1<<(h&63)) == 0 {
			return
		}
		if plain(text[i : i+shortest]) {
			look(pack(text[i:]))
			return
		}
	}
	w := walk{m: m, text: text, look: look, steps: steps}
	w.from(i, 0)
}

// plain reports whether no escape begins in a text.
func plain(text string) bool {
	for i := range len(text) {
		if beginsEscape[text[i]] {
			return false
		}
	}
	return true
}

// A walk follows all readings of a text for the length of a window.
type walk struct {
	m    *Matcher
	text string
	look func(key uint64)
	read [shortest]byte

	steps *int // remaining steps: a bound for text that consists of escapes
}

func (w *walk) from(i, n int) {
	switch {
	case n == 1 && !w.m.chars[fold(w.read[0])]:
		return
	case n == 2:
		if p := pair(w.read[0], w.read[1]); w.m.pairs[p>>6]&(1<<(p&63)) == 0 {
			return
		}
	case n >= gram:
		if h := hash(w.read[n-3], w.read[n-2], w.read[n-1]); w.m.grams[h>>6]&(1<<(h&63)) == 0 {
			return
		}
	}
	if n == shortest {
		w.look(pack(string(w.read[:])))
		return
	}
	if *w.steps--; *w.steps < 0 {
		return
	}
	var buffer [16]reading
	for _, c := range readings(buffer[:0], w.text, i) {
		w.read[n] = c.char
		w.from(c.end, n+1)
	}
}

// publicAt reports whether text[from:to] is inside words that are all public.
func (m *Matcher) publicAt(text string, from, to int) bool {
	if m.public == nil {
		return false
	}
	for from > 0 && wordy(text[from-1]) {
		from--
	}
	for to < len(text) && wordy(text[to]) {
		to++
	}
	meaning := false
	for word := range strings.FieldsFuncSeq(text[from:to], func(r rune) bool { return r >= 0x80 || !wordy(byte(r)) }) {
		if !m.public(word) {
			return false
		}
		meaning = meaning || len(word) > 4
	}
	return meaning
}

// digitsOnly reports whether a text is digits that occur in any response: the beginning
// of a date of this century, or a few digits.
func digitsOnly(s string) bool {
	const few = 12
	return (strings.HasPrefix(s, "20") || len(s) < few) && strings.Trim(s, "0123456789-:.TtZz+ ") == ""
}

// An escapeFinder finds the next byte that begins an escape. It scans the text once for
// each kind.
type escapeFinder struct {
	text string
	at   [len(escapeBytes)]int
}

func (e *escapeFinder) next(from int) int {
	first := len(e.text)
	for i := range e.at {
		if e.at[i] < from || e.at[i] == 0 && from == 0 {
			e.at[i] = e.find(escapeBytes[i], from)
		}
		first = min(first, e.at[i])
	}
	return first
}

// find returns where the next escape with this first byte begins. HTML and addresses are
// full of equals signs, and texts of other characters, few of which begin one.
func (e *escapeFinder) find(first byte, from int) int {
	for at := from; at < len(e.text); at++ {
		n := strings.IndexByte(e.text[at:], first)
		if n < 0 {
			break
		}
		at += n
		switch {
		case first == '=' && len(quotedPrintable(nil, e.text, at)) == 0:
		case first >= 0x80 && lookalike(e.text, at).end == 0:
		default:
			return at
		}
	}
	return len(e.text)
}

// encodes reports whether the equals sign at i begins a character in quoted-printable.
func encodes(text string, i int) bool {
	_, ok := hexadecimal(text, i+1, 2)
	return ok
}
