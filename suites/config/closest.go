package config

// Meant returns a part of a sentence, ": did you mean HTTP-HEAD-001?", if one of the
// candidates is close to name, and otherwise instead, which says what to look at.
func Meant(name string, candidates []string, instead string) string {
	best := Closest(name, candidates)
	if best == "" {
		return instead
	}
	return ": did you mean " + best + "?"
}

// Closest returns the candidate with the least edit distance, the first of equals, or ""
// if none is near, as an unrelated guess misleads. Near means at most a third of the
// letters, or two in a short word, as transposed letters cost two.
func Closest(name string, candidates []string) string {
	best, least := "", max(2, len(name)/3)+1
	for _, c := range candidates {
		if d := distance(name, c); d < least && d < len(name) {
			best, least = c, d
		}
	}
	return best
}

// distance returns the Levenshtein distance in bytes.
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
