package suites_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
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

// desk belongs to two customers: tickets in pages that a Link leads to, which actions close
// and reopen, topics that are there for all, and boxes with codes that who makes them
// chooses. What is urgent is not deleted.
type desk struct {
	mu    sync.Mutex
	fault string
	next  int
	of    map[string]*drawer
}

type drawer struct {
	tickets []map[string]any
	boxes   map[string]box
}

type box struct {
	text   string
	locked bool
}

func (b box) shown(code string) map[string]any {
	return map[string]any{"code": code, "text": b.text, "locked": b.locked}
}

func newDesk() http.Handler { return faultyDesk("") }

func faultyDesk(fault string) http.Handler {
	d := &desk{fault: fault, next: 1, of: map[string]*drawer{}}
	for _, key := range []string{"desk-key-a", "desk-key-b"} {
		at := &drawer{boxes: map[string]box{"A1": {"paper", false}, "B2": {"pens", true}}}
		d.of[key] = at
		for i, title := range []string{"door", "lamp", "key", "sink", "roof"} {
			ticket := d.add(at, map[string]any{"title": title})
			ticket["labels"] = []any{[]any{"old"}, []any{"new", "cold"}}[i%2]
			if i > 0 {
				ticket["room"] = "room " + title
			}
		}
	}
	return d
}

func (d *desk) add(at *drawer, o map[string]any) map[string]any {
	ticket := map[string]any{"id": d.next, "room": nil, "urgent": false, "guest": nil, "open": true, "labels": []any{}, "steps": []any{}}
	maps.Copy(ticket, o)
	if steps, _ := ticket["steps"].([]any); len(steps) > 0 && d.fault == "forgets the steps" {
		ticket["steps"] = []any{}
	} else if len(steps) > 0 && d.fault == "counts no minutes" {
		ticket["steps"] = []any{map[string]any{"minutes": 300}}
	}
	if d.next++; d.fault != "shows the pin in the list" {
		delete(ticket, "pin")
	}
	at.tickets = append(at.tickets, ticket)
	return ticket
}

var deskPaths = map[string]*regexp.Regexp{
	"GET, POST":          regexp.MustCompile(`^/tickets$`),
	"GET, PATCH, DELETE": regexp.MustCompile(`^/tickets/[0-9]+$`),
	"POST":               regexp.MustCompile(`^/tickets/[0-9]+/(close|reopen)$`),
	"GET":                regexp.MustCompile(`^/(topics(/[^/]+)?|boxes)$`),
	"GET, PUT, DELETE":   regexp.MustCompile(`^/boxes/[^/]+$`),
}

func (d *desk) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := r.Header.Get("X-Key")
	if d.fault == "looks at the begin of the key" && len(key) > 10 {
		key = key[:10]
	}
	at := d.of[key]
	method := map[bool]string{true: "GET", false: r.Method}[r.Method == "HEAD"]
	methods := ""
	for list, path := range deskPaths {
		if path.MatchString(r.URL.Path) {
			methods = list
		}
	}
	if d.fault == "anybody may reopen" && at == nil && strings.HasSuffix(r.URL.Path, "/reopen") {
		at = d.of["desk-key-a"]
	}
	var o map[string]any
	wrong := (method == "PUT" || method == "PATCH" || method == "POST" && r.URL.Path == "/tickets") && (json.NewDecoder(r.Body).Decode(&o) != nil || unfit(o, method))
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch {
	case methods == "":
		w.WriteHeader(404)
	case at == nil:
		w.Header().Set("WWW-Authenticate", "Key")
		w.WriteHeader(401)
	case !slices.Contains(strings.Split(methods, ", "), method):
		w.Header().Set("Allow", methods)
		w.WriteHeader(405)
	case wrong:
		w.WriteHeader(400)
	case parts[0] == "topics":
		d.topics(w, parts)
	case parts[0] == "boxes":
		d.boxes(w, at, parts, method, o)
	case len(parts) == 1 && method == "GET":
		d.list(w, r, at)
	case len(parts) == 1:
		ticket := maps.Clone(d.add(at, o))
		delete(ticket, "pin")
		reply(w, 201, "application/json", ticket)
	default:
		d.ticket(w, at, parts, method, o)
	}
}

// unfit reports whether a body is not what the document says.
func unfit(o map[string]any, method string) bool {
	for name, v := range o {
		text, isText := v.(string)
		switch name {
		case "title", "pin", "text":
			if !isText || len([]rune(text)) > 300 || text == "" && name != "pin" {
				return true
			}
		case "room", "name", "company":
			if v != nil && !isText || len([]rune(text)) > 300 {
				return true
			}
		case "steps":
			list, is := v.([]any)
			if !is || len(list) > 5 || slices.ContainsFunc(list, func(v any) bool {
				step, _ := v.(map[string]any)
				n, is := step["minutes"].(float64)
				return !is || n < 5 || n > 500 || n != float64(int(n))
			}) {
				return true
			}
		case "urgent", "locked":
			if _, is := v.(bool); !is {
				return true
			}
		case "guest":
			if guest, is := v.(map[string]any); v != nil && (!is || unfit(guest, "")) {
				return true
			}
		}
	}
	return o == nil || method == "POST" && o["title"] == nil || method == "PUT" && o["text"] == nil
}

func (d *desk) topics(w http.ResponseWriter, parts []string) {
	topics := []any{map[string]any{"word": "lost", "text": "things"}, map[string]any{"word": "broken", "text": "doors"}}
	if len(parts) == 1 {
		reply(w, 200, "application/json", map[string]any{"topics": topics, "count": map[bool]int{true: 3, false: 2}[d.fault == "counts one topic more"]})
		return
	}
	for _, topic := range topics {
		if topic.(map[string]any)["word"] == parts[1] {
			reply(w, 200, "application/json", topic)
			return
		}
	}
	w.WriteHeader(404)
}

