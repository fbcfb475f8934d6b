package document

import "slices"

// A Rule is a kind of problem of a document. Problems concern the document, not a target:
// they fail a run only with --strict-document.
type Rule struct {
	ID       string // of [Problem]
	Sentence string // what holds for a document
	Cost     string // what a violation disables
	Source   string
}

// Rules returns the kinds of problems, sorted by id.
func Rules() []Rule {
	const spec = "OpenAPI Specification: "
	return []Rule{
		{"DOC-EXTENSION-001", "an extension of the suite, such as x-effect, has a value that it knows", "the extension is ignored", "docs of this suite"},
		{"DOC-ID-001", "each operationId is used once", "the second operation gets another name", spec + "Operation Object"},
		{"DOC-KEY-001", "each name in an object is used once", "the first one counts", "RFC 8259 section 4, YAML 1.2.2 section 3.2.1.3"},
		{"DOC-KIND-001", "a part of the document that has to be an object is one", "the part is ignored", spec + "Document Structure"},
		{"DOC-OVERLAY-001", "the target of an action of an overlay selects something", "the action changes nothing", "OpenAPI Overlay Specification: Action Object"},
		{"DOC-PATH-001", "a path begins with a slash", "its operations are ignored", spec + "Paths Object"},
		{"DOC-PATTERN-001", "a pattern is a regular expression of ECMA-262", "the pattern is ignored", "JSON Schema core section 6.4"},
		{"DOC-REF-001", "a reference resolves", "what it stands for is ignored", spec + "Reference Object"},
		{"DOC-SCHEMA-001", "a schema has values that its keywords allow", "the keyword is ignored", spec + "Schema Object"},
		{"DOC-SCHEMA-002", "the schema of a response has a value that meets it", "the keywords that leave none are not judged", "JSON Schema validation section 6.1"},
		{"DOC-SECURITY-001", "security names schemes that are declared", "the alternative is ignored", spec + "Security Requirement Object"},
		{"DOC-STATUS-001", "a key of responses is a status, a range or default", "the response is ignored", spec + "Responses Object"},
		{"DOC-STATUS-002", "an operation documents the error statuses that the target answers with", "nothing is disabled: it is a note about the document", spec + "Responses Object"},
		{"DOC-STATUS-003", "an operation documents its response to success", "every success status is accepted, and its body is judged by no schema", spec + "Responses Object"},
	}
}

// RuleOf returns the kind of problem with this id.
func RuleOf(id string) (Rule, bool) {
	list := Rules()
	i := slices.IndexFunc(list, func(r Rule) bool { return r.ID == id })
	if i < 0 {
		return Rule{}, false
	}
	return list[i], true
}
