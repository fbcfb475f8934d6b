// Package lists removes repetitions from lists of names, and shortens long ones with a
// count of the rest.
package lists
