// Package golden compares output of a test with a file in testdata. With the flag -update
// the tests write the files instead.
package golden
