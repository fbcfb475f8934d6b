package spec

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// A Finding is one violation of one requirement at one location.
//
// It is built from values, never from the error text of a library, so that it reads the
// same in every run and can be compared, grouped and rendered.
type Finding struct {
	Requirement string `json:"requirement"` // id in the catalogue: "HTTP-ALLOW-001"
	Level       Level  `json:"level"`
	Operation   string `json:"operation"`        // "GET /pets"; the path as sent if it is undocumented
	Status      int    `json:"status,omitempty"` // HTTP status of the response, 0 without one

	// Scope replaces the operation in the signature when not an operation but a router or
	// a proxy in its place is at fault: one wrong page of it is one cause, whatever was
	// requested. "answers of no operation of v2".
	Scope string `json:"scope,omitempty"`

	// Where is the part of the response: a JSONPath-like location in the body
	// ("$.items[0].price"), "header Retry-After", "status", "body", "connection", or a
	// word that the rule defines ("pages 0 and 1").
	Where string `json:"where"`

	// Pointer is the RFC 6901 pointer of a location in the body ("" is the whole body);
	// it is only meaningful if InBody is true.
	Pointer string `json:"pointer,omitempty"`
	InBody  bool   `json:"inBody,omitempty"`

	Keyword string `json:"keyword,omitempty"` // JSON Schema keyword or word of the rule: "type", "required", "utc"
	Want    string `json:"want"`
	Got     string `json:"got"`

	// File and Line locate the rule in the document as written, if it is written there
	// ("openapi.yaml", 212).
	File string `json:"file,omitempty"`
	Line int    `json:"line,omitempty"`

	// More is the number of further locations in the same exchange with the same cause
	// that are not listed: the first one represents a million wrong rows.
	More int `json:"more,omitempty"`

	// Exchange is the ID of the exchange that shows the violation.
	Exchange string `json:"exchange,omitempty"`
}

// Signature identifies the cause of a finding: requirement, operation or scope, location
// with array indexes replaced by "*", keyword. It is the same for every row of a list and
// for every run, and independent of values in the response. The status is part of the
// location only if the status itself is wrong.
func (f Finding) Signature() string {
	return strings.Join([]string{f.Requirement, cmp.Or(f.Scope, f.Operation), general(f.Where), f.Keyword}, " | ")
}

// foreignScope is the prefix of scopes for responses of no operation.
const foreignScope = "answers of no operation of "

// WholeTarget is the scope of findings that concern no operation, such as a target that
// went away.
const WholeTarget = "the whole target"

// Habit is the scope of findings that are one cause at whatever operations they are met:
// something that a framework does everywhere, such as a PUT that merges.
const Habit = "a habit of the target"

// Shared reports whether the cause of the finding may lie at several operations.
func (f Finding) Shared() bool { return f.Scope == WholeTarget || f.Scope == Habit }

// Keywords of the findings about the whole target: it has gone away, it answers
// everything differently, it was down for a while, it refuses the credential that it
// accepted before, it answers with a server error now and then, or another application
// answers now and then. Only the last three concern the contract.
const (
	KeywordGone     = "gone"
	KeywordChanged  = "changed"
	KeywordDown     = "was-down"
	KeywordRefused  = "accepted"
	KeywordSporadic = "sporadic"
	KeywordOther    = "another-application"
)

// KeywordStatus is the keyword of findings about a status that the document does not have.
const KeywordStatus = "status"

// NowAndThen reports whether the finding is about some responses of the whole target.
func (f Finding) NowAndThen() bool {
	return f.Keyword == KeywordSporadic || f.Keyword == KeywordOther
}

// Outage reports whether the finding says nothing about the contract: the target as a
// whole stopped answering as before.
func (f Finding) Outage() bool {
	return f.Scope == WholeTarget && f.Keyword != KeywordRefused && !f.NowAndThen()
}

// IsScope reports whether the second part of a signature is a scope instead of an
// operation.
func IsScope(s string) bool {
	return s == WholeTarget || s == Habit || strings.HasPrefix(s, foreignScope)
}

// general replaces array indexes in a location by "*".
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

// SortFindings sorts findings in place by level (MUST first), requirement, operation,
// location, keyword and values: the stable order in which Check returns them.
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
