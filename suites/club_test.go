package suites_test

import (
	"encoding/json"
	"maps"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const clubDocument = `
openapi: 3.1.0
info: {title: Club, version: "1"}
security: [{key: []}]
paths:
  /rules:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Rules'}}}}}}
    put:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Rules'}}}}
      responses: {"200": {description: saved, content: {application/json: {schema: {$ref: '#/components/schemas/Rules'}}}}, "400": {description: why}}
  /profile:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Profile'}}}}}}
    patch:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Profile'}}}}
      responses: {"200": {description: saved, content: {application/json: {schema: {$ref: '#/components/schemas/Profile'}}}}, "400": {description: why}}
  /tags:
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Tag'}}}}}}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Tag'}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Tag'}}}}, "400": {description: why}, "409": {description: there is one}}
  /tags/{name}:
    parameters: [{name: name, in: path, required: true, schema: {type: string}}]
    delete: {responses: {"204": {description: gone}, "404": {description: none}}}
  /games:
    get:
      parameters:
        - {name: page, in: query, schema: {type: integer, minimum: 1, default: 1}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 50, default: 20}}
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object, required: [games, total, pages], properties: {games: {type: array, items: {$ref: '#/components/schemas/Game'}}, total: {type: integer}, pages: {type: integer}}}}}}, "400": {description: why}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewGame'}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Game'}}}}, "400": {description: why}}
  /games/{gameId}:
    parameters: [{name: gameId, in: path, required: true, schema: {type: integer, minimum: 1}}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Game'}}}}, "404": {description: none}}}
    delete: {responses: {"204": {description: gone}, "404": {description: none}}}
  /games/{gameId}/moves:
    parameters: [{name: gameId, in: path, required: true, schema: {type: integer, minimum: 1}}]
    get: {responses: {"200": {description: ok, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Move'}}}}}, "404": {description: none}}}
    post:
      requestBody: {required: true, content: {application/json: {schema: {type: object, required: [text], properties: {text: {type: string, minLength: 1, maxLength: 300}}}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Move'}}}}, "400": {description: why}, "404": {description: none}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Rules: {type: object, required: [board], properties: {board: {type: string, enum: [small, large]}, motto: {type: string, maxLength: 300}}}
    Profile: {type: object, properties: {about: {type: string, maxLength: 300}, city: {type: string, maxLength: 300}}}
    Tag: {type: object, required: [name], properties: {name: {type: string, minLength: 1, maxLength: 300}}}
    NewGame: {type: object, required: [title], properties: {title: {type: string, minLength: 1, maxLength: 300}, tag: {type: string, maxLength: 300}, parentId: {type: integer, minimum: 1}}}
    Game: {type: object, required: [id, title], properties: {id: {type: integer}, title: {type: string}, tag: {type: [string, 'null']}, parentId: {type: [integer, 'null']}}}
    Move: {type: object, required: [id, text], properties: {id: {type: integer}, text: {type: string}}}
`

// club belongs to two customers: each has games, moves that only a list shows, tags that
// nothing reads one by one, and rules and a profile that are there once. A game takes a tag
// that there is, and says so when it refuses another.
type club struct {
	mu    sync.Mutex
	fault string
	next  int
	of    map[string]*member
}

type member struct {
	rules, profile map[string]any
	tags           []any
	games          []map[string]any
	moves          map[int][]any
}

func newClub() http.Handler { return faultyClub("") }

func faultyClub(fault string) http.Handler {
	c := &club{fault: fault, next: 1, of: map[string]*member{}}
	for _, key := range []string{"key-a", "key-b"} {
		m := &member{map[string]any{"board": "small", "motto": "play"}, map[string]any{"about": "plays", "city": "Turku"}, []any{map[string]any{"name": "fun"}, map[string]any{"name": "new"}}, nil, map[int][]any{}}
		c.of[key] = m
		for _, title := range []string{"chess", "go", "ludo", "halma", "poker"} {
			c.add(m, map[string]any{"title": title})
		}
	}
	return c
}

func (c *club) add(m *member, o map[string]any) map[string]any {
	game := map[string]any{"id": c.next, "tag": nil, "parentId": nil}
	maps.Copy(game, o)
	c.next++
	m.games = append(m.games, game)
	return game
}

func (c *club) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if origin := r.Header.Get("Origin"); origin != "" && c.fault == "any origin" {
		w.Header().Set("Access-Control-Allow-Origin", origin)
		w.Header().Set("Access-Control-Allow-Credentials", "true")
	}
	m := c.of[r.Header.Get("X-Key")]
	method := map[bool]string{true: "GET", false: r.Method}[r.Method == "HEAD"]
	var o map[string]any
	wrong := method != "GET" && method != "DELETE" && json.NewDecoder(r.Body).Decode(&o) != nil
	part, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	allowed := map[string][]string{"rules": {"GET", "PUT"}, "profile": {"GET", "PATCH"}, "tags": {"GET", "POST"}, "tags/": {"DELETE"}, "games": {"GET", "POST"}, "games/": {"GET", "DELETE"}, "games//moves": {"GET", "POST"}}
	kind := part
	if rest != "" {
		kind += "/"
		if _, inner, ok := strings.Cut(rest, "/"); ok {
			kind += "/" + inner
		}
	}
	switch methods := allowed[kind]; {
	case methods == nil:
		w.WriteHeader(404)
	case m == nil:
		w.Header().Set("WWW-Authenticate", "Key")
		w.WriteHeader(401)
	case !slices.Contains(methods, method):
		w.Header().Set("Allow", strings.Join(methods, ", "))
		w.WriteHeader(405)
	case wrong || refusal(m, kind, o) != "":
		reply(w, 400, "application/json", map[string]any{"message": refusal(m, kind, o)})
	case part == "rules" || part == "profile":
		c.once(w, m, part, method, o)
	case part == "tags":
		c.tags(w, m, rest, method, o)
	default:
		c.games(w, r, m, rest, method, o)
	}
}

