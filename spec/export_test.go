package spec

import "github.com/pb33f/jsonschema/v6"

// BodySchema returns the schema of the first media type of a response, as in the
// document, for benchmarks.
func BodySchema(c *Contract, operation, status string) *jsonschema.Schema {
	return c.responses[operation][status].media[0].schema.must.Schema
}
