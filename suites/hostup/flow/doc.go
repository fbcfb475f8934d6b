// Package flow holds what several specs look at but a run should do only once:
// reading all pages of the activity, ordering storage, paying an invoice.
//
// A step that writes is done by the first spec that needs it and shared by the
// others of the same process, so specs that use one are declared in a
// [rule.Sequence].
package flow
