package request

import "github.com/hostup/api-conformance/spec"

// WrongInput returns a function that makes a valid request of the operation invalid in
// one way that the document rules out, or nil if it finds none.
func WrongInput(o *spec.Operation) func(Request) Request {
	for _, p := range o.Parameters {
		if p.In == "query" && len(p.Schema.Enum) > 0 && len(p.Schema.Types) == 1 {
			return func(r Request) Request {
				return r.WithQuery(p.Name, "no-such-value").WithNote(p.Name + "=no-such-value")
			}
		}
	}
	if o.Body == nil {
		return nil
	}
	for _, m := range o.Body.Members {
		if len(m.Schema.Enum) > 0 {
			return func(r Request) Request {
				return r.WithMember(m.Name, "no-such-value").WithNote(m.Name + " is no-such-value")
			}
		}
	}
	for _, m := range o.Body.Members {
		if m.Required {
			return func(r Request) Request {
				return r.WithoutMember(m.Name).WithNote("without " + m.Name)
			}
		}
	}
	return nil
}
