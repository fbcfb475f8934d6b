package spec

import (
	"slices"
	"strings"
)

// An Effect says what a request does to the target if it is accepted.
type Effect string

const (
	Reads   Effect = "read"   // changes nothing
	Writes  Effect = "write"  // creates or changes something that can be undone
	Deletes Effect = "delete" // removes something, perhaps for good
	Charges Effect = "money"  // may charge a card
)

// Severity returns the rank of an effect: read 0, write 1, delete 2, money 3, unknown 0.
func (e Effect) Severity() int {
	switch e {
	case Charges:
		return 3
	case Deletes:
		return 2
	case Writes:
		return 1
	}
	return 0
}

// An Operation is a method and a path template of the document, with the machine-readable
// parts of its description.
type Operation struct {
	ID      string // operationId: "listPets"
	Method  string // "GET"
	Path    string // template: "/pets/{petId}/photos"
	Summary string

	Version string   // x-version, a version of the pack: it determines the form of responses and errors
	Scopes  []string // x-scopes: API scopes that a key needs, empty if none is documented
	Effect  Effect   // x-effect
	Ends    string   // what it ends, as its path says: [EndsTarget], [EndsCredential]; "" if nothing, or with an x-effect
	Support bool     // x-role is "support": documented elsewhere, used to find valid input
	Source  string   // x-source
	Line    int      // first line in the document

	Security   []SecurityScheme // alternatives, any one suffices
	Anonymous  bool             // security contains {}: no credential is an alternative as well
	Parameters []Parameter      // path parameters first, then in document order
	Body       *RequestBody     // nil if none is documented
	Statuses   []string         // documented response keys in document order: "200", "400", "default"
	coversAll  bool             // default describes every other status

	pointer        string   // canonical, in the document
	access         Access   // see Contract.Access
	unknownSchemes []string // names in security without a declared scheme
}

// Name returns the method and the path template: "GET /pets".
func (o *Operation) Name() string { return o.Method + " " + o.Path }

// Success returns the lowest documented 2xx status; 200 for the range 2XX alone, 0 if
// there is none.
func (o *Operation) Success() int {
	best := 0
	for _, s := range o.Statuses {
		if len(s) == 3 && s[0] == '2' && s[1] != 'X' && s[1] != 'x' {
			n := int(s[0]-'0')*100 + int(s[1]-'0')*10 + int(s[2]-'0')
			if best == 0 || n < best {
				best = n
			}
		}
	}
	if best == 0 && slices.ContainsFunc(o.Statuses, func(s string) bool { return strings.EqualFold(s, "2XX") }) {
		return 200
	}
	return best
}

// Documents reports whether the document names the status, as a number or in a range such
// as "4XX".
func (o *Operation) Documents(status int) bool {
	key := statusKey(status)
	for _, s := range o.Statuses {
		if s == key || strings.EqualFold(s, key[:1]+"XX") {
			return true
		}
	}
	return false
}

// covers reports whether the document describes the status: by number, by range, or by
// default.
func (o *Operation) covers(status int) bool { return o.Documents(status) || o.coversAll }

// Parameter returns the parameter with this location and name, or nil.
func (o *Operation) Parameter(in, name string) *Parameter {
	for i := range o.Parameters {
		if o.Parameters[i].In == in && o.Parameters[i].Name == name {
			return &o.Parameters[i]
		}
	}
	return nil
}

// A SecurityScheme is one documented way to authenticate.
type SecurityScheme struct {
	Name   string // "bearer", "apiKey", "session"
	Type   string // "http", "apiKey"
	Scheme string // "bearer" for type http
	In     string // "header" or "cookie" for type apiKey
	Key    string // header or cookie name for type apiKey

	With []SecurityScheme // further schemes that the same alternative asks for
}

// A Parameter is a documented parameter of an operation.
type Parameter struct {
	Name     string
	In       string // "path", "query", "header", "cookie"
	Required bool
	Data     string // x-data: name of the datum that fills it ("petId"), or ""
	Example  any
	Schema   Schema
}

// A RequestBody is a documented JSON body.
type RequestBody struct {
	Required  bool
	MediaType string
	Example   map[string]any // the first documented example, nil if there is none
	Members   []Member       // in document order
}

// A Member is a documented property of a request body.
type Member struct {
	Name     string
	Required bool
	Data     string // x-data
	Schema   Schema
}

// A Schema describes a parameter or property for request builders.
type Schema struct {
	Types   []string // JSON types, including "null"
	Enum    []any
	Minimum *float64
	Maximum *float64
}

// Allows reports whether the schema allows the JSON type; without types it allows all.
func (s Schema) Allows(jsonType string) bool {
	for _, t := range s.Types {
		if t == jsonType || t == "number" && jsonType == "integer" {
			return true
		}
	}
	return len(s.Types) == 0
}

func statusKey(status int) string {
	return string([]byte{byte('0' + status/100%10), byte('0' + status/10%10), byte('0' + status%10)})
}
