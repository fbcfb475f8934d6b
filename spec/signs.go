package spec

// signs searches a text for the plain parts of all traces and internals at once: most
// texts have none, and one pass over the bytes is cheaper than a search for each part.
var signs = newSignSearch()

// A signSearch finds which of up to 64 signs have a plain part in a text.
type signSearch struct {
	begins [1 << 16]uint8 // by two bytes: index into parts of those that begin with them, 0 for none
	parts  [][]signPart
}

// A signPart is a text that occurs in everything with the sign.
type signPart struct {
	text string // at least two bytes
	sign int
}

// A signSet is a bit set of signs: indexes of traces, followed by those of internals.
type signSet uint64

func (s signSet) has(sign int) bool { return s>>sign&1 != 0 }

// some reports whether the set has a sign from this index on.
func (s signSet) some(from int) bool { return s>>from != 0 }

func newSignSearch() *signSearch {
	s := &signSearch{parts: [][]signPart{nil}}
	for i, t := range traces {
		s.add(t.plain, i)
	}
	for i, in := range internals {
		for _, text := range in.plain {
			s.add(text, len(traces)+i)
		}
	}
	return s
}

func (s *signSearch) add(text string, sign int) {
	at := &s.begins[twoAt(text, 0)]
	if *at == 0 {
		*at = uint8(len(s.parts))
		s.parts = append(s.parts, nil)
	}
	s.parts[*at] = append(s.parts[*at], signPart{text, sign})
}

func twoAt(text string, i int) uint16 { return uint16(text[i])<<8 | uint16(text[i+1]) }

// in returns the signs with a plain part in the text.
func (s *signSearch) in(text string) (found signSet) {
	for i := 0; i+1 < len(text); i++ {
		begun := s.begins[twoAt(text, i)]
		if begun == 0 {
			continue
		}
		for _, p := range s.parts[begun] {
			if !found.has(p.sign) && len(text)-i >= len(p.text) && text[i:i+len(p.text)] == p.text {
				found |= 1 << p.sign
			}
		}
	}
	return found
}

// bodyText is a body as a string with its signs, computed on first use.
type bodyText struct {
	read  bool
	text  string
	begun signSet
}

// bodyText returns the body and the signs with a plain part in it.
func (k *Judgement) bodyText() (text string, begun signSet) {
	if b := &k.body; !b.read {
		b.read, b.text = true, string(k.ex.Response.Body)
		b.begun = signs.in(b.text)
	}
	return k.body.text, k.body.begun
}
