package suites_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
)

const (
	loanReader, loanApp = "ada:lovelace-4711", "app-key-4711-abcdef"

	loansDocument = `
openapi: 3.1.0
info: {title: Loans, version: "1"}
security: [{reader: [], app: []}]
paths:
  /members:
    get:
      parameters: [{name: state, in: query, schema: {enum: [active, closed]}}, {name: q, in: query, schema: {type: string}}, {name: limit, in: query, schema: {type: integer, minimum: 1}}, {name: offset, in: query, schema: {type: integer, minimum: 0}}, {name: sort, in: query, schema: {enum: [number, -number]}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Member'}}}}}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [number], properties: {number: {type: string, pattern: '^[0-9]{8}$'}}}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Member'}}}}, "409": {description: known}}
  /members/{memberId}:
    get:
      parameters: [{name: memberId, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Member'}}}}, "404": {description: none}}
  /loans:
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewLoan'}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Loan'}}}}, "422": {description: no such member}}
  /exports:
    post: {responses: {"202": {description: begun, headers: {Location: {schema: {type: string}}}}}}
  /jobs/{job}:
    get:
      parameters: [{name: job, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object, required: [done], properties: {done: {type: boolean}}}}}}, "404": {description: none}}
components:
  securitySchemes: {reader: {type: http, scheme: basic}, app: {type: apiKey, in: header, name: X-App}}
  schemas:
    Member: {type: object, required: [id, number, state], properties: {id: {type: string}, number: {type: string}, state: {enum: [active, closed]}}}
    NewLoan: {type: object, required: [member_id, item], properties: {member_id: {type: string}, item: {oneOf: [{$ref: '#/components/schemas/Book'}, {$ref: '#/components/schemas/Film'}]}}}
    Loan: {type: object, required: [member_id, item], properties: {member_id: {type: string}, item: {oneOf: [{$ref: '#/components/schemas/Book'}, {$ref: '#/components/schemas/Film'}]}}}
    Book: {type: object, required: [pages], additionalProperties: false, properties: {pages: {type: integer, minimum: 1}}}
    Film: {type: object, required: [minutes], additionalProperties: false, properties: {minutes: {type: integer, minimum: 1}}}
`
)

var loansEnv = []string{"CONFORMANCE_AUTH_READER=" + loanReader, "CONFORMANCE_AUTH_APP=" + loanApp}

// loans lends what there is to members that there are, has each number of a member once,
// wants two credentials, and shows what it began at an address of its own. It has one
// fault, or none.
type loans struct {
	mu      sync.Mutex
	fault   string
	numbers []string
	jobs    int
}

func newLoans() http.Handler { return faultyLoans("") }

func faultyLoans(fault string) http.Handler {
	return &loans{fault: fault, numbers: []string{"99999999", "11112222", "33334444"}} // the first is made up soonest
}

func (s *loans) member(i int) map[string]any {
	return map[string]any{"id": "m" + strconv.Itoa(i), "number": s.numbers[i], "state": []string{"active", "closed"}[i%2]}
}

func (s *loans) known(id any) bool {
	for i := range s.numbers {
		if id == "m"+strconv.Itoa(i) {
			return true
		}
	}
	return false
}

