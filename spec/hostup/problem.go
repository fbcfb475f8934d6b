package hostup

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/spec/jsontext"
)

// isV1Error reports whether an object is the error of v1 without any property of a
// Problem document. Fewer than all five properties may be the error of a gateway.
func isV1Error(o map[string]any) bool {
	for _, member := range []string{"code", "error", "message", "requestId", "timestamp"} {
		if !hasAny(o, member) {
			return false
		}
	}
	return !hasAny(o, "type", "title", "status", "detail")
}

// isForeignV2 applies to errors of no operation at paths of v2.
func isForeignV2(k *spec.Judgement) bool {
	return k.Foreign() && k.IsError() && k.Version() == v2 && isV1Error(k.Object())
}

func checkForeignV1(k *spec.Judgement) {
	k.Report("HTTP-ERRORDOC-001", k.InBody(), "version", "a Problem document, as errors of v2 are", "the error object of v1")
}

// isProblem applies to errors of v2 operations, for which the API promises more than RFC
// 9457.
func isProblem(k *spec.Judgement) bool { return problem(k) != nil }

// problem returns the body of such an error, nil for any other.
func problem(k *spec.Judgement) map[string]any {
	if k.Version() != v2 || k.Foreign() {
		return nil
	}
	return k.Problem()
}

// hasProblem applies to those with each of the properties.
func hasProblem(members ...string) func(*spec.Judgement) bool {
	return func(k *spec.Judgement) bool {
		o := problem(k)
		return o != nil && !slices.ContainsFunc(members, func(m string) bool { return !hasAny(o, m) })
	}
}

// checkProblemBody checks that a Problem document says what the problem is. It runs
// before the schema, which would list every missing property.
func checkProblemBody(k *spec.Judgement) {
	o := k.Problem()
	if hasAny(o, "type", "title", "status", "detail") {
		return
	}
	// The documentation tells clients to branch on code, so code alone says what the
	// problem is; but with error and message it is the v1 error.
	if hasAny(o, "code") && !hasAny(o, "error", "message") {
		return
	}
	k.SaysNothing()
	k.Report("PROB-BODY-002", k.InBody(), "members", "at least one of type, title, status, detail and code", memberNames(o))
}

func checkProblemType(k *spec.Judgement) {
	o := k.Problem()
	code, _ := o["code"].(string)
	if typ, ok := o["type"].(string); ok && code != "" && lastSegment(typ) != code {
		k.Report("PROB-TYPE-001", k.InBody("type"), "ends-in-code", "an address that ends in /"+code, strconv.Quote(typ))
	}
}

func checkProblemInstance(k *spec.Judgement) {
	request := k.Exchange().Request
	if instance, ok := k.Problem()["instance"].(string); ok && !samePath(instance, request.URL) {
		k.Report("PROB-INSTANCE-001", k.InBody("instance"), "equal", strconv.Quote(request.Path())+", the path of the request", strconv.Quote(instance))
	}
}

func hasPointer(k *spec.Judgement) bool { return anyRow(k.Problem()["errors"], "pointer") }

func checkProblemErrors(k *spec.Judgement) {
	items, _ := k.Problem()["errors"].([]any)
	for i, item := range items {
		m, _ := item.(map[string]any)
		if pointer, ok := m["pointer"].(string); ok {
			if want := leadsAstray(k, pointer); want != "" {
				k.Report("PROB-ERRORS-002", k.InBody("errors", strconv.Itoa(i), "pointer"), "pointer", want, strconv.Quote(pointer))
			}
		}
	}
}

// leadsAstray returns what is wrong with a pointer of errors[], or "". The documentation
// shows pointers into the body ("/items/0/eppCode"), but not how to point at a query or
// path parameter, so any pointer that names one is accepted.
func leadsAstray(k *spec.Judgement, pointer string) (want string) {
	pointer = strings.TrimPrefix(pointer, "#")
	if pointer == "" {
		return ""
	}
	if !strings.HasPrefix(pointer, "/") || !escapesWhole(pointer) {
		return "a JSON pointer such as /paymentMethod"
	}
	path := document.Tokens(pointer)
	for _, t := range path {
		if slices.Contains([]string{"query", "path", "params", "header", "headers", "body", "parameters"}, t) {
			return ""
		}
		// url.Query drops parameters with a semicolon; a server need not
		if k.Query().Has(t) || k.Exchange().Request.URL != nil && strings.Contains(k.Exchange().Request.URL.RawQuery, t+"=") || slices.ContainsFunc(k.Operation().Parameters, func(p spec.Parameter) bool { return p.Name == t }) {
			return ""
		}
		if k.Operation().Body != nil && slices.ContainsFunc(k.Operation().Body.Members, func(m spec.Member) bool { return m.Name == t }) {
			return ""
		}
	}
	// Last, because it is read for this alone, and may have a megabyte.
	if body, _ := jsontext.Value(k.Exchange().Request.Body); reaches(body, path) {
		return ""
	}
	return "a pointer to something in the request"
}

// reaches reports whether the path exists in the value; its last token may be a missing
// property.
func reaches(v any, path []string) bool {
	for i, t := range path {
		switch x := v.(type) {
		case map[string]any:
			next, ok := x[t]
			if !ok {
				return i == len(path)-1
			}
			v = next
		case []any:
			n, err := strconv.Atoi(t)
			if err != nil || n < 0 || n > len(x) {
				return false
			}
			if n == len(x) {
				return i == len(path)-1
			}
			v = x[n]
		default:
			return false
		}
	}
	return true
}

// escapesWhole reports whether every ~ of a JSON Pointer is followed by 0 or 1.
func escapesWhole(pointer string) bool {
	for i := range len(pointer) {
		if pointer[i] == '~' && (i+1 == len(pointer) || pointer[i+1] != '0' && pointer[i+1] != '1') {
			return false
		}
	}
	return true
}

func lastSegment(address string) string {
	if u, err := url.Parse(address); err == nil && u.Fragment != "" {
		return u.Fragment
	}
	address = strings.TrimRight(address, "/")
	return address[strings.LastIndexAny(address, "/:")+1:]
}

// samePath compares as HTTP does: escapes of unreserved characters and the query are
// ignored. Another URI, such as urn:uuid:…, identifies the occurrence, which RFC 9457
// section 3.1.5 allows.
func samePath(instance string, u *url.URL) bool {
	i, err := url.Parse(instance)
	if err != nil || u == nil {
		return false
	}
	if i.Scheme != "" && i.Scheme != "http" && i.Scheme != "https" {
		return true
	}
	return i.Path == u.Path
}
