package suites_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"sync"
)

// There is one room, and no way to create another: if it is deleted before all other
// requests, none of them can see it.
const roomDocument = `
openapi: 3.1.0
info: {title: Rooms, version: "1"}
paths:
  /rooms/{roomId}:
    parameters: [{$ref: "#/components/parameters/roomId"}]
    delete:
      responses: {"204": {description: gone}, "404": {description: no such room}}
    get:
      responses:
        "200": {description: a room, content: {application/json: {schema: {$ref: "#/components/schemas/Room"}}}}
        "404": {description: no such room}
    patch:
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [topic], properties: {topic: {type: string, minLength: 1}}}}}}
      responses:
        "200": {description: a room, content: {application/json: {schema: {$ref: "#/components/schemas/Room"}}}}
        "400": {description: not a room}
        "404": {description: no such room}
  /rooms/{roomId}/guests/{guest}:
    parameters:
      - {$ref: "#/components/parameters/roomId"}
      - {name: guest, in: path, required: true, schema: {type: string}, example: ada}
    delete:
      responses: {"204": {description: gone}, "404": {description: no such guest}}
    get:
      responses:
        "200": {description: a guest, content: {application/json: {schema: {type: object, required: [name], properties: {name: {type: string}}}}}}
        "404": {description: no such guest}
  /rooms:
    get:
      responses:
        "200": {description: rooms, content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Room"}}}}}
components:
  parameters:
    roomId: {name: roomId, in: path, required: true, schema: {type: string}}
  schemas:
    Room: {type: object, required: [id, topic], properties: {id: {type: string}, topic: {type: string}}}
`

func newRooms() http.Handler {
	type room struct {
		ID     string          `json:"id"`
		Topic  string          `json:"topic"`
		Guests map[string]bool `json:"-"`
	}
	var mu sync.Mutex
	rooms := map[string]*room{"r17": {"r17", "tea", map[string]bool{"ada": true}}}
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(v) // writes to memory
	}
	mux := http.NewServeMux()
	handle := func(pattern string, do func(w http.ResponseWriter, r *http.Request, in *room)) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			in := rooms[r.PathValue("room")]
			if guest := r.PathValue("guest"); in == nil || guest != "" && !in.Guests[guest] {
				w.WriteHeader(http.StatusNotFound)
				return
			}
			do(w, r, in)
		})
	}
	mux.HandleFunc("GET /rooms", func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		answer(w, append([]*room{}, slices.Collect(maps.Values(rooms))...))
	})
	handle("GET /rooms/{room}", func(w http.ResponseWriter, _ *http.Request, in *room) { answer(w, in) })
	handle("DELETE /rooms/{room}", func(w http.ResponseWriter, _ *http.Request, in *room) {
		delete(rooms, in.ID)
		w.WriteHeader(http.StatusNoContent)
	})
	handle("PATCH /rooms/{room}", func(w http.ResponseWriter, r *http.Request, in *room) {
		var sent struct{ Topic string }
		if err := json.NewDecoder(r.Body).Decode(&sent); err != nil || sent.Topic == "" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		in.Topic = sent.Topic
		answer(w, in)
	})
	handle("GET /rooms/{room}/guests/{guest}", func(w http.ResponseWriter, r *http.Request, _ *room) {
		answer(w, map[string]string{"name": r.PathValue("guest")})
	})
	handle("DELETE /rooms/{room}/guests/{guest}", func(w http.ResponseWriter, r *http.Request, in *room) {
		delete(in.Guests, r.PathValue("guest"))
		w.WriteHeader(http.StatusNoContent)
	})
	return mux
}