func (s *loans) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name, password, _ := r.BasicAuth()
	right := name+":"+password == loanReader || s.fault == "forgets the password" && name == "ada"
	app := r.Header.Get("X-App") == loanApp || s.fault == "forgets the app"
	kind, id, _ := strings.Cut(strings.Trim(r.URL.Path, "/"), "/")
	methods := map[string]string{"members": "GET, POST", "loans": "POST", "exports": "POST", "jobs": "GET"}[kind]
	if id != "" {
		methods = "GET"
	}
	switch {
	case methods == "" || id != "" && kind != "members" && kind != "jobs":
		w.WriteHeader(404)
	case !strings.Contains(methods, r.Method):
		w.Header().Set("Allow", methods)
		w.WriteHeader(405)
	case !right || !app:
		w.Header().Set("WWW-Authenticate", "Basic")
		w.WriteHeader(401)
	case kind == "exports":
		s.jobs++
		w.Header().Set("Location", "/jobs/j"+strconv.Itoa(s.jobs))
		w.WriteHeader(202)
	case kind == "jobs":
		if n, err := strconv.Atoi(strings.TrimPrefix(id, "j")); err != nil || n < 1 || n > s.jobs {
			w.WriteHeader(404)
			return
		}
		reply(w, 200, "application/json", map[string]any{"done": true})
	case r.Method == "GET" && id != "":
		if !s.known(id) {
			w.WriteHeader(404)
			return
		}
		i, _ := strconv.Atoi(id[1:])
		reply(w, 200, "application/json", s.member(i))
	case r.Method == "GET":
		s.members(w, r)
	default:
		s.make(w, r, kind)
	}
}

func (s *loans) members(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	state := q.Get("state")
	switch {
	case state == "closed" && s.fault == "fails for one word", strings.Contains(q.Get("q"), "'") && s.fault == "does not quote":
		w.WriteHeader(500)
		return
	case q.Has("state") && state != "active" && state != "closed":
		w.WriteHeader(400)
		return
	}
	list := []map[string]any{}
	for i := range s.numbers {
		m := s.member(i)
		if (state == "" || m["state"] == state || s.fault == "forgets the filter") && strings.Contains(s.numbers[i], q.Get("q")) {
			list = append(list, m)
		}
	}
	if sort := q.Get("sort"); sort != "" {
		slices.SortFunc(list, func(a, b map[string]any) int { return strings.Compare(a["number"].(string), b["number"].(string)) })
		if sort == "-number" && s.fault != "sorts one way" {
			slices.Reverse(list)
		}
	}
	limit, offset, ok := len(list), 0, true
	for name, n := range map[string]*int{"limit": &limit, "offset": &offset} {
		if v := q.Get(name); v != "" {
			i, err := strconv.Atoi(v)
			*n, ok = i, ok && err == nil && i >= 0
		}
	}
	if !ok || q.Get("limit") != "" && limit < 1 || q.Has("sort") && q.Get("sort") != "number" && q.Get("sort") != "-number" {
		w.WriteHeader(400)
		return
	}
	first := map[string]int{"shows a row twice": offset - 1, "leaves a row out": offset + 1}[s.fault]
	if first < 0 || offset == 0 || first == 0 && s.fault != "shows a row twice" {
		first = offset
	}
	first = min(first, len(list))
	last := min(first+limit, len(list))
	if s.fault == "forgets the limit" {
		last = len(list)
	}
	reply(w, 200, "application/json", list[first:last])
}

func (s *loans) make(w http.ResponseWriter, r *http.Request, kind string) {
	o, ok := object(r)
	number, _ := o["number"].(string)
	item, _ := o["item"].(map[string]any)
	minutes, film := item["minutes"].(float64)
	pages, book := item["pages"].(float64)
	whole := film && minutes >= 1 && minutes == float64(int64(minutes)) || book && pages >= 1 && pages == float64(int64(pages))
	switch {
	case kind == "members" && (!ok || len(number) != 8 || strings.Trim(number, "0123456789") != ""), kind == "loans" && (len(item) != 1 || !whole):
		w.WriteHeader(400)
	case kind == "loans" && !s.known(o["member_id"]):
		w.WriteHeader(422)
	case kind == "loans" && film && s.fault == "fails for films":
		w.WriteHeader(500)
	case kind == "loans" && film && s.fault == "shows films as neither":
		reply(w, 201, "application/json", map[string]any{"member_id": o["member_id"], "item": map[string]any{}})
	case kind == "loans":
		reply(w, 201, "application/json", map[string]any{"member_id": o["member_id"], "item": item})
	default:
		for _, n := range s.numbers {
			if n == number {
				w.WriteHeader(409)
				return
			}
		}
		s.numbers = append(s.numbers, number)
		reply(w, 201, "application/json", s.member(len(s.numbers)-1))
	}
}
