// Package gotest is a test of somebody who loads a configuration in it: what
// TestGoTestForgets has go test run.
package gotest

import (
	"os"
	"testing"

	"github.com/hostup/api-conformance/suites/hostup/settings"
)

func TestLoad(t *testing.T) {
	if _, err := settings.Load(nil, os.Environ(), ""); err != nil {
		t.Fatal(err)
	}
}
