package spec

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec/document"
)

// loadOperations returns the operations of a document in its order. A fault in one is
// reported as a problem of the document and drops only that operation. A document without
// operations is an error, which has the first problem of its paths.
func loadOperations(d *document.Document) ([]*Operation, error) {
	l := &operationLoader{d: d, schemes: loadSecurity(d), ids: map[string]bool{}}
	paths, _ := child(d.Root, "paths")
	if paths != nil && paths.Kind == document.Mapping {
		for i := 0; i+1 < len(paths.Content); i += 2 {
			if path := paths.Content[i].Value; strings.HasPrefix(path, "/") {
				l.path(path)
			} else if !strings.HasPrefix(path, "x-") {
				l.problem("DOC-PATH-001", "/paths/"+escapeToken(path), "path %q does not begin with a slash: it is ignored", path)
			}
		}
	}
	if len(l.list) == 0 {
		why := ""
		for _, p := range d.Problems {
			if strings.HasPrefix(p.Pointer, "/paths") {
				why = fmt.Sprintf("; %s:%d: %s", p.File, p.Line, p.Text)
				break
			}
		}
		return nil, fmt.Errorf("%s has no operations: there is nothing to test%s", d.Name, why)
	}
	l.name()
	return l.list, nil
}

type operationLoader struct {
	d       *document.Document
	schemes map[string]SecurityScheme
	list    []*Operation
	ids     map[string]bool
}

func (l *operationLoader) problem(id, pointer, format string, args ...any) {
	l.d.Report(document.Problem{ID: id, Pointer: pointer, Text: fmt.Sprintf(format, args...)})
}

// path reads the operations of a path.
func (l *operationLoader) path(path string) {
	at := "/paths/" + escapeToken(path)
	_, item, ok := l.d.Resolve(at)
	if !ok || item.Kind != document.Mapping {
		return // reported with the references
	}
	for i := 0; i+1 < len(item.Content); i += 2 {
		key := item.Content[i]
		switch {
		case slices.Contains(document.Methods(), key.Value):
			l.operation(path, key.Value, at, at+"/"+key.Value, key.Line)
		case key.Value == "additionalOperations":
			for j := 0; j+1 < len(item.Content[i+1].Content); j += 2 {
				method := item.Content[i+1].Content[j]
				l.operation(path, method.Value, at, at+"/additionalOperations/"+escapeToken(method.Value), method.Line)
			}
		}
	}
}

func (l *operationLoader) operation(path, method, item, at string, line int) {
	pointer, node, ok := l.d.Resolve(at)
	if !ok || node.Kind != document.Mapping {
		return
	}
	o := loadOperation(l.d, path, method, item, at, l.schemes)
	o.pointer, o.Line = pointer, line
	if !slices.Contains([]Effect{Reads, Writes, Deletes, Charges}, o.Effect) {
		l.problem("DOC-EXTENSION-001", pointer+"/x-effect", "x-effect is %q: give read, write, delete or money", o.Effect)
		o.Effect = Writes
	}
	for _, name := range o.unknownSchemes {
		l.problem("DOC-SECURITY-001", pointer+"/security", "security names the scheme %q, which is not declared: the alternative is ignored", name)
	}
	if o.ID != "" && l.ids[o.ID] {
		l.problem("DOC-ID-001", pointer+"/operationId", "duplicate operationId %q: %s is given another name", o.ID, o.Name())
		o.ID = ""
	}
	l.ids[o.ID] = true
	l.list = append(l.list, o)
}

// name derives an id from method and path for each operation without a usable
// operationId: "get-pets-petId".
func (l *operationLoader) name() {
	for _, o := range l.list {
		if o.ID != "" {
			continue
		}
		words := strings.FieldsFunc(o.Path, func(r rune) bool {
			return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '.')
		})
		derived := strings.Join(append([]string{strings.ToLower(o.Method)}, words...), "-")
		o.ID = derived
		for n := 2; l.ids[o.ID]; n++ {
			o.ID = derived + "-" + strconv.Itoa(n)
		}
		l.ids[o.ID] = true
	}
}

// operationID returns the operationId of an operation or a link, "" if it is missing or
// blank.
func operationID(n *document.Node) string {
	return strings.Join(strings.Fields(scalar(n, "operationId")), " ")
}

