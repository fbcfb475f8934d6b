// Package golden compares what a test made with a file of testdata. With the flag
// -update the tests write the files instead.
package golden
