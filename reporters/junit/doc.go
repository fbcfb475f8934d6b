// Package junit writes a result as JUnit XML, the form that the test viewers of GitLab,
// GitHub, Jenkins and others read.
//
// junit.go makes the testcases, causes.go tells a cause in one of them and refers to
// it from the others, and xml.go holds the elements that all of these viewers take.
package junit
