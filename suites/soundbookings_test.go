package suites_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

const bookingDocument = `
openapi: 3.1.0
info: {title: Bookings, version: "1"}
paths:
  /health: {get: {responses: {"200": {description: ok, content: {text/plain: {schema: {type: string}}}}}}}
  /bookings:
    get:
      parameters: [{name: limit, in: query, schema: {type: integer, minimum: 1}}, {name: offset, in: query, schema: {type: integer, minimum: 0}}]
      responses: {"200": {description: ok, content: {application/json: {schema: {type: object, required: [items, total], properties: {items: {type: array, items: {$ref: '#/components/schemas/Booking'}}, total: {type: integer, description: how many there are}}}}, text/event-stream: {}}}, "400": {description: no}}
    post:
      parameters: [{name: Idempotency-Key, in: header, schema: {type: string}}]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewBooking'}}}}
      responses: {"201": {description: made, content: {application/json: {schema: {$ref: '#/components/schemas/Booking'}}}}, "400": {description: no}, "415": {description: JSON alone}}
  /bookings/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    get: {responses: {"200": {description: ok, headers: {ETag: {schema: {type: string}}}, content: {application/json: {schema: {$ref: '#/components/schemas/Booking'}}, application/xml: {schema: {$ref: '#/components/schemas/Short'}}}}, "304": {description: as before}, "404": {description: none}}}
    put:
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewBooking'}}}}
      responses: {"200": {description: changed, content: {application/json: {schema: {$ref: '#/components/schemas/Booking'}}}}, "400": {description: no}, "404": {description: none}}
    patch:
      requestBody: {required: true, content: {application/merge-patch+json: {schema: {type: object, minProperties: 1, properties: {remark: {type: string, maxLength: 60}, nights: {type: integer, minimum: 1, maximum: 30}}}}}}
      responses: {"200": {description: changed, content: {application/json: {schema: {$ref: '#/components/schemas/Booking'}}}}, "400": {description: no}, "404": {description: none}}
    delete: {responses: {"204": {description: gone}, "404": {description: none}}}
components:
  schemas:
    Guest: {type: object, required: [name], additionalProperties: false, properties: {name: {type: string, minLength: 2, maxLength: 40}, age: {type: integer, minimum: 18, maximum: 120}, email: {type: string, format: email}}}
    NewBooking:
      type: object
      required: [guest, room, nights]
      properties:
        guest: {$ref: '#/components/schemas/Guest'}
        room: {type: string, enum: [single, double]}
        nights: {type: integer, minimum: 1, maximum: 30}
        code: {type: string, pattern: '^[A-Z]{3}-\d{2}$'}
        remark: {type: string, maxLength: 60}
        tags: {type: array, minItems: 1, maxItems: 3, uniqueItems: true, items: {type: string, maxLength: 8}}
        paid: {type: boolean, default: false}
        memo: {type: string, writeOnly: true}
    Booking: {allOf: [{$ref: '#/components/schemas/NewBooking'}, {required: [id], properties: {id: {type: integer}}}]}
    Short: {type: object, required: [id, room], xml: {name: booking}, properties: {id: {type: integer}, room: {type: string, enum: [single, double]}}}
`

// bookings checks all that its document says of a body, each by a name. It has one fault,
// or none: such a name is what it does not check.
type bookings struct {
	mu    sync.Mutex
	fault string
	all   map[int]map[string]any
	keys  map[string]int
	next  int
}

func newBookings() http.Handler { return faultyBookings("") }

func faultyBookings(fault string) http.Handler {
	s := &bookings{fault: fault, all: map[int]map[string]any{}, keys: map[string]int{}}
	for _, room := range []string{"single", "double", "single"} {
		s.add(map[string]any{"guest": map[string]any{"name": "Ada"}, "room": room, "nights": json.Number("2")})
	}
	return s
}

func (s *bookings) add(o map[string]any) map[string]any {
	s.next++
	b := maps.Clone(o)
	b["id"] = s.next
	if b["paid"] == nil {
		b["paid"] = false
	}
	delete(b, "memo")
	switch s.fault {
	case "shows the memo elsewhere":
		b["hint"] = o["memo"]
	case "loses the remark":
		delete(b, "remark")
	case "changes the remark":
		if b["remark"] != nil {
			b["remark"] = "none"
		}
	}
	s.all[s.next] = b
	return b
}

