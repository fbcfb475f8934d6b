// Package result holds the outcome of a run, a plan or recorded traffic: a result whose
// texts are all redacted, or an error of a kind.
package result
