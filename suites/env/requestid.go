package env

import (
	"encoding/json"

	"github.com/hostup/api-conformance/spec"
)

// requestID is the id that an answer names itself by and the requirement that it
// be unique: promised for v1 ("unique request identifier"), kept by every
// example of a Problem document in v2. "" when the answer has none.
func requestID(c *spec.Contract, ex spec.Exchange) (id, requirement string) {
	o := c.Match(ex.Request.Method, ex.Request.Path())
	if o == nil || len(ex.Response.Body) == 0 || ex.Response.Body[0] != '{' {
		return "", ""
	}
	var body struct {
		RequestID json.RawMessage `json:"requestId"`
	}
	if json.Unmarshal(ex.Response.Body, &body) != nil || json.Unmarshal(body.RequestID, &id) != nil {
		return "", ""
	}
	switch {
	case o.Version == "v1":
		return id, "ENV-REQUESTID-002"
	case ex.Response.Status >= 400:
		return id, "PROB-REQUESTID-001"
	}
	return "", ""
}