// refusal is what is wrong with a body, as the document says or as the tags are.
func refusal(m *member, kind string, o map[string]any) string {
	if o == nil {
		return ""
	}
	for name, v := range o {
		text, isText := v.(string)
		n, isNumber := v.(float64)
		switch {
		case name == "parentId" && (!isNumber || n < 1 || n != math.Trunc(n)), name != "parentId" && (!isText || len([]rune(text)) > 300), name == "board" && text != "small" && text != "large":
			return "invalid"
		case name == "tag" && !slices.ContainsFunc(m.tags, func(tag any) bool { return tag.(map[string]any)["name"] == text }):
			return "there is no such tag"
		}
	}
	name := map[string]string{"rules": "board", "tags": "name", "games": "title", "games//moves": "text"}[kind]
	if text, _ := o[name].(string); name != "" && text == "" {
		return "invalid"
	}
	return ""
}

// once serves what is there once.
func (c *club) once(w http.ResponseWriter, m *member, part, method string, o map[string]any) {
	is := map[string]*map[string]any{"rules": &m.rules, "profile": &m.profile}[part]
	fails := func(v any) bool { text, _ := v.(string); return strings.Contains(text, "'") }
	switch {
	case method == "GET":
	case method == "PATCH" && c.fault == "does not quote" && slices.ContainsFunc(slices.Collect(maps.Values(o)), fails):
		w.WriteHeader(500)
		return
	case method == "PUT" && c.fault != "PUT merges":
		*is = o
	case method == "PATCH" && c.fault == "PATCH takes the rest away":
		*is = maps.Clone(o)
	default:
		all := maps.Clone(*is)
		maps.Copy(all, o)
		*is = all
	}
	reply(w, 200, "application/json", *is)
}

