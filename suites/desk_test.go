package suites_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
)

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
