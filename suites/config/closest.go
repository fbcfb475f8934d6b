package config

// Meant is a part of a sentence, ": did you mean HTTP-HEAD-001?", when one of the
// candidates is near enough to be what somebody meant who wrote name, and
// otherwise instead, what to look at.
func Meant(name string, candidates []string, instead string) string {
	best := Closest(name, candidates)
	if best == "" {
		return instead
	}
	return ": did you mean " + best + "?"
}

// Closest is the candidate with the least edit distance, the first of equals, or
// "" if none is near: a guess that shares nothing with what was written sends its
// reader astray. Near is a third of the letters, and two in a short word, which
// one letter out of place costs already.
func Closest(name string, candidates []string) string {
	best, least := "", max(2, len(name)/3)+1
	for _, c := range candidates {
		if d := distance(name, c); d < least && d < len(name) {
			best, least = c, d
		}
	}
	return best
}

// distance is the Levenshtein distance in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
