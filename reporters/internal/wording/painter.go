package wording

// A Painter colours text with ANSI sequences if On is true.
type Painter struct{ On bool }

func (p Painter) sgr(code, s string) string {
	if !p.On || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// Bold returns s in bold type.
func (p Painter) Bold(s string) string { return p.sgr("1", s) }

// Dim returns s in faint type.
func (p Painter) Dim(s string) string { return p.sgr("2", s) }

// Red returns s in red.
func (p Painter) Red(s string) string { return p.sgr("31", s) }

// Green returns s in green.
func (p Painter) Green(s string) string { return p.sgr("32", s) }

// Yellow returns s in yellow.
func (p Painter) Yellow(s string) string { return p.sgr("33", s) }
