package suites_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
)

// A till has customers in pages that begin behind a row, charges of them that are captured at
// once or later, and notes below a customer.
const tillDocument = `
openapi: 3.0.3
info: {title: Till, version: "1"}
paths:
  /customers:
    get:
      parameters: [{name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100}}, {name: starting_after, in: query, schema: {type: string}}]
      responses: {"200": {description: customers, content: {application/json: {schema: {type: object, required: [data, has_more], properties: {data: {type: array, items: {$ref: "#/components/schemas/Customer"}}, has_more: {type: boolean}}}}}}, "400": &no {description: no}}
    post: {requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Named"}}}}, responses: {"201": &customer {description: one, content: {application/json: {schema: {$ref: "#/components/schemas/Customer"}}}}, "400": *no}}
  /customers/batch:
    post:
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [items], properties: {items: {type: array, minItems: 1, maxItems: 9, items: {$ref: "#/components/schemas/Named"}}}}}}}
      responses: {"200": {description: a result for each, content: {application/json: {schema: {type: object, required: [results], properties: {results: {type: array, items: {type: object, required: [status], properties: {status: {type: integer}, customer: {$ref: "#/components/schemas/Customer"}}}}}}}}}, "400": *no}
  /customers/{customer_id}:
    parameters: &id [{name: customer_id, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": *customer, "404": *no}}
    delete: {description: One with notes stays., responses: {"204": {description: gone}, "404": *no, "409": *no}}
  /customers/{customer_id}/notes:
    parameters: *id
    get: {responses: {"200": {description: notes, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Customer"}}}}}, "404": *no}}
    post: {requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Named"}}}}, responses: {"201": *customer, "400": *no, "404": *no}}
  /customers/{customer_id}/notes/{note_id}:
    parameters: [{name: customer_id, in: path, required: true, schema: {type: string}}, {name: note_id, in: path, required: true, schema: {type: string}}]
    delete: {responses: {"204": {description: gone}, "404": *no}}
  /charges:
    post:
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [amount], properties: {amount: {type: integer, minimum: 1, maximum: 100000}, capture: {type: boolean, default: true}}}}}}
      responses: {"201": &charge {description: one, content: {application/json: {schema: {$ref: "#/components/schemas/Charge"}}}}, "400": *no}
  /charges/{charge_id}:
    parameters: &charged [{name: charge_id, in: path, required: true, schema: {type: string}}]
    get: {responses: {"200": *charge, "404": *no}}
  /charges/{charge_id}/capture:
    parameters: *charged
    post: {responses: {"200": *charge, "404": *no, "409": *no}}
components:
  schemas:
    Named: {type: object, required: [name], properties: {name: {type: string, minLength: 1, maxLength: 40}}}
    Customer: {type: object, required: [id, name], properties: {id: {type: string}, name: {type: string}}}
    Charge: {type: object, required: [id, amount, status], properties: {id: {type: string}, amount: {type: integer}, status: {type: string, enum: [authorized, captured]}}}
`

func newTill() http.Handler { return faultyTill("") }

// till has one fault, or none.
type till struct {
	mu        sync.Mutex
	fault     string
	next      int
	customers []map[string]any
	notes     map[string][]map[string]any // by customer
	charges   map[string]map[string]any
}

func faultyTill(fault string) http.Handler {
	x := &till{fault: fault, notes: map[string][]map[string]any{}, charges: map[string]map[string]any{}}
	for _, name := range []string{"ada", "bob", "cyd", "dan", "eve"} {
		x.customers = append(x.customers, map[string]any{"id": x.id("cus"), "name": name})
	}
	mux := http.NewServeMux()
	for pattern, serve := range map[string]func(http.ResponseWriter, *http.Request){
		"GET /customers": x.list, "POST /customers": x.create, "POST /customers/batch": x.createAll, "GET /customers/{id}": x.show, "DELETE /customers/{id}": x.remove,
		"GET /customers/{id}/notes": x.listNotes, "POST /customers/{id}/notes": x.note, "DELETE /customers/{id}/notes/{note}": x.removeNote,
		"POST /charges": x.charge, "GET /charges/{id}": x.showCharge, "POST /charges/{id}/capture": x.capture,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			x.mu.Lock()
			defer x.mu.Unlock()
			serve(w, r)
		})
	}
	return mux
}

func (x *till) id(kind string) string {
	x.next++
	return fmt.Sprintf("%s_%04x", kind, x.next*7919)
}

func (x *till) at(id string) int {
	return slices.IndexFunc(x.customers, func(c map[string]any) bool { return c["id"] == id })
}

