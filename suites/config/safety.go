package config

import (
	"fmt"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// Safety says how much a run may do to its target. The zero value is ReadOnly.
type Safety int

const (
	ReadOnly Safety = iota // sends nothing that could change the target
	Write                  // may create and change
	Delete                 // may delete what it has not created
	Pay                    // may charge a card
)

// ParseSafety parses "read-only", "write", "delete" or "pay", in any case. The error
// lists them; the tier is ReadOnly then.
func ParseSafety(s string) (Safety, error) {
	for _, v := range []Safety{ReadOnly, Write, Delete, Pay} {
		if strings.EqualFold(strings.TrimSpace(s), v.String()) {
			return v, nil
		}
	}
	return ReadOnly, fmt.Errorf("want read-only, write, delete or pay, got %q", s)
}

func (s Safety) String() string {
	switch s {
	case Write:
		return "write"
	case Delete:
		return "delete"
	case Pay:
		return "pay"
	}
	return "read-only"
}

// Allows reports whether a request with that effect may be sent. An unknown effect counts
// as the worst one.
func (s Safety) Allows(e spec.Effect) bool {
	switch e {
	case spec.Reads, spec.Writes, spec.Deletes, spec.Charges:
		return e.Severity() <= int(s)
	}
	return s == Pay
}
