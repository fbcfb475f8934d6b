package wording

// A Painter colours text with ANSI sequences, or does not.
type Painter struct{ On bool }

func (p Painter) sgr(code, s string) string {
	if !p.On || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p Painter) Bold(s string) string   { return p.sgr("1", s) }
func (p Painter) Dim(s string) string    { return p.sgr("2", s) }
func (p Painter) Red(s string) string    { return p.sgr("31", s) }
func (p Painter) Green(s string) string  { return p.sgr("32", s) }
func (p Painter) Yellow(s string) string { return p.sgr("33", s) }
