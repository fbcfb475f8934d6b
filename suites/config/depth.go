package config

import (
	"fmt"
	"strings"
)

// Depth says how many requests an operation of a document without a pack gets.
type Depth int

const (
	Quick    Depth = iota // one valid request, and one without a credential
	Standard              // at most 12
	Thorough              // every query parameter and every kind of wrong input
)

var depthNames = []string{"quick", "standard", "thorough"}

// ParseDepth parses "quick", "standard" or "thorough". The error lists them.
func ParseDepth(s string) (Depth, error) {
	for d, name := range depthNames {
		if strings.EqualFold(strings.TrimSpace(s), name) {
			return Depth(d), nil
		}
	}
	return Standard, fmt.Errorf("want quick, standard or thorough, got %q", s)
}

func (d Depth) String() string { return depthNames[d] }
