package env

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/request"
)

// expected reports whether a response shows by itself that the API has given it: one that
// the document has for this operation, that breaks no rule, and that little else would send
// for this request.
func (e *Env) expected(r request.Request, ex spec.Exchange) bool {
	o := e.Contract.Operation(ex.Operation)
	if o == nil {
		return false
	}
	secured := stranger(r) && e.Contract.Access(o).Required()
	listed := slices.Contains(o.Statuses, strconv.Itoa(status(ex)))
	switch s := status(ex); {
	case s == http.StatusUnauthorized, s == http.StatusForbidden:
		return secured && !e.wrong(ex)
	case s == http.StatusNotFound, s == http.StatusGone:
		return listed && names(e.Contract, r) && !e.wrong(ex)
	case s == http.StatusOK:
		return listed && !secured && mediaType(ex) != "text/html" && len(ex.Response.Body) > 0 && !e.wrong(ex)
	}
	return listed && !secured && status(ex)/100 == 2 && !e.wrong(ex)
}