func (x *till) list(w http.ResponseWriter, r *http.Request) {
	limit, rows := 10, x.customers
	if text := r.URL.Query().Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if limit = n; err != nil || n < 1 || n > 100 {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
	}
	if r.URL.Query().Has("starting_after") {
		at := x.at(r.URL.Query().Get("starting_after"))
		if at < 0 {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		if x.fault != "begins with the row" {
			at++
		}
		rows = rows[at:]
	}
	more := len(rows) > limit && x.fault != "says that it ends" || x.fault == "says that it never ends"
	reply(w, http.StatusOK, "application/json", map[string]any{"data": append([]map[string]any{}, rows[:min(limit, len(rows))]...), "has_more": more})
}

// named reads a body with a name.
func (x *till) named(w http.ResponseWriter, r *http.Request, kind string) map[string]any {
	sent := map[string]any{}
	err := json.NewDecoder(r.Body).Decode(&sent)
	name, _ := sent["name"].(string)
	if err != nil || name == "" || len([]rune(name)) > 40 {
		w.WriteHeader(http.StatusBadRequest)
		return nil
	}
	return map[string]any{"id": x.id(kind), "name": name}
}

func (x *till) create(w http.ResponseWriter, r *http.Request) {
	if one := x.named(w, r, "cus"); one != nil {
		x.customers = append(x.customers, one)
		reply(w, http.StatusCreated, "application/json", one)
	}
}

func (x *till) createAll(w http.ResponseWriter, r *http.Request) {
	var sent struct{ Items []map[string]any }
	err := json.NewDecoder(r.Body).Decode(&sent)
	if err != nil || len(sent.Items) == 0 || len(sent.Items) > 9 {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	results, made := []any{}, []map[string]any{}
	for _, item := range sent.Items {
		name, _ := item["name"].(string)
		if name == "" || len([]rune(name)) > 40 {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		one := map[string]any{"id": x.id("cus"), "name": name}
		made = append(made, one)
		results = append(results, map[string]any{"status": http.StatusCreated, "customer": one})
	}
	if x.fault != "keeps none of several" {
		x.customers = append(x.customers, made...)
	}
	reply(w, http.StatusOK, "application/json", map[string]any{"results": results})
}

// known reports whether there is the customer of a path, and answers if not.
func (x *till) known(w http.ResponseWriter, r *http.Request) bool {
	if x.at(r.PathValue("id")) < 0 {
		w.WriteHeader(http.StatusNotFound)
		return false
	}
	return true
}

func (x *till) show(w http.ResponseWriter, r *http.Request) {
	if x.known(w, r) {
		reply(w, http.StatusOK, "application/json", x.customers[x.at(r.PathValue("id"))])
	}
}

func (x *till) remove(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	switch {
	case !x.known(w, r):
	case len(x.notes[id]) > 0 && x.fault == "fails for notes":
		w.WriteHeader(http.StatusInternalServerError)
	case len(x.notes[id]) > 0:
		w.WriteHeader(http.StatusConflict)
	default:
		x.customers = slices.Delete(x.customers, x.at(id), x.at(id)+1)
		w.WriteHeader(http.StatusNoContent)
	}
}

func (x *till) listNotes(w http.ResponseWriter, r *http.Request) {
	if x.known(w, r) {
		reply(w, http.StatusOK, "application/json", append([]map[string]any{}, x.notes[r.PathValue("id")]...))
	}
}

func (x *till) note(w http.ResponseWriter, r *http.Request) {
	if !x.known(w, r) {
		return
	}
	if one := x.named(w, r, "note"); one != nil {
		x.notes[r.PathValue("id")] = append(x.notes[r.PathValue("id")], one)
		reply(w, http.StatusCreated, "application/json", one)
	}
}

func (x *till) removeNote(w http.ResponseWriter, r *http.Request) {
	id, had := r.PathValue("id"), len(x.notes[r.PathValue("id")])
	x.notes[id] = slices.DeleteFunc(x.notes[id], func(n map[string]any) bool { return n["id"] == r.PathValue("note") })
	if len(x.notes[id]) == had {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (x *till) charge(w http.ResponseWriter, r *http.Request) {
	sent := map[string]any{}
	d := json.NewDecoder(r.Body)
	d.UseNumber()
	err := d.Decode(&sent)
	amount, isNumber := sent["amount"].(json.Number)
	n, wrong := strconv.ParseFloat(amount.String(), 64)
	capture, isBool := sent["capture"].(bool)
	if _, given := sent["capture"]; err != nil || !isNumber || wrong != nil || n < 1 || n > 100000 || n != float64(int(n)) || given && !isBool {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	one := map[string]any{"id": x.id("ch"), "amount": int(n), "status": "captured"}
	if isBool && !capture {
		one["status"] = "authorized"
	}
	x.charges[one["id"].(string)] = one
	reply(w, http.StatusCreated, "application/json", one)
}

func (x *till) showCharge(w http.ResponseWriter, r *http.Request) {
	if one := x.charges[r.PathValue("id")]; one != nil {
		reply(w, http.StatusOK, "application/json", one)
		return
	}
	w.WriteHeader(http.StatusNotFound)
}

func (x *till) capture(w http.ResponseWriter, r *http.Request) {
	one := x.charges[r.PathValue("id")]
	switch {
	case one == nil:
		w.WriteHeader(http.StatusNotFound)
	case one["status"] == "captured":
		w.WriteHeader(http.StatusConflict)
	default:
		one["status"] = "captured"
		reply(w, http.StatusOK, "application/json", one)
		if x.fault == "captures nothing" {
			one["status"] = "authorized"
		}
	}
}
