package reporters

import "slices"

// NoteCreated adds what was made to a list, or notes in its entry that it is deleted
// again.
func NoteCreated(list []Created, c Created) []Created {
	before := c
	before.Deleted = false
	if i := slices.Index(list, before); i >= 0 && c.Deleted {
		list[i] = c
		return list
	}
	return append(list, c)
}
