package spec

import (
	"cmp"
	"fmt"
	"io"
	"log/slog"
	"slices"

	"github.com/pb33f/libopenapi"
	"github.com/pb33f/libopenapi/datamodel"
)

// A Change is one difference between two versions of a document.
type Change struct {
	Line     int // in the new document, or in the old one if it is gone there; 0 if unknown
	Breaking bool
	What     string // "removed", "added", "changed"
	Property string
	Old, New string
}

// Changes compares two versions of a document with libopenapi's what-changed and
// lists the differences, breaking ones first. The names are for messages and for
// the error: that one of them is no OpenAPI document.
func Changes(oldName string, old []byte, newName string, new []byte) ([]Change, error) {
	left, err := readDocument(oldName, old)
	if err != nil {
		return nil, err
	}
	right, err := readDocument(newName, new)
	if err != nil {
		return nil, err
	}
	result, err := libopenapi.CompareDocuments(left, right)
	if err != nil {
		return nil, fmt.Errorf("%s and %s cannot be compared: %w", oldName, newName, oneLine(err))
	}
	if result == nil {
		return nil, nil
	}
	words := map[int]string{1: "changed", 2: "added", 3: "added", 4: "removed", 5: "removed"}
	var list []Change
	for _, c := range result.GetAllChanges() {
		change := Change{Breaking: c.Breaking, What: cmp.Or(words[c.ChangeType], "changed"), Property: c.Property, Old: c.Original, New: c.New}
		if c.Context != nil {
			for _, line := range []*int{c.Context.NewLine, c.Context.OriginalLine} {
				if line != nil && change.Line == 0 {
					change.Line = *line
				}
			}
		}
		list = append(list, change)
	}
	slices.SortStableFunc(list, func(a, b Change) int {
		if a.Breaking != b.Breaking {
			if a.Breaking {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Property, b.Property), cmp.Compare(a.New, b.New))
	})
	return list, nil
}

func readDocument(name string, text []byte) (libopenapi.Document, error) {
	d, err := libopenapi.NewDocumentWithConfiguration(text, &datamodel.DocumentConfiguration{Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		return nil, fmt.Errorf("%s is not an OpenAPI document: %w", name, oneLine(err))
	}
	return d, nil
}
