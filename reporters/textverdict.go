package reporters

// reasons writes why the run fails, where the verdict does not say it.
func (t *text) reasons() {
	for _, why := range besides(t.run) {
		t.printf("%s\n", t.red("the run fails: "+why))
	}
}

// verdict is the line of the verdict and, if it is not the good one, why.
func (t *text) verdict() string {
	paint := t.red
	switch t.run.Verdict {
	case Conformant:
		paint = t.green
	case Partial:
		paint = t.yellow
	}
	s := "verdict: " + paint(t.bold(line(string(t.run.Verdict), 40)))
	if l := limited(t.run); l != "" {
		s += ", " + l
	}
	if why := why(t.run, t.most(20)); why != "" {
		s += " (" + why + ")"
	}
	return s
}
