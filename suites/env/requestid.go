package env

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/hostup/api-conformance/spec"
)

// requestID returns the request id in a response and the requirement that it be unique;
// both are "" if no rule applies, id also if the response has none.
func requestID(c *spec.Contract, rules []UniqueID, judged *spec.Judgement) (id, requirement string) {
	ex := judged.Exchange()
	o := c.Match(ex.Request.Method, ex.Request.Path())
	if o == nil {
		return "", ""
	}
	i := slices.IndexFunc(rules, func(u UniqueID) bool {
		return u.Version == o.Version && (!u.Errors || ex.Response.Status >= 400)
	})
	if i < 0 {
		return "", ""
	}
	return textMember(judged, "requestId"), rules[i].Requirement
}

// textMember returns a top-level string property of a response body, else "".
func textMember(judged *spec.Judgement, name string) string {
	value, _ := judged.JSON()
	object, _ := value.(map[string]any)
	text, _ := object[name].(string)
	return text
}

// RequestIDs remembers the request ids of responses. It is safe for concurrent use; the
// zero value is empty.
type RequestIDs struct {
	// Copies treats two byte-identical responses, Date included, as one: in recorded
	// traffic a cache may have given the second.
	Copies bool

	mu   sync.Mutex
	seen map[string]named
	met  map[string]int
}

// named is the first response with an id.
type named struct {
	exchange string
	print    [sha256.Size]byte
}

// Repeated returns a finding if an earlier response had the same id. ok is false if none
// had, or if by the rules this one has no id that must be unique.
func (r *RequestIDs) Repeated(c *spec.Contract, rules []UniqueID, judged *spec.Judgement) (spec.Finding, bool) {
	ex := *judged.Exchange()
	if ex.Response == nil {
		return spec.Finding{}, false
	}
	id, requirement := requestID(c, rules, judged)
	if id == "" {
		return spec.Finding{}, false
	}
	this := named{ex.ID, fingerprint(ex.Response)}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seen == nil {
		r.seen, r.met = map[string]named{}, map[string]int{}
	}
	first, twice := r.seen[id]
	if twice && r.Copies && first.print == this.print {
		return spec.Finding{}, false
	}
	r.met[requirement]++
	if !twice {
		r.seen[id] = this
		return spec.Finding{}, false
	}
	return inMember(c, ex, requirement, "requestId", "unique", "an id that no other response has",
		strconv.Quote(id)+", as exchange "+first.exchange+" has"), true
}

// inMember returns a finding about a top-level property of a response body.
func inMember(c *spec.Contract, ex spec.Exchange, requirement, member, keyword, want, got string) spec.Finding {
	rule, _ := c.Requirement(requirement)
	return spec.Finding{
		Requirement: requirement,
		Level:       rule.Level,
		Operation:   c.OperationName(ex),
		Status:      ex.Response.Status,
		Where:       "$." + member,
		Pointer:     "/" + member,
		InBody:      true,
		Keyword:     keyword,
		Want:        want,
		Got:         got,
		Exchange:    ex.ID,
	}
}

// Compared counts the responses that were compared with others for a requirement: a
// single response proves nothing.
func (r *RequestIDs) Compared(requirement string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.met[requirement]
}

func fingerprint(r *spec.Response) [sha256.Size]byte {
	h := sha256.New()
	fmt.Fprintf(h, "%d %s\n", r.Status, r.Header.Get("Date"))
	h.Write(r.Body)
	return [sha256.Size]byte(h.Sum(nil))
}
