package changes_test

import (
	"testing"

	"github.com/hostup/api-conformance/spec/changes"
)

// TestTheSameDocument has documents written differently: in JSON, with anchors, in
// another version of OpenAPI.
func TestTheSameDocument(t *testing.T) {
	for name, sides := range map[string][2]string{
		"JSON": {`openapi: 3.1.0
paths:
  /a: {get: {parameters: [{name: q, in: query, schema: {type: number, maximum: 1.50}}], responses: {200: {description: 2020-01-01}}}}
`, `{"openapi": "3.1.0", "paths": {"/a": {"get": {"parameters": [{"name": "q", "in": "query", "schema": {"maximum": 1.5, "type": "number"}}],
"responses": {"200": {"description": "2020-01-01"}}}}}}`},
		"operation by reference, as bundlers follow it": {`openapi: 3.1.0
paths: {/a: {get: {$ref: "#/components/x-operations/a"}}}
components: {x-operations: {a: {parameters: [{name: q, in: query, schema: {type: string}}], responses: {"200": {description: ok}}}}}
`, `openapi: 3.1.0
paths: {/a: {get: {parameters: [{name: q, in: query, schema: {type: string}}], responses: {"200": {description: ok}}}}}
`},
		"the usual port": {`openapi: 3.1.0
servers: [{url: "https://api.example.com:443/v1"}]
paths: {/a: {get: {responses: {"200": {description: ok}}}}}
`, `openapi: 3.1.0
servers: [{url: "https://api.example.com/v1"}]
paths: {/a: {get: {responses: {"200": {description: ok}}}}}
`},
		"the server that there is without one": {`openapi: 3.1.0
servers: [{url: /}]
paths: {/a: {get: {responses: {"200": {description: ok}}}}}
`, `openapi: 3.1.0
paths: {/a: {get: {responses: {"200": {description: ok}}}}}
`},
		"a boolean in a query": {`openapi: 3.1.0
paths: {/a: {get: {parameters: [{name: q, in: query, schema: {type: string, enum: ["true", "false"]}}]}}}
`, `openapi: 3.1.0
paths: {/a: {get: {parameters: [{name: q, in: query, schema: {type: boolean}}]}}}
`},
		"anchors": {`openapi: 3.1.0
x-errors: &errors {"404": {description: none}}
x-thing: &thing {type: object, properties: {a: {type: string}}}
paths:
  /a: {get: {responses: {<<: *errors, "200": {description: ok, content: {application/json: {schema: *thing}}}}}}
  /b: {post: {requestBody: {content: {application/json: {schema: *thing}}}, responses: {<<: *errors}}}
`, `openapi: 3.1.0
paths:
  /a: {get: {responses: {"404": {description: none}, "200": {description: ok, content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}}}}
  /b: {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}, responses: {"404": {description: none}}}}
`},
		"Swagger": {`swagger: "2.0"
host: api.example.com
basePath: /v1
schemes: [https]
consumes: [application/json]
produces: [application/json]
security: [{key: []}]
securityDefinitions: {key: {type: apiKey, in: header, name: X-Key}, o: {type: oauth2, flow: application, tokenUrl: "https://a.example.com/t", scopes: {r: read}}}
parameters: {page: {name: page, in: query, type: integer, minimum: 1, default: 1}}
paths:
  /things:
    get:
      parameters:
        - $ref: "#/parameters/page"
        - {name: ids, in: query, type: array, items: {type: string}, collectionFormat: multi}
        - {name: tags, in: query, type: array, items: {type: string}}
      responses:
        "200": {description: ok, schema: {type: array, items: {$ref: "#/definitions/Thing"}}, headers: {X-Total: {type: integer}}}
        default: {description: error, schema: {type: object, properties: {code: {type: string}}}}
    post:
      security: [{o: [r]}]
      parameters: [{name: body, in: body, required: true, schema: {$ref: "#/definitions/Thing"}}]
      responses: {"204": {description: ok}}
  /files:
    post:
      consumes: [multipart/form-data]
      parameters: [{name: file, in: formData, type: file, required: true}, {name: note, in: formData, type: string}]
      responses: {"204": {description: ok}}
definitions:
  Thing: {type: object, required: [id], properties: {id: {type: string, readOnly: true}, size: {type: integer, format: int64}, name: {type: string, x-nullable: true}}}
`, `openapi: 3.0.3
servers: [{url: https://api.example.com/v1}]
security: [{key: []}]
paths:
  /things:
    get:
      parameters:
        - $ref: "#/components/parameters/page"
        - {name: ids, in: query, style: form, explode: true, schema: {type: array, items: {type: string}}}
        - {name: tags, in: query, style: form, explode: false, schema: {type: array, items: {type: string}}}
      responses:
        "200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Thing"}}}}, headers: {X-Total: {schema: {type: integer}}}}
        default: {description: error, content: {application/json: {schema: {type: object, properties: {code: {type: string}}}}}}
    post:
      security: [{o: [r]}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}}}
      responses: {"204": {description: ok}}
  /files:
    post:
      requestBody: {required: true, content: {multipart/form-data: {schema: {type: object, required: [file], properties: {file: {type: string, format: binary}, note: {type: string}}}}}}
      responses: {"204": {description: ok}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, o: {type: oauth2, flows: {clientCredentials: {tokenUrl: "https://a.example.com/t", scopes: {r: read}}}}}
  parameters: {page: {name: page, in: query, schema: {type: integer, minimum: 1, default: 1}}}
  schemas:
    Thing: {type: object, required: [id], properties: {id: {type: string, readOnly: true}, size: {type: integer, format: int64}, name: {type: string, nullable: true}}}
`},
		"3.0 as 3.1": {`openapi: 3.0.3
paths:
  /things:
    post:
      requestBody:
        content:
          multipart/form-data: {schema: {type: object, properties: {file: {type: string, format: binary}, files: {type: array, items: {type: string, format: binary}}}}}
          application/json: {schema: {$ref: "#/components/schemas/Thing"}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}, application/pdf: {schema: {type: string, format: binary}}}}}
components:
  schemas:
    Thing:
      type: object
      properties:
        a: {type: string, nullable: true, example: x, enum: [x, null]}
        b: {type: number, minimum: 0, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: false}
        c: {allOf: [{$ref: "#/components/schemas/Thing"}], nullable: true}
        d: {type: array, nullable: true, items: {type: string, format: byte}}
        e: {type: object, additionalProperties: {type: string, nullable: true}}
        f: {anyOf: [{type: string}, {type: integer}], nullable: true}
`, `openapi: 3.1.0
paths:
  /things:
    post:
      requestBody:
        content:
          multipart/form-data: {schema: {type: object, properties: {file: {type: string, contentMediaType: application/octet-stream}, files: {type: array, items: {type: string, contentMediaType: application/octet-stream}}}}}
          application/json: {schema: {$ref: "#/components/schemas/Thing"}}
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: "#/components/schemas/Thing"}}, application/pdf: {}}}}
components:
  schemas:
    Thing:
      type: object
      properties:
        a: {type: [string, "null"], examples: [x], enum: [x, null]}
        b: {type: number, exclusiveMinimum: 0, maximum: 5}
        c: {anyOf: [{$ref: "#/components/schemas/Thing"}, {type: "null"}]}
        d: {type: [array, "null"], items: {type: string, contentEncoding: base64}}
        e: {type: object, additionalProperties: {type: [string, "null"]}}
        f: {anyOf: [{type: string}, {type: integer}, {type: "null"}]}
`},
	} {
		t.Run(name, func(t *testing.T) {
			for _, list := range [][]changes.Change{compare(t, sides[0], sides[1]), compare(t, sides[1], sides[0])} {
				for _, c := range list {
					t.Error(c)
				}
			}
		})
	}
}
