// Package junit writes a result as JUnit XML for the test viewers of GitLab, GitHub,
// Jenkins and others. [Write] is the entry point.
//
// junit.go makes the testcases, causes.go describes a cause in one of them and refers to
// it from the others, and xml.go has the elements that all of these viewers accept.
package junit
