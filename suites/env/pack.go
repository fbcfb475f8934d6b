package env

import (
	"regexp"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
)

// A Pack holds what the suite knows about one API besides its document: data, and hooks
// for what neither the document nor an overlay can express. Every hook may be nil. The
// zero Pack fits any document; all code outside of packs works with it.
type Pack struct {
	// Name is the name of the pack in the contract, see [spec.Contract.Pack].
	Name string

	// Areas declare the specs, each in its own container.
	Areas []func(*Env)

	// Variables maps the name of a datum to the environment variable that gives it;
	// Foreign is the variable for OwnerDatum of another customer.
	Variables map[string]string
	Foreign   string

	// Given returns the data that a configuration gives, by name; Another returns
	// OwnerDatum of another customer, "" if not given.
	Given   func(c config.Config) request.Data
	Another func(c config.Config) string

	// Discover finds the data that the configuration does not give.
	Discover func(s *Search)

	// Promises returns what the API's documentation says about responses of an operation.
	Promises func(c *spec.Contract, o *spec.Operation) Promises

	// Elsewhere returns the credential for an undocumented path; Spellings returns other
	// ways to write a documented path.
	Elsewhere func(path string) request.Auth
	Spellings func(path string) []Spelling

	// UniqueIDs lists the requirements that no two responses share an id.
	UniqueIDs []UniqueID

	// OwnerDatum names the path datum that belongs to a single customer; IDs matches ids
	// as the documentation writes them; Domain is the vendor's domain, which identifies
	// no customer.
	OwnerDatum string
	IDs        *regexp.Regexp
	Domain     string

	// ReadScope is the only scope of the read-only credential; Scoped reports whether the
	// credential without scopes is known to lack a scope.
	ReadScope string
	Scoped    func(scope string) bool

	// Existing returns the ids of which a request with the effect must name one to create
	// something: without any of them there is nothing to carry out.
	Existing func(e *Env, effect spec.Effect) []string

	// Created returns what a request has created, or may have created, at the target. o
	// is nil for an undocumented request; body is the decoded body of the response.
	Created func(r request.Request, o *spec.Operation, body any) []Thing

	// Invented returns the requirement that the target violates by accepting a request
	// that names made-up data; ok is false if it violates none.
	Invented func(e *Env, r request.Request) (b Breach, ok bool)

	// CarriedOut is Invented for a request of [request.Harmless], whatever else is wrong
	// with it. plain says that the server can be expected to read its body as it is.
	CarriedOut func(e *Env, operation string, body []byte, plain bool) (b Breach, ok bool)
}

// Promises holds what an API's documentation states about the responses of an operation,
// in addition to its document.
type Promises struct {
	// Requirements of a success, a refusal and a refusal of wrong input, in addition to
	// those of every response. OneCode is the requirement that the same wrong request
	// gets the same code, "" if there is none.
	Success, Refusal, WrongInput []string
	OneCode                      string

	Unauthenticated []int // statuses for a missing or unknown credential
	Doubted         []int // statuses that would mean that a known credential is refused
	Absent          []int // statuses for an id that does not exist or belongs to another customer

	Limits bool // a rate limit is documented, with its headers
}

// A UniqueID is the requirement that the request ids ("requestId") of a version's
// responses are unique; Errors says that only errors have one.
type UniqueID struct {
	Requirement, Version string
	Errors               bool
}

// A Spelling is another way to write a path.
type Spelling struct{ Note, Path string }

// A Thing is something that the target has created: "invoice" and its id.
type Thing struct{ What, ID string }

// A Breach is a violated requirement and what it requires.
type Breach struct{ Requirement, Want string }

// Promises returns what the pack of the run says about an operation, or the defaults of
// any API.
func (e *Env) Promises(o *spec.Operation) Promises {
	if e.Pack.Promises != nil {
		return e.Pack.Promises(e.Contract, o)
	}
	return Promises{Unauthenticated: []int{401}, Doubted: []int{401, 403}, Absent: []int{403, 404}}
}

// given returns the data of the configuration.
func (e *Env) given() request.Data {
	if e.Pack.Given != nil {
		return e.Pack.Given(e.Config)
	}
	return request.Data{}
}
