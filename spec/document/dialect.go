package document

import (
	"fmt"
	"strings"
)

// Dialect returns the OpenAPI version of the document: "3.0", "3.1" or "3.2". For another
// format the error says how to proceed.
func (d *Document) Dialect() (string, error) {
	if v := Text(d.Root, "swagger"); v != "" {
		return "", fmt.Errorf("%s is a Swagger %s document: convert it to OpenAPI 3 first, for example with swagger2openapi from npm", d.Name, v)
	}
	if v := Text(d.Root, "asyncapi"); v != "" {
		return "", fmt.Errorf("%s is an AsyncAPI %s document, which describes messages and not HTTP: give the OpenAPI document of the same service, or convert what is HTTP in it", d.Name, v)
	}
	v := Text(d.Root, "openapi")
	for _, dialect := range []string{"3.0", "3.1", "3.2"} {
		if v == dialect || strings.HasPrefix(v, dialect+".") {
			return dialect, nil
		}
	}
	if v == "" {
		return "", fmt.Errorf("%s is not an OpenAPI document: it has to have a member openapi, such as openapi: 3.1.0", d.Name)
	}
	return "", fmt.Errorf("%s is an OpenAPI %s document: give one of version 3.0, 3.1 or 3.2", d.Name, v)
}
