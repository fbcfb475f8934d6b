package spec

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// checkProblem judges what a schema cannot say of a Problem document (RFC 9457;
// the pages call it by its older number 7807).
func (k *check) checkProblem() {
	o := k.problem()
	if o == nil {
		return
	}
	// outside the documented operations only what calls itself a Problem
	// document has to obey the RFC
	if k.foreign && !k.saysProblem() {
		return
	}
	if s, ok := number(o["status"]); ok && !sameNumber(s, k.ex.Response.Status) {
		k.report("PROB-STATUS-001", k.inBody("status"), "equal", strconv.Itoa(k.ex.Response.Status)+", the HTTP status", s)
	}
	if k.foreign || !k.hasProblemPages() {
		return
	}
	code, _ := o["code"].(string)
	if typ, ok := o["type"].(string); ok && code != "" && lastSegment(typ) != code {
		k.report("PROB-TYPE-001", k.inBody("type"), "ends-in-code", "an address that ends in /"+code, strconv.Quote(typ))
	}
	if instance, ok := o["instance"].(string); ok && !samePath(instance, k.ex.Request.URL) {
		k.report("PROB-INSTANCE-001", k.inBody("instance"), "equal", strconv.Quote(k.ex.Request.Path())+", the path of the request", strconv.Quote(instance))
	}
	items, _ := o["errors"].([]any)
	for i, item := range items {
		m, _ := item.(map[string]any)
		if pointer, ok := m["pointer"].(string); ok {
			if want := k.leadsAstray(pointer); want != "" {
				k.report("PROB-ERRORS-002", k.inBody("errors", strconv.Itoa(i), "pointer"), "pointer", want, strconv.Quote(pointer))
			}
		}
	}
}

// isV1Error reports whether an object is the error of v1 and nothing of a Problem
// document beside it. Less than all five members may be the error of a gateway.
func isV1Error(o map[string]any) bool {
	for _, member := range []string{"code", "error", "message", "requestId", "timestamp"} {
		if !hasAny(o, member) {
			return false
		}
	}
	return !hasAny(o, "type", "title", "status", "detail")
}

// problem is the body if it is a Problem document by its media type, or because the
// document says that errors of the operation are (x-version: v2); else nil.
func (k *check) problem() map[string]any {
	if k.decoded && k.isError() && (k.version == "v2" || k.version == "" && k.saysProblem()) {
		return k.object()
	}
	return nil
}

func (k *check) saysProblem() bool {
	return mediaName(k.ex.Response.Header.Get("Content-Type")) == "application/problem+json"
}

// hasProblemPages reports whether the rules of the pages about errors of v2 hold, and
// not only RFC 9457.
func (k *check) hasProblemPages() bool { return k.version == "v2" }

// checkProblemBody judges whether a Problem document says what the problem is.
// It comes before the schema, which would list every member that is not there.
func (k *check) checkProblemBody() {
	o := k.problem()
	if o == nil || !k.hasProblemPages() || hasAny(o, "type", "title", "status", "detail") {
		return
	}
	// The pages tell clients to branch on code, so a document with nothing else
	// says what the problem is; but error and message beside it are the v1 error.
	if hasAny(o, "code") && !hasAny(o, "error", "message") {
		return
	}
	k.nameless = true
	k.report("PROB-BODY-002", k.inBody(), "members", "at least one of type, title, status, detail and code", memberNames(o))
}

// sameNumber compares as JSON does: 404, 404.0 and 4.04e2 are one number.
func sameNumber(n string, status int) bool {
	f, err := strconv.ParseFloat(n, 64)
	return err == nil && f == float64(status)
}

// leadsAstray says what is wrong with a pointer of errors[], or "". Pages show
// pointers into the body ("/items/0/eppCode"); how a query or path parameter is
// pointed at is not shown, so any pointer that names one is accepted.
func (k *check) leadsAstray(pointer string) (want string) {
	pointer = strings.TrimPrefix(pointer, "#")
	if pointer == "" {
		return ""
	}
	if !strings.HasPrefix(pointer, "/") || !escapesWhole(pointer) {
		return "a JSON pointer such as /paymentMethod"
	}
	path := tokens(pointer)
	body, _, _ := decodeText(k.ex.Request.Body)
	if reaches(body, path) {
		return ""
	}
	for _, t := range path {
		if slices.Contains([]string{"query", "path", "params", "header", "headers", "body", "parameters"}, t) {
			return ""
		}
		// url.Query drops parameters with a semicolon; a server need not
		if k.query().Has(t) || k.ex.Request.URL != nil && strings.Contains(k.ex.Request.URL.RawQuery, t+"=") || slices.ContainsFunc(k.op.Parameters, func(p Parameter) bool { return p.Name == t }) {
			return ""
		}
		if k.op.Body != nil && slices.ContainsFunc(k.op.Body.Members, func(m Member) bool { return m.Name == t }) {
			return ""
		}
	}
	return "a pointer to something in the request"
}

// reaches reports whether the path leads into the value; its last token may be
// a member that is missing.
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

// escapesWhole reports whether every ~ of a JSON pointer is followed by 0 or 1.
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

// samePath compares as HTTP does: escapes of unreserved characters and the
// query make no difference. A name of another kind, such as urn:uuid:…, is an
// identifier of the occurrence, which RFC 9457 section 3.1.5 allows.
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

func memberNames(o map[string]any) string {
	if len(o) == 0 {
		return "{}"
	}
	var names []string
	for name := range o {
		names = append(names, strconv.Quote(name))
	}
	slices.Sort(names)
	const most = 8
	if len(names) > most {
		names = append(names[:most], "…")
	}
	return "only " + strings.Join(names, ", ")
}

// checkForeignError judges an error answer to a request that no operation
// covers. The pages say nothing of such requests but that errors of the API are
// error documents, so a plain text answer is worth a warning and no more.
func (k *check) checkForeignError() {
	r := k.c.fallback[k.version]
	if !k.isError() || r == nil || k.ex.Request.Method == "HEAD" {
		return
	}
	if o := k.object(); k.version == "v2" && isV1Error(o) {
		k.report(foreignErrors, k.inBody(), "version", "a Problem document, as errors of v2 are", "the error object of v1")
		return
	}
	media, ok := k.documentedMedia(r)
	if !ok || media.schema == nil {
		return
	}
	for _, b := range breaches(media.schema.must, k.value) {
		path := b.path
		if b.missing != "" {
			path = append(slices.Clone(path), b.missing)
		}
		k.report(foreignErrors, k.inBody(path...), b.keyword, b.want, b.got)
		return
	}
}
