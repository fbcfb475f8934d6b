// Package changes compares two versions of a document (OpenAPI 3.0, 3.1, 3.2, Swagger
// 2.0) and reports which changes break clients. [Compare] is the entry point, [Rules]
// lists what it compares.
//
// A change breaks if a request that was accepted may now be refused, or if a response may
// be what it could not be before. So each change has a direction: a greater maximum is
// harmless in a request and breaks in a response. Webhooks and callbacks are reversed,
// since the server sends their requests.
//
// The documents are read as two trees, without the loader of the judge, so that documents
// that the judge refuses can be compared as well. Operations are paired by method and
// path template (names of path parameters do not matter), and their messages part by
// part. A schema is read as the set of values that it allows: references, allOf, nullable
// and the two forms of exclusiveMinimum are resolved first. Then a single question, asked
// once for each pair of schemas in both directions, finds where the values of one are not
// values of the other.
//
// What is not forbidden is not thereby promised: an undeclared property or parameter is
// outside of the contract, so a new optional one is harmless on both sides, and removing
// one breaks.
//
// What cannot be decided, such as whether one pattern with look-ahead matches more than
// another, counts as breaking, and the text says so; oasdiff warns there.
package changes

import (
	"regexp"
	"time"
)

// A Document is one version of a document as text.
type Document struct {
	Name string // for messages, and as base of relative references
	Text []byte
	// Read reads another file of the document. If nil, references to other files are
	// compared by their text.
	Read func(name string) ([]byte, error)
}

// A Change is one difference between two versions: one cause, with all operations that it
// affects.
type Change struct {
	Rule           string   `json:"rule"` // an ID of Rules
	Breaking       bool     `json:"breaking"`
	Direction      string   `json:"direction,omitempty"` // "request", "response", or "" for the operation itself
	Operations     []string `json:"operations"`          // "GET /things/{id}", at most five
	OperationCount int      `json:"operationCount"`
	Property       string   `json:"property,omitempty"` // path of the property, such as "rows[].id"
	Old            Side     `json:"old"`
	New            Side     `json:"new"`
	Effect         string   `json:"effect,omitempty"`
}

// A Side is the location of a change in one document: of the keyword, or of the object
// that lacks it.
type Side struct {
	Value   string `json:"value,omitempty"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Pointer string `json:"pointer,omitempty"`
}

// A comparison is the state of comparing two documents.
type comparison struct {
	old, new     *contract
	rules        []schemaRule
	today        time.Time
	findings     map[findingKey]*finding
	pairs        map[pairKey]*pair
	shapes       map[string]*shape
	patterns     map[string]*regexp.Regexp
	typeSchemas  map[string]*node
	valueSchemas map[*node]*node
	nothingSaid  map[*node]*node // by the location that has no schema
	outlines     map[outlineKey]uint64
	meetings     map[meetingKey]meeting
	matched      int // schemas that values were matched against
	ids          int
	stamp        int
	deep         int // pairs that were asked below choices
}

// Compare returns the changes, breaking ones first. today determines which dates of
// x-sunset have passed. The error says which of the two is no OpenAPI document.
func Compare(old, new Document, today time.Time) ([]Change, error) {
	left, err := open(old)
	if err != nil {
		return nil, err
	}
	right, err := open(new)
	if err != nil {
		return nil, err
	}
	c := &comparison{
		old: readContract(left), new: readContract(right), rules: schemaRules(), today: today,
		findings: map[findingKey]*finding{}, pairs: map[pairKey]*pair{}, shapes: map[string]*shape{},
		patterns: map[string]*regexp.Regexp{}, typeSchemas: map[string]*node{}, valueSchemas: map[*node]*node{}, nothingSaid: map[*node]*node{},
		outlines: map[outlineKey]uint64{}, meetings: map[meetingKey]meeting{},
	}
	c.operations()
	return c.list(), nil
}
