package env

import (
	"regexp"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/request"
)

// A Pack is what the suite knows of one API besides its document: data, and hooks for
// what neither the document nor an overlay can say. A hook may be nil. The zero Pack
// is that of any document; everything in this module that is not part of a pack works
// with it.
type Pack struct {
	// Name is that of the pack in the contract, see [spec.Contract.Pack].
	Name string

	// Areas declare the specs, each in a container of its own.
	Areas []func(*Env)

	// Variables are the environment variables that give data of the target, by the
	// name of the datum, and Foreign that of OwnerDatum for another customer.
	Variables map[string]string
	Foreign   string

	// Given returns the data that a configuration gives, by name, and Another what it
	// gives for OwnerDatum of another customer.
	Given   func(c config.Config) request.Data
	Another func(c config.Config) string

	// Discover finds the data that the configuration does not give.
	Discover func(s *Search)

	// Promises returns what the pages of the API say of the responses of an operation.
	Promises func(c *spec.Contract, o *spec.Operation) Promises

	// Elsewhere returns the credential for a path that the document does not have, and
	// Spellings other ways to write a path that it has.
	Elsewhere func(path string) request.Auth
	Spellings func(path string) []Spelling

	// UniqueIDs are the requirements that no two responses have one id.
	UniqueIDs []UniqueID

	// OwnerDatum names the datum in a path that belongs to one customer alone; IDs
	// matches ids as the pages write them, and Domain is that of the vendor, which
	// tells nothing of a customer.
	OwnerDatum string
	IDs        *regexp.Regexp
	Domain     string

	// ReadScope is the one scope of the credential that may only read, and Scoped
	// reports whether the credential without scopes is known to lack a scope.
	ReadScope string
	Scoped    func(scope string) bool

	// Existing returns the ids that a request of the effect has to name to make
	// something: a request without any of them has nothing to carry out.
	Existing func(e *Env, effect spec.Effect) []string

	// Created returns what a request has made, or may have made, at the target. The
	// operation is nil for a request that the document does not have; body is the
	// decoded body of its response.
	Created func(r request.Request, o *spec.Operation, body any) []Thing

	// Invented returns the requirement that the target breaks by accepting a request
	// which names what the suite has made up; ok is false where it breaks none.
	Invented func(e *Env, r request.Request) (b Breach, ok bool)

	// CarriedOut is Invented for a request of [request.Harmless], whatever else is
	// wrong with it. Plain says that its body can be expected to be read as it is.
	CarriedOut func(e *Env, operation string, body []byte, plain bool) (b Breach, ok bool)
}

// Promises are what the pages of an API say of the responses of an operation besides
// its document.
type Promises struct {
	// Requirements of a success, a refusal and a refusal of wrong input, besides those
	// of every response; OneCode is the requirement that one wrong request has one
	// code, "" if none says so.
	Success, Refusal, WrongInput []string
	OneCode                      string

	Unauthenticated []int // statuses for a credential that is missing or not known
	Doubted         []int // statuses by which a known credential would be refused
	Absent          []int // statuses for an id that does not exist, or of another customer

	Limits bool // a limit of the rate is documented, with its headers
}

// A UniqueID is the requirement that the ids by which responses of a version name
// themselves ("requestId") are unique; Errors says that only errors have one.
type UniqueID struct {
	Requirement, Version string
	Errors               bool
}

// A Spelling is another way to write a path.
type Spelling struct{ Note, Path string }

// A Thing is something that the target has made: "invoice", its id.
type Thing struct{ What, ID string }

// A Breach is a requirement that an answer breaks, with what it asks for.
type Breach struct{ Requirement, Want string }

// Promises returns what the pack of the run says of an operation.
func (e *Env) Promises(o *spec.Operation) Promises {
	if e.Pack.Promises != nil {
		return e.Pack.Promises(e.Contract, o)
	}
	return Promises{Unauthenticated: []int{401}, Doubted: []int{401, 403}, Absent: []int{403, 404}}
}

// given are the data of the configuration.
func (e *Env) given() request.Data {
	if e.Pack.Given != nil {
		return e.Pack.Given(e.Config)
	}
	return request.Data{}
}