// wrong returns the names of what is wrong with a body.
func wrongBooking(o map[string]any) (names []string) {
	bad := func(name string, is bool) {
		if is {
			names = append(names, name)
		}
	}
	whole := func(v any, least, most int) (kind, low, high bool) {
		n, number := v.(json.Number)
		i, err := strconv.Atoi(string(n))
		return v != nil && (!number || err != nil), number && err == nil && i < least, number && err == nil && i > most
	}
	text := func(o map[string]any, name string) (string, bool) {
		v, is := o[name].(string)
		_, there := o[name]
		return v, is || !there
	}
	guest, isObject := o["guest"].(map[string]any)
	name, isText := text(guest, "name")
	bad("a guest", !isObject)
	bad("the name of a guest", isObject && guest["name"] == nil)
	bad("a short name", guest["name"] != nil && isText && len(name) < 2)
	bad("a long name", len(name) > 40)
	bad("a name that is no text", !isText)
	kind, low, high := whole(guest["age"], 18, 120)
	bad("an age that is no number", kind)
	bad("a child", low)
	bad("an old guest", high)
	_, isText = text(guest, "email")
	bad("an address that is no text", !isText)
	for member := range guest {
		bad("more of a guest", !strings.Contains("name age email", member))
	}
	room, isText := text(o, "room")
	bad("a room", o["room"] == nil)
	bad("a room that there is", o["room"] != nil && (!isText || room != "single" && room != "double"))
	kind, low, high = whole(o["nights"], 1, 30)
	bad("the nights", o["nights"] == nil)
	bad("nights in numbers", kind)
	bad("no night", low)
	bad("31 nights", high)
	code, isText := text(o, "code")
	bad("a code", !isText || o["code"] != nil && !regexp.MustCompile(`^[A-Z]{3}-\d{2}$`).MatchString(code))
	remark, isText := text(o, "remark")
	bad("a remark", !isText)
	_, isText = text(o, "memo")
	bad("a memo", !isText)
	bad("a long remark", len(remark) > 60)
	if _, there := o["tags"]; there {
		list, isList := o["tags"].([]any)
		bad("a list of tags", !isList)
		bad("an empty list", isList && len(list) == 0)
		bad("many tags", len(list) > 3)
		seen := map[any]bool{}
		for _, v := range list {
			tag, isText := v.(string)
			bad("tags that are texts", !isText)
			bad("long tags", len(tag) > 8)
			bad("a tag twice", isText && seen[tag])
			seen[tag] = true
		}
	}
	_, isBool := o["paid"].(bool)
	bad("paid or not", o["paid"] != nil && !isBool)
	return names
}

func (s *bookings) body(r *http.Request) (o map[string]any, ok bool) {
	d := json.NewDecoder(r.Body)
	d.UseNumber()
	return o, d.Decode(&o) == nil && o != nil
}

func (s *bookings) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Accept") == "text/event-stream" {
		w.Header().Set("Content-Type", "text/event-stream")
		w.(http.Flusher).Flush()
		<-r.Context().Done() // bookings as they come
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	path, item := strings.CutPrefix(r.URL.Path, "/bookings/")
	id, err := strconv.Atoi(path)
	methods := map[bool]string{true: "GET, HEAD, PUT, PATCH, DELETE", false: "GET, HEAD, POST"}[item]
	if r.URL.Path == "/health" {
		methods = "GET, HEAD"
	}
	switch {
	case r.URL.Path == "/health" && strings.Contains(methods, r.Method):
		reply(w, 200, "text/plain", "well\n")
	case r.URL.Path == "/health":
		w.Header().Set("Allow", methods)
		http.Error(w, "no", http.StatusMethodNotAllowed)
	case !item && r.URL.Path != "/bookings" || item && (err != nil || s.all[id] == nil):
		http.Error(w, "none", 404)
	case !strings.Contains(methods, r.Method):
		w.Header().Set("Allow", methods)
		http.Error(w, "no", http.StatusMethodNotAllowed)
	case !item && r.Method == "POST":
		s.create(w, r)
	case !item:
		s.page(w, r)
	case r.Method == "DELETE":
		delete(s.all, id)
		w.WriteHeader(204)
	case r.Method == "PUT" || r.Method == "PATCH":
		s.change(w, r, id)
	default:
		s.show(w, r, s.all[id])
	}
}

