package document

import (
	"bytes"
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
		return "", fmt.Errorf("%s is an AsyncAPI %s document, %s", d.Name, v, messages)
	}
	v := Text(d.Root, "openapi")
	for _, dialect := range []string{"3.0", "3.1", "3.2"} {
		if v == dialect || strings.HasPrefix(v, dialect+".") {
			return dialect, nil
		}
	}
	if v != "" {
		return "", fmt.Errorf("%s is an OpenAPI %s document: give one of version 3.0, 3.1 or 3.2", d.Name, v)
	}
	if what := Foreign(func(member string) bool { n, _ := Child(d.Root, member); return n != nil }); what != "" {
		return "", fmt.Errorf("%s is %s", d.Name, what)
	}
	return "", fmt.Errorf("%s is not an OpenAPI document: it has to have a member openapi, such as openapi: 3.1.0", d.Name)
}

// messages says why an AsyncAPI document is refused.
const messages = "which describes messages and not HTTP: give the OpenAPI document of the same service, or convert what is HTTP in it"

// Foreign says what a mapping with such members is instead of an OpenAPI document, and what
// to give; "" if that is unknown.
func Foreign(has func(member string) bool) string {
	for _, other := range []struct{ member, what string }{
		{"asyncapi", "an AsyncAPI document, " + messages},
		{"overlay", "an OpenAPI Overlay: give the document that it changes, and this one with --overlay"},
		{"arazzo", "an Arazzo description, which calls operations of an OpenAPI document: give that one"},
		{"item", "a collection of Postman: give the OpenAPI document of the same service"},
		{"log", "a recording (HAR): give the document that it is of, and this one to the command verify"},
		{"$schema", "a JSON Schema: give an OpenAPI document whose responses refer to it"},
	} {
		if has(other.member) {
			return other.what
		}
	}
	return ""
}

// Markup says whether a text is HTML or XML, as the page of a log-in or an error is: read as
// YAML it is a string, or broken.
func Markup(text []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(text), []byte("<")) }
