package reporters

import "slices"

// NoteCreated returns list with c added or, if c is deleted, with its entry marked as
// deleted.
func NoteCreated(list []Created, c Created) []Created {
	before := c
	before.Deleted = false
	if i := slices.Index(list, before); i >= 0 && c.Deleted {
		list[i] = c
		return list
	}
	return append(list, c)
}
