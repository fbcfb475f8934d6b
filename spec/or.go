package spec

import "strings"

// Or returns alternatives as a sentence names them: "a", "a or b", "a, b or c".
func Or(alternatives []string) string {
	last := len(alternatives) - 1
	if last < 1 {
		return strings.Join(alternatives, "")
	}
	return strings.Join(alternatives[:last], ", ") + " or " + alternatives[last]
}
