package spec

import "github.com/pb33f/jsonschema/v6"

// BodySchema is the schema of the first media type of an answer, as the document
// states it, for benchmarks.
func BodySchema(c *Contract, operation, status string) *jsonschema.Schema {
	return c.responses[operation][status].media[0].schema.must
}
