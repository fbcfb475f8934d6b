// Package flow holds steps that several specs need but a run should do only once: reading
// all pages of the activity ([Pages]), ordering storage ([Ordered]), paying an invoice
// ([Paid]).
//
// A step that writes is done by the first spec that needs it and shared by the others of
// the same process, so specs that use one are declared in a [rule.Sequence].
package flow
