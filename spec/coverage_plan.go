package spec

import (
	"slices"
	"strconv"
	"strings"
)

// A coverPlan holds the items to look for in the exchanges of one operation. Numbers are
// indexes into items; index 0 is never an item and means none.
type coverPlan struct {
	items    []CoverageItem
	statuses map[string]coverAnswer // by response key
	inputs   []coverInput
	body     *coverBody

	bearer, apiKeys, cookies []coverScheme
	keys                     []string // headers in which some operation takes a key
	none, undocumented       int
}

type coverAnswer struct {
	status  int
	media   map[string]int
	headers []coverHeader
	trees   []coverTree // the last one has no condition
}

type coverHeader struct {
	name string
	item int
}

type coverTree struct {
	query, equals string
	root          *coverNode
}

// A sighting records the items that one exchange shows.
type sighting struct{ seen []bool }

func (s *sighting) mark(item int) { s.seen[item] = true } // 0 is no item

func (p *coverPlan) observeAnswer(s *sighting, k *Judgement) {
	ex := k.ex
	key := statusKey(ex.Response.Status)
	a, ok := p.statuses[key]
	if !ok {
		if a, ok = p.statuses[key[:1]+"XX"]; !ok {
			return
		}
	}
	s.mark(a.status)
	for _, h := range a.headers {
		if len(ex.Response.Header.Values(h.name)) > 0 {
			s.mark(h.item)
		}
	}
	media, ok := a.mediaItem(mediaName(ex.Response.Header.Get("Content-Type")))
	if !ok || ex.Request.Method == "HEAD" {
		return
	}
	s.mark(media)
	for _, t := range a.trees {
		if t.query == "" || ex.Request.URL != nil && slices.Contains(ex.Request.URL.Query()[t.query], t.equals) {
			if value, ok := k.JSON(); ok {
				t.root.observe(s, value)
			}
			return
		}
	}
}

// mediaItem returns the item of a media type: of the type itself, else of a range.
func (a coverAnswer) mediaItem(name string) (item int, ok bool) {
	kind, _, _ := strings.Cut(name, "/")
	for _, key := range []string{name, kind + "/*", "*/*"} {
		if item, ok = a.media[key]; ok {
			return item, true
		}
	}
	return 0, false
}

// A coverBuilder collects the items of one operation.
type coverBuilder struct {
	c     *Contract
	o     *Operation
	p     *coverPlan
	known map[string]int
}

// item returns the index of an item, which it adds if needed.
func (b *coverBuilder) item(kind, text, reason string) int {
	key := b.o.ID + " " + kind + " " + text
	if i, ok := b.known[key]; ok {
		return i
	}
	b.p.items = append(b.p.items, CoverageItem{Key: key, Operation: b.o.Name(), Kind: kind, Text: text, Reason: reason})
	b.known[key] = len(b.p.items) - 1
	return b.known[key]
}

// unprovoked returns why no request provokes a status, "" if one does.
func (b *coverBuilder) unprovoked(status string) string {
	inPath := slices.ContainsFunc(b.o.Parameters, func(p Parameter) bool { return p.In == "path" })
	switch {
	case strings.HasPrefix(status, "5"):
		return "a fault of the server cannot be brought about from outside"
	case status == "429":
		return "only a burst of requests that exhausts the rate limit brings it about"
	case status == "404" && !inPath:
		return "the request names nothing that could be missing"
	case status == "403" && !inPath && len(b.o.Scopes) == 0:
		return "no scope is documented that a key could lack"
	case status == "400" && len(b.o.Parameters) == 0 && b.o.Body == nil:
		return "the request has no input that could be wrong"
	case status == "401" && len(b.o.Security) == 0:
		return "the operation asks for no credential"
	}
	return ""
}

// answers adds what the document says about each status.
func (b *coverBuilder) answers() {
	all := b.c.responses[b.o.ID]
	var failures errorPointers
	for _, status := range b.o.Statuses {
		if status == "default" {
			continue
		}
		reason := b.unprovoked(status)
		b.item(CoverStatus, status, reason)
		if status[0] >= '4' {
			failures.add(all[status], reason)
		}
	}
	for _, status := range b.o.Statuses {
		documented := b.documented(status)
		reason := b.unprovoked(status)
		if reason == "" && len(documented) > 1 {
			reason = "the target chooses among the documented media types"
		}
		for _, m := range documented {
			b.item(CoverMedia, status+" "+m.name, reason)
		}
	}
	failure := b.errorTree(failures)
	for _, status := range b.o.Statuses {
		if status == "default" {
			continue
		}
		reason := b.unprovoked(status)
		a := coverAnswer{status: b.item(CoverStatus, status, ""), media: map[string]int{}}
		for _, m := range all[status].media {
			a.media[m.name] = b.item(CoverMedia, status+" "+m.name, "")
			switch {
			case len(a.trees) > 0: // one media type with a schema is enough
			case status[0] >= '4':
				a.trees = append(a.trees, coverTree{root: failure})
			default:
				for _, w := range m.when {
					label := status + " " + w.query + "=" + w.equals
					a.trees = append(a.trees, coverTree{w.query, w.equals, b.tree(label, reason, w.schema.pointer)})
				}
				if m.schema != nil {
					a.trees = append(a.trees, coverTree{root: b.tree(status, reason, m.schema.pointer)})
				}
			}
		}
		for _, h := range all[status].headers {
			a.headers = append(a.headers, coverHeader{h.name, b.item(CoverHeader, status+" "+h.name, reason)})
		}
		b.p.statuses[strings.ToUpper(status)] = a
	}
}

func (b *coverBuilder) documented(status string) []mediaType {
	if status == "default" {
		return nil
	}
	return b.c.responses[b.o.ID][status].media
}

// errorPointers are the schemas of error bodies: all, and those that a request can
// provoke.
type errorPointers struct {
	all, provoked []string
	reason        string
}

func (e *errorPointers) add(r *response, reason string) {
	for _, m := range r.media {
		if m.schema == nil {
			continue
		}
		if !slices.Contains(e.all, m.schema.pointer) {
			e.all = append(e.all, m.schema.pointer)
		}
		if reason == "" {
			e.provoked = append(e.provoked, m.schema.pointer)
		} else {
			e.reason = reason
		}
	}
}

// errorTree returns the merged tree of all error bodies. What only unprovokable responses
// have cannot be provoked either.
func (b *coverBuilder) errorTree(e errorPointers) *coverNode {
	if len(e.all) == 0 {
		return nil
	}
	if len(e.provoked) > 0 {
		b.tree("error", "", e.provoked...)
	}
	return b.tree("error", e.reason, e.all...)
}

func quoteIfSpaced(s string) string {
	if s == "" || strings.ContainsAny(s, " \t\n\"") {
		return strconv.Quote(s)
	}
	return s
}
