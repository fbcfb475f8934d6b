package document

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

func (d *Document) problem(id, pointer string, line int, text string) {
	d.Report(Problem{ID: id, File: d.FileOf(pointer), Line: line, Pointer: pointer, Text: text})
}

// Report adds a problem, once for each id, line and text. It is for code that loads a
// document, and not safe for concurrent use.
func (d *Document) Report(p Problem) {
	if p.File == "" {
		p.File = d.FileOf(p.Pointer)
	}
	if p.Line == 0 {
		_, p.Line = d.Line(p.Pointer)
	}
	at, found := slices.BinarySearchFunc(d.Problems, p, compareProblems)
	if !found {
		d.Problems = slices.Insert(d.Problems, at, p)
	}
}

func compareProblems(a, b Problem) int {
	if c := strings.Compare(a.File, b.File); c != 0 {
		return c
	}
	if a.Line != b.Line {
		return a.Line - b.Line
	}
	return strings.Compare(a.ID+a.Text, b.ID+b.Text)
}

// CheckReferences reports unresolved references, duplicate members, and values that
// should be objects by the specification.
func (d *Document) CheckReferences() {
	d.duplicates(d.Root, nil)
	seen := map[*Node]bool{}
	d.Visit(func(k Kind, at string, n *Node) bool {
		if seen[n] {
			return false
		}
		seen[n] = true
		if n.Kind != Mapping && k != Schema && k != Example && !empty(n) {
			d.problem("DOC-KIND-001", at, n.Line, fmt.Sprintf("the %s is %s: it is ignored", k, kindInWords(n)))
			return false
		}
		target, ok := Reference(n)
		if !ok {
			return true
		}
		ref, line := Child(n, "$ref")
		if d.unread[ref] {
			return true // reported once for the file
		}
		if _, local := LocalPointer(target); !local && !strings.HasPrefix(target, "#") {
			d.problem("DOC-REF-001", at, line, fmt.Sprintf("external $ref %q is not supported: bundle the document first", target))
		} else if _, _, found := d.Resolve(at); !found {
			d.problem("DOC-REF-001", at, line, fmt.Sprintf("unresolved $ref %q", target))
		}
		return true
	})
}

func (d *Document) duplicates(n *Node, path []string) {
	if n.Kind == Mapping {
		if twice := twice(n); twice != nil {
			d.problem("DOC-KEY-001", Pointer(path...), twice.Line, fmt.Sprintf("duplicate member %q: the first one counts", twice.Value))
		}
	}
	for i, c := range n.Content {
		if len(c.Content) == 0 {
			continue // a name, or nothing that could have duplicates
		}
		key := strconv.Itoa(i)
		if n.Kind == Mapping {
			key = n.Content[i-1].Value
		}
		d.duplicates(c, append(path, key))
	}
}

// twice returns the first duplicate name of a mapping, nil if there is none.
func twice(n *Node) *Node {
	if len(n.Content) <= 2*fewMembers {
		for i := 2; i+1 < len(n.Content); i += 2 {
			for j := 0; j < i; j += 2 {
				if n.Content[i].Value == n.Content[j].Value {
					return n.Content[i]
				}
			}
		}
		return nil
	}
	names := make(map[string]bool, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		if names[n.Content[i].Value] {
			return n.Content[i]
		}
		names[n.Content[i].Value] = true
	}
	return nil
}

// empty reports whether a node is null: a path or callback that is present without
// content.
func empty(n *Node) bool {
	v, ok := Value(n)
	return n.Kind == Scalar && ok && v == nil
}
