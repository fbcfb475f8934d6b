// Package gotest is a user's test that loads a configuration; TestGoTestForgets has go
// test run it.
package gotest

import (
	"os"
	"testing"

	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

func TestLoad(t *testing.T) {
	if _, err := settings.Load(nil, os.Environ(), ""); err != nil {
		t.Fatal(err)
	}
}

// A configuration that is written in Go, as suites.Setup gets it.
func TestWritten(t *testing.T) {
	c := config.Default(nil)
	c.BaseURL = os.Getenv("TARGET")
	c.Uncached()
}
