package sample

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec/document"
)

// facts holds the combined constraints of all schemas that apply to one value.
type facts struct {
	m       *Maker
	choice  int      // index of the alternative of anyOf and oneOf to take
	choices int      // number of further alternatives
	whole   bool     // the value gets all optional properties
	seen    []string // the schemas that apply, in order of discovery
	others  []string // the alternatives of oneOf that are not taken

	about   string // descriptions
	shown   []any  // examples, defaults
	allowed []any  // enum and const
	limited bool   // only the values in allowed are valid
	types   []string
	formats []string
	pattern []string

	defaults   []any
	properties map[string][]string // name -> pointers
	names      []string            // in the order of the document
	required   []string
	meant      map[string]string // properties that select an alternative or a subtype
	subtypes   []string          // selected subtypes: a value meets them as well
	rest       []string          // additionalProperties
	closed     bool              // no other properties
	items      []string
	prefix     [][]string

	bounds                        bounds
	minLength, minItems, minProps int
	maxLength, maxItems, maxProps int // 0: no limit
	unique                        bool
}

func (f *facts) add(pointer string) {
	at, n, ok := f.m.d.Place(pointer)
	if !ok || slices.Contains(f.seen, at) || n.Kind != document.Mapping {
		return
	}
	f.seen = append(f.seen, at)
	if target, isRef := document.Reference(n); isRef {
		if p, local := document.LocalPointer(target); local {
			f.add(p)
		}
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		f.keyword(at, n.Content[i].Value, n.Content[i+1])
	}
	f.discriminate(at, n)
}

// keyword reads one keyword of the schema at a pointer: subschemas, allowed values, or
// bounds.
func (f *facts) keyword(at, name string, n *document.Node) {
	below := at + "/" + document.Escape(name)
	switch name {
	case "allOf":
		for i := range n.Content {
			f.add(below + "/" + strconv.Itoa(i))
		}
	case "anyOf", "oneOf":
		f.alternative(below, n)
	case "properties", "required", "additionalProperties":
		f.ofObject(below, name, n)
	case "items", "contains", "prefixItems":
		f.ofArray(below, name, n)
	case "if", "then", "else", "not":
	default:
		f.ofValue(name, n)
	}
}

// ofValue reads keywords that list values.
func (f *facts) ofValue(name string, n *document.Node) {
	switch name {
	case "example":
		f.shown = append(f.shown, document.Plain(n))
	case "default":
		v := document.Plain(n)
		f.defaults = append(f.defaults, v)
		if v != nil { // null by default: a value that may be given is another one
			f.shown = append(f.shown, v)
		}
	case "examples":
		if list, ok := document.Plain(n).([]any); ok {
			f.shown = append(f.shown, list...)
		}
	case "const":
		f.allow([]any{document.Plain(n)})
	case "enum":
		if list, ok := document.Plain(n).([]any); ok {
			f.allow(list)
		}
	case "type":
		f.typed(n)
	case "format":
		f.formats = append(f.formats, n.Value)
	case "pattern":
		f.pattern = append(f.pattern, n.Value)
	case "description":
		f.about += n.Value + " "
	default:
		f.limit(name, n)
	}
}

func (f *facts) ofObject(below, name string, n *document.Node) {
	switch {
	case name == "properties":
		for i := 0; i+1 < len(n.Content); i += 2 {
			f.property(n.Content[i].Value, below+"/"+document.Escape(n.Content[i].Value))
		}
	case name == "required" && n.Kind == document.Sequence:
		for _, c := range n.Content {
			f.required = append(f.required, c.Value)
		}
	case name == "additionalProperties" && n.Kind == document.Mapping:
		f.rest = append(f.rest, below)
	case name == "additionalProperties" && n.Value == "false":
		f.closed = true
	}
}

func (f *facts) ofArray(below, name string, n *document.Node) {
	switch {
	case name == "items" && n.Kind == document.Mapping:
		f.items = append(f.items, below)
	case name == "contains":
		f.items = append(f.items, below)
		f.minItems = max(f.minItems, 1)
	case name == "prefixItems":
		for i := range n.Content {
			for len(f.prefix) <= i {
				f.prefix = append(f.prefix, nil)
			}
			f.prefix[i] = append(f.prefix[i], below+"/"+strconv.Itoa(i))
		}
	}
}

// alternative adds one of several schemas, by the choice: first all first alternatives,
// then all second ones, and so on.
func (f *facts) alternative(at string, n *document.Node) {
	if len(n.Content) == 0 {
		return
	}
	f.choices = max(f.choices, len(n.Content)-1)
	chosen := min(f.choice, len(n.Content)-1)
	f.add(at + "/" + strconv.Itoa(chosen))
	if strings.HasSuffix(at, "/oneOf") {
		f.besides(at, n, chosen)
	}
}

func (f *facts) allow(list []any) {
	if !f.limited {
		f.allowed, f.limited = list, true
		return
	}
	f.allowed = slices.DeleteFunc(slices.Clone(f.allowed), func(v any) bool {
		return !slices.ContainsFunc(list, func(w any) bool { return equal(v, w) })
	})
}

func equal(v, w any) bool {
	a, _ := json.Marshal(v)
	b, _ := json.Marshal(w)
	return string(a) == string(b)
}

func (f *facts) typed(n *document.Node) {
	var list []string
	if n.Kind == document.Scalar {
		list = []string{n.Value}
	}
	for _, c := range n.Content {
		list = append(list, c.Value)
	}
	if f.types == nil {
		f.types = list
		return
	}
	both := slices.DeleteFunc(slices.Clone(f.types), func(t string) bool {
		return !slices.Contains(list, t) && !(t == "integer" && slices.Contains(list, "number"))
	})
	if slices.Contains(f.types, "number") && slices.Contains(list, "integer") {
		both = append(both, "integer")
	}
	f.types = both
}

func (f *facts) property(name, pointer string) {
	if f.properties == nil {
		f.properties = map[string][]string{}
	}
	if f.properties[name] == nil {
		f.names = append(f.names, name)
	}
	f.properties[name] = append(f.properties[name], pointer)
}

// isHidden reports whether a property does not belong to this direction.
func (f *facts) isHidden(name string) bool { return f.marked(name, f.m.hidden) }

// marked reports whether a property has a mark: readOnly, or writeOnly.
func (f *facts) marked(name, mark string) bool {
	return slices.ContainsFunc(f.properties[name], func(p string) bool {
		_, n, ok := f.m.d.Resolve(p)
		return ok && document.Text(n, mark) == "true"
	})
}
