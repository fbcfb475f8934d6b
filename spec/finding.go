package spec

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// A Finding is one violation of one requirement in one place.
//
// It is built from values, never from the error text of a library, so that it
// reads the same in every run and can be compared, grouped and rendered.
type Finding struct {
	Requirement string `json:"requirement"` // id in the catalogue: "HTTP-ALLOW-001"
	Level       Level  `json:"level"`
	Operation   string `json:"operation"`        // "GET /pets"; the path as sent when the document has none like it
	Status      int    `json:"status,omitempty"` // HTTP status of the answer, 0 when there was none

	// Scope stands for the operation in the signature where no operation is at
	// fault but what answers in its place, a router or a proxy: one wrong page of it
	// is one cause, whatever was asked for. "answers of no operation of v2".
	Scope string `json:"scope,omitempty"`

	// Where is the part of the answer: a JSONPath-like place in the body
	// ("$.items[0].price"), "header Retry-After", "status", "body",
	// "connection", or a word that the rule defines ("pages 0 and 1").
	Where string `json:"where"`

	// Pointer is the RFC 6901 pointer of a place in the body ("" is the whole
	// body); it is only meaningful when InBody is true.
	Pointer string `json:"pointer,omitempty"`
	InBody  bool   `json:"inBody,omitempty"`

	Keyword string `json:"keyword,omitempty"` // JSON Schema keyword or rule word: "type", "required", "utc"
	Want    string `json:"want"`
	Got     string `json:"got"`

	// File and Line point at the rule in the document as written, when the rule
	// is written there ("openapi.yaml", 212).
	File string `json:"file,omitempty"`
	Line int    `json:"line,omitempty"`

	// More is in how many further places of the same exchange the same cause was seen
	// that are not listed: a million wrong rows are told by their first.
	More int `json:"more,omitempty"`

	// Exchange is the ID of the exchange that shows the violation.
	Exchange string `json:"exchange,omitempty"`
}

// Signature identifies the cause of a finding. It is the same for every row of
// a list and for every run, and it does not depend on values in the answer:
// requirement, operation or scope, place with array indexes replaced by "*", keyword.
// The status is part of the place only where the status is what is wrong.
func (f Finding) Signature() string {
	return strings.Join([]string{f.Requirement, cmp.Or(f.Scope, f.Operation), general(f.Where), f.Keyword}, " | ")
}

// foreignScope begins the scope of what no operation answers.
const foreignScope = "answers of no operation of "

// WholeTarget is the scope of what is no matter of an operation: the target is not
// there any more.
const WholeTarget = "the whole target"

// Keywords of the findings about the whole target: it has gone away, it answers
// everything in another way, it was down for a while, or it refuses the credential
// that it took before. Only the last one is a matter of the contract.
const (
	KeywordGone    = "gone"
	KeywordChanged = "changed"
	KeywordDown    = "was-down"
	KeywordRefused = "accepted"
)

// Outage reports a finding that says nothing of the contract: the target as a whole
// did not go on answering as it did.
func (f Finding) Outage() bool {
	return f.Scope == WholeTarget && f.Keyword != KeywordRefused
}

// IsScope reports whether the second part of a signature is a scope, and no
// operation.
func IsScope(s string) bool { return s == WholeTarget || strings.HasPrefix(s, foreignScope) }

// general replaces every number in brackets of a place by "*".
func general(where string) string {
	var b strings.Builder
	for i := 0; i < len(where); {
		if where[i] == '[' {
			if end := strings.IndexByte(where[i:], ']'); end > 0 {
				if _, err := strconv.Atoi(where[i+1 : i+end]); err == nil {
					b.WriteString("[*]")
					i += end + 1
					continue
				}
			}
		}
		b.WriteByte(where[i])
		i++
	}
	return b.String()
}

// SortFindings orders findings by level (MUST first), requirement, operation,
// place, keyword and values: the stable order in which Check returns them.
func SortFindings(findings []Finding) {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Level.rank(), b.Level.rank()),
			cmp.Compare(a.Requirement, b.Requirement),
			cmp.Compare(a.Operation, b.Operation),
			cmp.Compare(a.Where, b.Where),
			cmp.Compare(a.Keyword, b.Keyword),
			cmp.Compare(a.Want, b.Want),
			cmp.Compare(a.Got, b.Got),
			cmp.Compare(a.Status, b.Status),
		)
	})
}
