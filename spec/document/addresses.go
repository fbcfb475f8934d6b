package document

import (
	"bytes"
	"net/url"
	"strings"
)

// addresses holds the URLs and anchors that a document defines: for its schemas by $id
// and $anchor, for itself by $self.
type addresses struct {
	d       *Document
	bases   map[string]*url.URL // base URLs by the pointer of the schema; "" is the document
	places  map[string]string   // pointers by URL
	anchors map[string]string   // pointers by the pointer of the schema with the $id (or ""), "#" and the name; also by "#" and the name alone
}

// addressesOf collects the addresses of a document whose file has the given text.
func (d *Document) addressesOf(text []byte) *addresses {
	a := &addresses{d: d, bases: map[string]*url.URL{"": {}}, places: map[string]string{}, anchors: map[string]string{}}
	if self, err := url.Parse(Text(d.Root, "$self")); err == nil && self.String() != "" {
		a.bases[""], a.places[self.String()] = self, ""
	}
	if !bytes.Contains(text, []byte("$id")) && !bytes.Contains(text, []byte("nchor")) {
		return a
	}
	d.Visit(func(k Kind, at string, n *Node) bool {
		if k == Schema {
			a.add(at, n)
		}
		return true
	})
	return a
}

func (a *addresses) add(at string, n *Node) {
	id := strings.TrimSuffix(Text(n, "$id"), "#")
	if u, err := a.bases[a.home(at)].Parse(id); err == nil && id != "" && id[0] != '#' {
		a.bases[at], a.places[u.String()] = u, at
	}
	names := []string{Text(n, "$anchor"), Text(n, "$dynamicAnchor")}
	if name, isAnchor := strings.CutPrefix(id, "#"); isAnchor { // the form of older drafts
		names = append(names, name)
	}
	for _, name := range names {
		if name != "" {
			a.anchors[a.home(at)+"#"+name], a.anchors["#"+name] = at, at
		}
	}
}

// home returns the pointer of the innermost enclosing schema with a $id, "" for the
// document.
func (a *addresses) home(at string) string {
	for len(a.bases) > 1 && at != "" {
		if a.bases[at] != nil {
			return at
		}
		at = at[:strings.LastIndex(at, "/")]
	}
	return ""
}

// pointer returns the target of a reference at a location, if the reference uses an
// address; ok is false otherwise.
func (a *addresses) pointer(ref, at string) (pointer string, ok bool) {
	target, fragment, _ := strings.Cut(ref, "#")
	where := a.home(at)
	if target != "" {
		u, err := a.bases[where].Parse(target)
		if err != nil {
			return "", false
		}
		if where, ok = a.places[u.String()]; !ok {
			return "", false
		}
	}
	below, isPointer := LocalPointer("#" + fragment)
	if !isPointer {
		for _, key := range []string{where + "#" + fragment, "#" + fragment} {
			if at, ok = a.anchors[key]; ok {
				return at, true
			}
		}
		return "", false
	}
	if where == "" && target == "" {
		return "", false // an ordinary pointer
	}
	_, ok = a.d.Walk(a.d.Root, where+below)
	return where + below, ok || target != ""
}

// rewrite replaces references that use an address by pointers. The schemas keep their own
// anchors, which $dynamicRef needs.
func (a *addresses) rewrite() {
	if len(a.bases) == 1 && len(a.anchors) == 0 {
		return
	}
	done := map[*Node]bool{}
	a.d.Visit(func(_ Kind, at string, n *Node) bool {
		if _, ok := Reference(n); ok {
			ref, _ := Child(n, "$ref")
			if pointer, ok := a.pointer(ref.Value, at); ok && !done[ref] {
				ref.Value = "#" + Fragment(pointer)
			}
			done[ref] = true
		}
		return true
	})
}
