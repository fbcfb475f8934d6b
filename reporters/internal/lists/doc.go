// Package lists holds what reports do with lists of names: take out repetitions, and
// cut a long one with a count of what is left.
package lists
