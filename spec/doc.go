// Package spec is the contract of an API and its judge.
//
// [LoadFile] reads a document with its overlays into a [Contract]. [Contract.Check]
// judges one [Exchange] by it and returns [Finding] values; [Contract.Judge] also says
// what else the exchange shows: undocumented members ([Judgement.Drift]), items of the
// document ([Judgement.Observed]) and requirements put to the test ([Judgement.Reached]).
//
// What is judged in code is one table of rules, in rules.go. What no document can say
// of one API is a [Pack]: its own document, catalogue, profiles, versions and rules,
// which are added to the table. The packs are registered in package packs; nothing in
// this package names what only one of them has.
package spec