func (d *desk) boxes(w http.ResponseWriter, at *drawer, parts []string, method string, o map[string]any) {
	if len(parts) == 1 {
		rows := []any{}
		for _, code := range slices.Sorted(maps.Keys(at.boxes)) {
			rows = append(rows, at.boxes[code].shown(code))
		}
		reply(w, 200, "application/json", rows)
		return
	}
	code := parts[1]
	is, there := at.boxes[code]
	switch {
	case method == "PUT" && !regexp.MustCompile(`^[A-Z][0-9]{1,3}$`).MatchString(code):
		w.WriteHeader(400)
	case method == "PUT":
		locked, said := o["locked"].(bool)
		now := box{o["text"].(string), locked || !said && is.locked && d.fault == "keeps boxes locked"}
		if d.fault != "forgets new boxes" || there {
			at.boxes[code] = now
		}
		reply(w, map[bool]int{true: 200, false: 201}[there], "application/json", now.shown(code))
	case !there:
		w.WriteHeader(404)
	case method == "GET":
		reply(w, 200, "application/json", is.shown(code))
	default:
		delete(at.boxes, code)
		w.WriteHeader(204)
	}
}

func (d *desk) ticket(w http.ResponseWriter, at *drawer, parts []string, method string, o map[string]any) {
	id, _ := strconv.Atoi(parts[1])
	i := slices.IndexFunc(at.tickets, func(ticket map[string]any) bool { return ticket["id"] == id })
	if i < 0 {
		w.WriteHeader(404)
		return
	}
	ticket := at.tickets[i]
	shown := func(open any) map[string]any {
		all := maps.Clone(ticket)
		delete(all, "pin")
		all["open"] = open
		return all
	}
	switch open := len(parts) > 2 && parts[2] == "reopen"; {
	case len(parts) > 2 && ticket["open"] == open:
		w.WriteHeader(map[bool]int{true: 500, false: 409}[d.fault == "fails for what is closed" && !open])
	case len(parts) > 2:
		if d.fault != "does not close" || open {
			ticket["open"] = open
		}
		reply(w, 200, "application/json", shown(open))
	case method == "PATCH" && d.fault == "does not quote changes" && strings.Contains(fmt.Sprint(o["title"]), "'"):
		w.WriteHeader(500)
	case method == "PATCH":
		d.patch(ticket, o)
		reply(w, 200, "application/json", shown(ticket["open"]))
	case method == "GET":
		reply(w, 200, "application/json", shown(ticket["open"]))
	case ticket["urgent"] == true:
		w.WriteHeader(409)
	case d.fault == "keeps what is deleted":
		w.WriteHeader(204)
	default:
		at.tickets = slices.Delete(at.tickets, i, i+1)
		w.WriteHeader(204)
	}
}

func (d *desk) patch(ticket, o map[string]any) {
	if _, named := o["room"]; !named && d.fault == "takes the room away" {
		ticket["room"] = nil
	}
	for name, v := range o {
		was, is := ticket[name].(map[string]any)
		inner, too := v.(map[string]any)
		switch {
		case v == nil && d.fault == "null takes nothing away":
		case is && too && d.fault != "replaces inner objects":
			guest := maps.Clone(was)
			maps.Copy(guest, inner)
			ticket[name] = guest
		default:
			ticket[name] = v
		}
	}
}

func (d *desk) list(w http.ResponseWriter, r *http.Request, at *drawer) {
	q, limit, from := r.URL.Query(), 20, 0
	if q.Has("limit") {
		limit, _ = strconv.Atoi(q.Get("limit"))
	}
	if q.Has("cursor") {
		n, err := strconv.Atoi(strings.TrimPrefix(q.Get("cursor"), "row-"))
		if from = n; err != nil || n < 0 {
			limit = 0
		}
	}
	if limit < 1 || limit > 50 {
		w.WriteHeader(400)
		return
	}
	var rows []map[string]any
	for _, ticket := range at.tickets {
		labels, _ := ticket["labels"].([]any)
		labelled := !q.Has("label") || d.fault == "forgets the label" || slices.Contains(labels, any(q.Get("label")))
		if labelled && (!q.Has("room") || d.fault == "forgets the room" || ticket["room"] == q.Get("room")) {
			rows = append(rows, ticket)
		}
	}
	total, to := len(rows), from+limit
	more := to < total && (d.fault != "leads nowhere" && (d.fault != "ends too early" || from == 0))
	if more || d.fault == "leads on for ever" && q.Has("limit") || d.fault == "moves on where nothing is" {
		q.Set("cursor", fmt.Sprint("row-", to))
		w.Header().Set("Link", "<"+r.URL.Path+"?"+q.Encode()+`>; rel="next"`)
	}
	w.Header().Set("X-Total-Count", strconv.Itoa(map[bool]int{true: total + 1, false: total}[d.fault == "counts one ticket more"]))
	reply(w, 200, "application/json", append([]map[string]any{}, rows[min(total, from):min(total, to)]...))
}

func deskKeys(t *testing.T) []string {
	file := filepath.Join(t.TempDir(), "identities.yaml")
	if err := os.WriteFile(file, []byte("other-customer: {key: desk-key-b}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"CONFORMANCE_AUTH_KEY=desk-key-a", "HOSTUP_IDENTITIES=" + file}
}

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