// refuses answers a body with a fault that is looked for.
func (s *bookings) refuses(w http.ResponseWriter, r *http.Request, o map[string]any, ok bool) bool {
	for _, name := range wrongBooking(o) {
		if name == s.fault {
			continue
		}
		if r.Method == "POST" && "fails without "+name == s.fault {
			http.Error(w, "panic", 500)
		} else {
			http.Error(w, name, 400)
		}
		return true
	}
	if !ok {
		http.Error(w, "no", 400)
	}
	return !ok
}

func (s *bookings) create(w http.ResponseWriter, r *http.Request) {
	o, ok := s.body(r)
	key := r.Header.Get("Idempotency-Key")
	switch earlier := s.all[s.keys[key]]; {
	case r.Header.Get("Content-Type") != "application/json" && s.fault != "any media type":
		http.Error(w, "JSON alone", http.StatusUnsupportedMediaType)
	case s.refuses(w, r, o, ok):
	case key != "" && earlier != nil && s.fault != "makes it again":
		reply(w, 201, "application/json", earlier)
	default:
		b := s.add(o)
		s.keys[key] = s.next
		reply(w, 201, "application/json", b)
	}
}

func (s *bookings) page(w http.ResponseWriter, r *http.Request) {
	list := []any{}
	for id := 1; id <= s.next; id++ {
		if s.all[id] != nil {
			list = append(list, s.all[id])
		}
	}
	total := len(list)
	for name, least := range map[string]int{"offset": 0, "limit": 1} {
		text := r.URL.Query().Get(name)
		n, err := strconv.Atoi(text)
		switch {
		case text == "":
		case err != nil || n < least:
			http.Error(w, name, 400)
			return
		}
	}
	if offset, err := strconv.Atoi(r.URL.Query().Get("offset")); err == nil {
		list = list[min(offset, len(list)):]
	}
	if limit, err := strconv.Atoi(r.URL.Query().Get("limit")); err == nil {
		list = list[:min(limit, len(list))]
	}
	if s.fault == "counts the page" {
		total = len(list)
	}
	reply(w, 200, "application/json", map[string]any{"items": list, "total": total})
}

func (s *bookings) change(w http.ResponseWriter, r *http.Request, id int) {
	o, ok := s.body(r)
	whole := maps.Clone(s.all[id])
	if r.Method == "PUT" && s.fault != "PUT merges" {
		whole = map[string]any{"paid": false}
	}
	if r.Method == "PATCH" && s.fault == "PATCH loses the tags" {
		delete(whole, "tags")
	}
	for name, v := range o {
		if whole[name] = v; v == nil && r.Method == "PATCH" {
			delete(whole, name) // RFC 7396
		}
	}
	if s.refuses(w, r, whole, ok) {
		return
	}
	whole["id"] = id
	delete(whole, "memo")
	s.all[id] = whole
	reply(w, 200, "application/json", whole)
}

func (s *bookings) show(w http.ResponseWriter, r *http.Request, b map[string]any) {
	text, _ := json.Marshal(b)
	mediaType := "application/json"
	if strings.HasPrefix(r.Header.Get("Accept"), "application/xml") {
		mediaType = "application/xml"
		room := b["room"]
		if s.fault == "another room in XML" {
			room = "suite"
		}
		text = fmt.Appendf(nil, "<booking><id>%v</id><room>", b["id"])
		var escaped bytes.Buffer
		xml.EscapeText(&escaped, []byte(fmt.Sprint(room)))
		text = append(append(text, escaped.Bytes()...), "</room></booking>"...)
	}
	h := fnv.New32()
	h.Write(text)
	tag := fmt.Sprintf(`"%x"`, h.Sum32())
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag && s.fault != "200 for the tag" {
		w.WriteHeader(304)
		return
	}
	if r.Method == "HEAD" && s.fault == "HEAD of another type" {
		mediaType = "text/html"
	}
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	if r.Method != "HEAD" {
		io.Copy(w, bytes.NewReader(text))
	}
}
