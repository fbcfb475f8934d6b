package config

import (
	"flag"
	"os"
)

// Uncached keeps the result of the running test out of Go's cache if there is a target, so
// that go test does not say "ok (cached)" about one that has changed, or is gone, since.
// With each result Go stores the list of variables and files that the test used, which it
// has the test write; without that list it stores nothing. There is no better way: a test
// cannot declare that it depends on a network. Where the file cannot be removed (Windows,
// while it is open), only -count=1 helps.
func (c Config) Uncached() {
	if c.BaseURL == "" {
		return
	}
	if list := flag.Lookup("test.testlogfile"); list != nil && list.Value.String() != "" {
		os.Remove(list.Value.String())
	}
}
