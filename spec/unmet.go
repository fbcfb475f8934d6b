package spec

import (
	"fmt"
	"strings"

	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/spec/schema"
)

// unmet collects response schemas that no value can meet.
type unmet struct {
	all  []unmetSchema
	uses map[string]int // number of conflicts that a keyword causes, by its location
}

type unmetSchema struct {
	pointer string
	schema.Conflict
}

func (u *unmet) add(pointer string, list []schema.Conflict) {
	for _, c := range list {
		if u.uses == nil {
			u.uses = map[string]int{}
		}
		u.all = append(u.all, unmetSchema{pointer, c})
		for _, p := range c.Places {
			u.uses[p]++
		}
	}
}

// cause returns the location of the keyword in the most conflicts: many schemas often
// include the same one.
func (u *unmet) cause(c schema.Conflict) (place string) {
	for _, p := range c.Places {
		if u.uses[p] > u.uses[place] {
			place = p
		}
	}
	return place
}

// report adds one problem to the document for each cause, at its first schema.
func (u *unmet) report(d *document.Document, place func(string) string) {
	count := map[string]int{}
	for _, x := range u.all {
		count[u.cause(x.Conflict)]++
	}
	for _, x := range u.all {
		cause := u.cause(x.Conflict)
		if count[cause] == 0 {
			continue
		}
		what, others := "a value", ""
		if len(x.Path) > 0 {
			what = document.Pointer(x.Path...)
		}
		if n := count[cause] - 1; n > 0 {
			others = " (nor " + counted(n, "other", "others") + " with the first keyword)"
		}
		count[cause] = 0
		keywords := []string{keywordAt(d, place, cause)}
		for _, p := range x.Places {
			if p != cause {
				keywords = append(keywords, keywordAt(d, place, p))
			}
		}
		why := strings.Join(keywords, " and ") + " leave none together and are not judged"
		if x.Refused != "" {
			why = fmt.Sprintf("%s refuses the property %q, which is required beside it, and is not judged", keywords[0], x.Refused)
		}
		d.Report(document.Problem{ID: "DOC-SCHEMA-002", Pointer: x.pointer, Text: fmt.Sprintf("no value meets this schema%s: for %s, %s", others, what, why)})
	}
}

// keywordAt describes a keyword by its name and line.
func keywordAt(d *document.Document, place func(string) string, at string) string {
	end := strings.LastIndex(at, "/")
	file, line := d.Line(place(at[:end]) + at[end:])
	text := fmt.Sprintf("%s in line %d", at[end+1:], line)
	if file != d.Name {
		text += " of " + file
	}
	return text
}