func loadOperation(d *document.Document, path, method, item, at string, schemes map[string]SecurityScheme) *Operation {
	_, node, _ := d.Resolve(at)
	o := &Operation{
		ID:      operationID(node),
		Method:  strings.ToUpper(method),
		Path:    path,
		Summary: scalar(node, "summary"),
		Version: scalar(node, "x-version"),
		Scopes:  stringList(node, "x-scopes"),
		Effect:  Effect(scalar(node, "x-effect")),
		Support: scalar(node, "x-role") == "support",
		Source:  scalar(node, "x-source"),
	}
	if o.Effect == "" {
		o.Effect = Writes // a read-only run must not send what is not declared harmless
		switch strings.ToLower(method) {
		case "get", "head", "options", "trace", "query":
			o.Effect = Reads
		case "delete":
			o.Effect = Deletes
		}
	}
	for _, base := range []string{item, at} {
		o.Parameters = overriding(o.Parameters, loadParameters(d, base+"/parameters"))
	}
	slices.SortStableFunc(o.Parameters, func(a, b Parameter) int {
		return boolRank(a.In == "path") - boolRank(b.In == "path")
	})
	o.Body = loadBody(d, at+"/requestBody")
	if responses, _ := child(node, "responses"); responses != nil && responses.Kind == document.Mapping {
		for i := 0; i+1 < len(responses.Content); i += 2 {
			if status := responses.Content[i].Value; isStatusKey(status) {
				o.Statuses = append(o.Statuses, status)
			} else if !strings.HasPrefix(status, "x-") {
				d.Report(document.Problem{ID: "DOC-STATUS-001", Line: responses.Content[i].Line, Pointer: at + "/responses", Text: fmt.Sprintf("response key %q is no status, range or default: it is ignored", status)})
			}
		}
		if _, n, ok := d.Resolve(at + "/responses/default"); ok {
			o.coversAll = scalar(n, "x-covers") != "errors"
		}
	}
	o.access = loadAccess(d, node, schemes)
	if scalar(node, "x-effect") == "" {
		o.Ends = ends(o.Method, path, o.access.Required())
	}
	o.loadAlternatives(d, node, schemes)
	return o
}

// loadAlternatives reads the security of the operation, or that of the document.
func (o *Operation) loadAlternatives(d *document.Document, node *document.Node, schemes map[string]SecurityScheme) {
	security, _ := child(node, "security")
	if security == nil {
		security, _ = child(d.Root, "security")
	}
	if security == nil {
		return
	}
	for _, alternative := range security.Content {
		if len(alternative.Content) == 0 {
			o.Anonymous = true
			continue
		}
		var together []SecurityScheme
		known := true
		for i := 0; i+1 < len(alternative.Content); i += 2 {
			s, ok := schemes[alternative.Content[i].Value]
			if !ok {
				o.unknownSchemes = append(o.unknownSchemes, alternative.Content[i].Value)
				known = false
			}
			together = append(together, s)
		}
		if !known {
			continue
		}
		together[0].With = together[1:]
		o.Security = append(o.Security, together[0])
	}
}

// overriding adds the parameters of an operation to those of its path and replaces those
// with the same name and location.
func overriding(list, own []Parameter) []Parameter {
	for _, p := range own {
		i := slices.IndexFunc(list, func(q Parameter) bool { return q.In == p.In && q.Name == p.Name })
		if i >= 0 {
			list[i] = p
		} else {
			list = append(list, p)
		}
	}
	return list
}

// isStatusKey reports whether a key of a Responses Object is a status: "200", "4XX",
// "default".
func isStatusKey(s string) bool {
	if s == "default" {
		return true
	}
	return len(s) == 3 && s[0] >= '1' && s[0] <= '5' && (strings.EqualFold(s[1:], "XX") || s[1] >= '0' && s[1] <= '9' && s[2] >= '0' && s[2] <= '9')
}

func boolRank(first bool) int {
	if first {
		return 0
	}
	return 1
}

func loadSecurity(d *document.Document) map[string]SecurityScheme {
	all := map[string]SecurityScheme{}
	_, node, ok := d.Resolve("/components/securitySchemes")
	if !ok || node.Kind != document.Mapping {
		return all
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		name := node.Content[i].Value
		_, s, ok := d.Resolve("/components/securitySchemes/" + escapeToken(name))
		if !ok {
			continue // reported with the references
		}
		all[name] = SecurityScheme{Name: name, Type: scalar(s, "type"), Scheme: scalar(s, "scheme"), In: scalar(s, "in"), Key: scalar(s, "name")}
	}
	return all
}
