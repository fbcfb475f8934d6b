package document

import (
	"regexp"
	"slices"
	"strconv"
)

// operated matches an expression of a path template with an operator or modifier of RFC
// 6570, which say how its value is written, as in /labels/{.label*}.
var operated = regexp.MustCompile(`\{([.;/?&#+]?)([^{}*+]+)([*+]?)\}`)

// plainTemplates removes operators and modifiers from path templates if the parameters
// are named without them: style and explode of the parameters say the same.
func (d *Document) plainTemplates() {
	paths, _ := Child(d.Root, "paths")
	if paths == nil || paths.Kind != Mapping {
		return
	}
	for i := 0; i+1 < len(paths.Content); i += 2 {
		key := paths.Content[i]
		var names []string
		plain := operated.ReplaceAllStringFunc(key.Value, func(expression string) string {
			part := operated.FindStringSubmatch(expression)
			if part[1] == "" && part[3] == "" {
				return expression
			}
			if names == nil {
				names = d.pathParameters(Pointer("paths", key.Value))
			}
			if slices.Contains(names, expression[1:len(expression)-1]) || !slices.Contains(names, part[2]) {
				return expression
			}
			return "{" + part[2] + "}"
		})
		if other, _ := d.Child(paths, plain); plain != key.Value && other == nil {
			key.Value = plain
			delete(d.index, paths)
		}
	}
	d.indexMembers(paths, map[*Node]bool{})
}

// pathParameters returns the names of the path parameters of a path and its operations.
func (d *Document) pathParameters(path string) (names []string) {
	_, item, ok := d.Resolve(path)
	if !ok || item.Kind != Mapping {
		return nil
	}
	lists := []string{path + "/parameters"}
	for i := 0; i+1 < len(item.Content); i += 2 {
		lists = append(lists, path+"/"+Escape(item.Content[i].Value)+"/parameters")
	}
	for _, list := range lists {
		_, n, ok := d.Resolve(list)
		for i := 0; ok && i < len(n.Content) && n.Kind == Sequence; i++ {
			if _, p, ok := d.Resolve(list + "/" + strconv.Itoa(i)); ok && Text(p, "in") == "path" {
				names = append(names, Text(p, "name"))
			}
		}
	}
	return names
}
