// Package spec holds the contract of an API and judges exchanges by it.
//
// [LoadFile] reads a document with its overlays into a [Contract]. [Contract.Check]
// judges one [Exchange] and returns [Finding] values; [Contract.Judge] also returns what
// else the exchange shows: undocumented properties ([Judgement.Drift]), observed items of
// the document ([Judgement.Observed]) and exercised requirements ([Judgement.Reached]). A
// Contract is immutable and safe for concurrent use.
//
// The rules that are checked in code form one table, in rules.go. What is specific to one
// API and cannot be said in a document is a [Pack]: its document, catalogue, profiles,
// versions and rules, which are added to the table. Packs are registered in package
// packs; nothing in this package names what only one of them has.
package spec
