package suites_test

import (
	"testing"
)

const deskDocument = `
openapi: 3.1.0
info: {title: Desk, version: "1"}
security: [{key: []}]
paths:
  /tickets:
    get:
      parameters:
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 50, default: 20}}
        - {name: cursor, in: query, schema: {type: string}}
        - {name: label, in: query, schema: {type: string}}
        - {name: room, in: query, schema: {type: string}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Ticket'}}}}}, "400": {description: why}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewTicket'}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Ticket'}}}}, "400": {description: why}}
  /tickets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer, minimum: 1}}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Ticket'}}}}, "404": {description: none}}}
    patch:
      requestBody: {required: true, content: {application/merge-patch+json: {schema: {$ref: '#/components/schemas/TicketPatch'}}}}
      responses: {"200": {description: saved, content: {application/json: {schema: {$ref: '#/components/schemas/Ticket'}}}}, "400": {description: why}, "404": {description: none}}
    delete: {responses: {"204": {description: gone}, "404": {description: none}, "409": {description: it is urgent}}}
  /tickets/{id}/close:
    parameters: [{name: id, in: path, required: true, schema: {type: integer, minimum: 1}}]
    post: {responses: {"200": {description: done, content: {application/json: {schema: {$ref: '#/components/schemas/Ticket'}}}}, "404": {description: none}, "409": {description: it is closed}}}
  /tickets/{id}/reopen:
    parameters: [{name: id, in: path, required: true, schema: {type: integer, minimum: 1}}]
    post: {responses: {"200": {description: done, content: {application/json: {schema: {$ref: '#/components/schemas/Ticket'}}}}, "404": {description: none}, "409": {description: it is open}}}
  /topics:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: object, required: [topics, count], properties: {topics: {type: array, items: {$ref: '#/components/schemas/Topic'}}, count: {type: integer}}}}}}}}
  /topics/{word}:
    parameters: [{name: word, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Topic'}}}}, "404": {description: none}}}
  /boxes:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Box'}}}}}}}
  /boxes/{code}:
    parameters: [{name: code, in: path, required: true, schema: {type: string, pattern: '^[A-Z][0-9]{1,3}$'}}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Box'}}}}, "404": {description: none}}}
    put:
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [text], properties: {text: {type: string, minLength: 1, maxLength: 300}, locked: {type: boolean, default: false}}}}}}
      responses: {"200": {description: saved, content: {application/json: {schema: {$ref: '#/components/schemas/Box'}}}}, "201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Box'}}}}, "400": {description: why}}
    delete: {responses: {"204": {description: gone}, "404": {description: none}}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Guest: {type: [object, 'null'], properties: {name: {type: [string, 'null'], maxLength: 300}, company: {type: [string, 'null'], maxLength: 300}}}
    NewTicket: {type: object, required: [title], properties: {title: {type: string, minLength: 1, maxLength: 300}, room: {type: [string, 'null'], maxLength: 300}, urgent: {type: boolean}, guest: {$ref: '#/components/schemas/Guest'}, steps: {type: array, maxItems: 5, items: {$ref: '#/components/schemas/Step'}}, pin: {type: string, maxLength: 300, writeOnly: true}}}
    TicketPatch: {type: object, properties: {title: {type: string, minLength: 1, maxLength: 300}, room: {type: [string, 'null'], maxLength: 300}, urgent: {type: boolean}, guest: {$ref: '#/components/schemas/Guest'}}}
    Ticket: {type: object, required: [id, title, open], properties: {id: {type: integer}, title: {type: string}, room: {type: [string, 'null']}, urgent: {type: boolean}, guest: {$ref: '#/components/schemas/Guest'}, open: {type: boolean}, labels: {type: array, items: {type: string}}, steps: {type: array, items: {$ref: '#/components/schemas/Step'}}}}
    Step: {type: object, required: [minutes], properties: {minutes: {type: integer, minimum: 5, maximum: 500}}}
    Topic: {type: object, required: [word], properties: {word: {type: string}, text: {type: string}}}
    Box: {type: object, required: [code, text, locked], properties: {code: {type: string}, text: {type: string}, locked: {type: boolean}}}
`

// deskKeys are the credentials of both customers.
func deskKeys(t *testing.T) []string { return keysOf(t, "desk-key-a", "desk-key-b") }

// Actions do what they say, merge patches merge, pages end where their list does, and what
// has a code of its maker is followed.
func TestUnsoundDesk(t *testing.T) {
	unsound(t, deskDocument, deskKeys(t), faultyDesk, map[string]string{
		"looks at the begin of the key": "MUST AUTH-UNKNOWN-001 GET /tickets status",
		"anybody may reopen":            "MUST AUTH-NONE-001 POST /tickets/{id}/reopen status",
		"counts one topic more":         "SHOULD LIST-COUNT-001 GET /topics $.count",
		"forgets new boxes":             "SHOULD STATE-CREATE-001 GET /boxes/{code} status",
		"fails for what is closed":      "MUST HTTP-SERVE-001 POST /tickets/{id}/close status",
		"does not close":                "SHOULD STATE-ACTION-001 GET /tickets/{id} $.open",
		"keeps what is deleted":         "SHOULD STATE-DELETE-001 GET /tickets/{id} status",
		"null takes nothing away":       "SHOULD STATE-MERGE-001 GET /tickets/{id} $.room",
		"replaces inner objects":        "SHOULD STATE-MERGE-001 GET /tickets/{id} $.guest.name",
		"shows the pin in the list":     "SHOULD BODY-WRITEONLY-001 GET /tickets $.pin",
		"forgets the label":             "SHOULD LIST-FILTER-001 GET /tickets body",
		"forgets the room":              "SHOULD LIST-FILTER-001 GET /tickets body",
		"leads nowhere":                 "SHOULD LIST-PAGE-001 GET /tickets body",
		"ends too early":                "SHOULD LIST-PAGE-001 GET /tickets body",
		"leads on for ever":             "SHOULD LIST-PAGE-001 GET /tickets body",
		"moves on where nothing is":     "SHOULD LIST-PAGE-001 GET /tickets body",
		"keeps boxes locked":            "SHOULD STATE-REPLACE-001 GET /boxes/{code} body",
		"forgets the steps":             "SHOULD STATE-CREATE-002 GET /tickets/{id} $.steps",
		"counts no minutes":             "SHOULD STATE-CREATE-002 GET /tickets/{id} $.steps",
		"takes the room away":           "SHOULD STATE-PATCH-001 GET /tickets/{id} $.room",
		"does not quote changes":        "MUST HTTP-SERVE-001 PATCH /tickets/{id} status",
		"counts one ticket more":        "SHOULD LIST-TOTAL-001 GET /tickets header X-Total-Count",
	})
}
