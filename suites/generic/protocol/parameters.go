package protocol

import (
	"net/url"
	"strings"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/rule"
)

// parameters sends each documented value of a query parameter, and those of a list
// together: documented values are accepted.
func parameters(e *env.Env, op *spec.Operation) {
	if op.Effect != spec.Reads {
		return // values of writes belong to the rules of the operation
	}
	for i := range op.Parameters {
		p := &op.Parameters[i]
		values, many := e.Contract.DocumentedValues(op, p)
		// Parameters with a rule of their own are tested by the area of the operation.
		if p.In != "query" || len(values) == 0 || e.Contract.AcceptedBy(op, p) != "" {
			continue
		}
		rule.It(e, "accepts the documented values of "+p.Name, rule.Of(op.ID, "HTTP-PARAM-001"), func(t *rule.T) {
			for _, v := range values {
				t.Accepted(t.Valid().WithQuery(p.Name, v).WithNote(p.Name + "=" + v))
			}
			if !many || len(values) < 2 {
				return
			}
			var all []string
			for _, v := range values {
				all = append(all, url.QueryEscape(p.Name)+"="+url.QueryEscape(v))
			}
			r := t.Valid()
			t.Accepted(r.WithRawQuery(join(r.Query, strings.Join(all, "&"))).WithNote("every documented value of " + p.Name + " at once"))
		})
	}
}