func (c *club) tags(w http.ResponseWriter, m *member, name, method string, o map[string]any) {
	at := func(name any) int {
		return slices.IndexFunc(m.tags, func(tag any) bool { return tag.(map[string]any)["name"] == name })
	}
	switch {
	case method == "GET":
		rows := slices.Clone(m.tags)
		if c.fault == "shows a tag twice" {
			rows = append(rows, rows[0])
		}
		reply(w, 200, "application/json", rows)
	case method == "DELETE" && (at(name) < 0 || c.fault == "finds nothing to delete"):
		w.WriteHeader(404)
	case method == "DELETE":
		if c.fault != "keeps what is deleted" {
			m.tags = slices.Delete(m.tags, at(name), at(name)+1)
		}
		w.WriteHeader(204)
	case at(o["name"]) >= 0:
		w.WriteHeader(map[bool]int{true: 500, false: 409}[c.fault == "fails for a tag that there is"])
	default:
		if c.fault != "forgets the tag" {
			m.tags = append(m.tags, o)
		}
		reply(w, 201, "application/json", o)
	}
}

func (c *club) games(w http.ResponseWriter, r *http.Request, m *member, rest, method string, o map[string]any) {
	first, inner, _ := strings.Cut(rest, "/")
	id, _ := strconv.Atoi(first)
	at := slices.IndexFunc(m.games, func(game map[string]any) bool { return game["id"] == id })
	parent, refers := o["parentId"].(float64)
	switch {
	case rest == "" && method == "GET":
		c.page(w, r, m)
	case refers && c.fault == "fails for an unknown parent" && parent > float64(c.next):
		w.WriteHeader(500)
	case rest == "":
		reply(w, 201, "application/json", c.add(m, o))
	case at < 0:
		w.WriteHeader(404)
	case inner == "moves" && method == "GET":
		rows := []any{}
		for game, moves := range m.moves {
			if game == id || c.fault == "moves of all games" {
				rows = append(rows, moves...)
			}
		}
		reply(w, 200, "application/json", rows)
	case inner == "moves":
		move := map[string]any{"id": c.next, "text": o["text"]}
		if c.next++; c.fault == "forgets the text" {
			move["text"] = "none"
		}
		m.moves[id] = append(m.moves[id], move)
		reply(w, 201, "application/json", move)
	case method == "GET":
		reply(w, 200, "application/json", m.games[at])
	default:
		m.games = slices.Delete(m.games, at, at+1)
		w.WriteHeader(204)
	}
}

func (c *club) page(w http.ResponseWriter, r *http.Request, m *member) {
	number := func(name string, most, otherwise int) int {
		if !r.URL.Query().Has(name) {
			return otherwise
		}
		n, err := strconv.Atoi(r.URL.Query().Get(name))
		if err != nil || n < 1 || n > most {
			return 0
		}
		return n
	}
	page, limit := number("page", 1<<31, 1), number("limit", 50, 20)
	if page == 0 || limit == 0 {
		w.WriteHeader(400)
		return
	}
	var rows []map[string]any
	for _, key := range []string{"key-a", "key-b"} {
		if c.of[key] == m || c.fault == "lists the games of others" {
			rows = append(rows, c.of[key].games...)
		}
	}
	total, pages := len(rows), (len(rows)+limit-1)/limit
	rows = slices.Clone(rows[min(len(rows), (page-1)*limit):min(len(rows), page*limit)])
	switch {
	case c.fault == "counts one page more":
		pages++
	case c.fault == "counts the rows of a page":
		total = len(rows)
	case c.fault == "leaves the last row of a page out" && len(rows) > 1:
		rows = rows[:len(rows)-1]
	}
	reply(w, 200, "application/json", map[string]any{"games": rows, "total": total, "pages": pages})
}

// clubKeys are the credentials of both customers.
func clubKeys(t *testing.T) []string { return keysOf(t, "key-a", "key-b") }
