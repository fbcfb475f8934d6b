package suites_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestUnsoundArchive(t *testing.T) {
	unsound(t, archiveDocument, nil, faultyArchive, map[string]string{
		"leads past a page":         "SHOULD LIST-PAGE-001 GET /t/{tenant}/boxes body",
		"any size":                  "SHOULD LIST-LIMIT-001 GET /t/{tenant}/boxes body",
		"one way":                   "SHOULD LIST-SORT-001 GET /t/{tenant}/boxes body",
		"of any time":               "SHOULD LIST-FILTER-001 GET /t/{tenant}/boxes body",
		"any tag":                   "MUST HTTP-MATCH-001 PUT /t/{tenant}/boxes/{box_id} status",
		"a file of another box":     "SHOULD STATE-WITHIN-001 GET /t/{tenant}/boxes/{box_id}/files/{file_id} status",
		"files of all boxes":        "SHOULD STATE-LIST-001 GET /t/{tenant}/boxes/{box_id}/files body",
		"other bytes":               "SHOULD STATE-CREATE-002 GET /t/{tenant}/boxes/{box_id}/files/{file_id}/content body",
		"an export that is nowhere": "SHOULD STATE-CREATE-001 GET /t/{tenant}/exports/{export_id} status",
		"makes two":                 "SHOULD STATE-LIST-001 GET /t/{tenant}/boxes body",
		"cuts names":                "SHOULD STATE-CREATE-002 GET /t/{tenant}/boxes/{box_id} $.name",
		"pays nothing":              "SHOULD STATE-ACTION-001 GET /t/{tenant}/orders/{order_id} $.state",
	})
}

func (s *archive) find(r *http.Request) int {
	return slices.IndexFunc(s.boxes, func(b *archiveBox) bool { return b.ID == r.PathValue("box") })
}

func (b *archiveBox) tag() string { return fmt.Sprintf(`"%x"`, sha256.Sum256(fmt.Append(nil, *b))) }

func (s *archive) box(w http.ResponseWriter, r *http.Request) {
	i := s.find(r)
	switch {
	case i < 0:
		w.WriteHeader(404)
	case r.Method == "DELETE":
		s.boxes = slices.Delete(s.boxes, i, i+1)
		w.WriteHeader(204)
	default:
		w.Header().Set("ETag", s.boxes[i].tag())
		reply(w, 200, "application/json", s.boxes[i])
	}
}

func (s *archive) putBox(w http.ResponseWriter, r *http.Request) {
	i, status := s.find(r), 200
	var b archiveBox
	read := json.NewDecoder(r.Body)
	read.DisallowUnknownFields()
	var sent struct {
		Name   *string `json:"name"`
		Weight *int    `json:"weight"`
	}
	if r.Method == "PUT" && i < 0 {
		w.WriteHeader(404)
		return
	}
	if read.Decode(&sent) != nil || sent.Name == nil || *sent.Name == "" || sent.Weight == nil || *sent.Weight < 1 || *sent.Weight > 900 {
		w.WriteHeader(400)
		return
	}
	if r.Method == "POST" {
		s.last++
		i, status = len(s.boxes), 201
		w.Header().Set("Location", r.URL.Path+"/b-"+strconv.Itoa(s.last))
		s.boxes = append(s.boxes, &archiveBox{ID: "b-" + strconv.Itoa(s.last), Created: time.Now().UTC().Format(time.RFC3339)})
	} else if tag := r.Header.Get("If-Match"); tag != "" && tag != s.boxes[i].tag() && s.fault != "any tag" {
		w.WriteHeader(412)
		return
	}
	b = *s.boxes[i]
	b.Name, b.Weight = *sent.Name, *sent.Weight
	if s.fault == "cuts names" {
		b.Name = b.Name[:max(1, len(b.Name)-6)]
	}
	*s.boxes[i] = b
	if s.fault == "makes two" && r.Method == "POST" {
		twin := b
		twin.ID += "-2"
		s.boxes = append(s.boxes, &twin)
	}
	reply(w, status, "application/json", b)
}

func (f *archiveFile) shown() map[string]any { return map[string]any{"id": f.id, "size": len(f.bytes)} }

func (s *archive) listFiles(w http.ResponseWriter, r *http.Request) {
	if s.find(r) < 0 {
		w.WriteHeader(404)
		return
	}
	list := []map[string]any{}
	for _, f := range s.files {
		if f.box == r.PathValue("box") || s.fault == "files of all boxes" {
			list = append(list, f.shown())
		}
	}
	reply(w, 200, "application/json", list)
}

func (s *archive) upload(w http.ResponseWriter, r *http.Request) {
	if s.find(r) < 0 {
		w.WriteHeader(404)
		return
	}
	part, _, err := r.FormFile("file")
	if err != nil {
		w.WriteHeader(400)
		return
	}
	content, _ := io.ReadAll(part)
	if s.fault == "other bytes" {
		content = content[1:]
	}
	s.last++
	f := &archiveFile{"f-" + strconv.Itoa(s.last), r.PathValue("box"), content}
	s.files = append(s.files, f)
	reply(w, 201, "application/json", f.shown())
}

func (s *archive) file(w http.ResponseWriter, r *http.Request) {
	i := slices.IndexFunc(s.files, func(f *archiveFile) bool { return f.id == r.PathValue("file") })
	switch {
	case i < 0, s.find(r) < 0, s.files[i].box != r.PathValue("box") && s.fault != "a file of another box":
		w.WriteHeader(404)
	case r.Method == "DELETE":
		s.files = slices.Delete(s.files, i, i+1)
		w.WriteHeader(204)
	case strings.HasSuffix(r.URL.Path, "/content"):
		w.Header().Set("Content-Type", "application/octet-stream")
		_, _ = w.Write(s.files[i].bytes)
	default:
		reply(w, 200, "application/json", s.files[i].shown())
	}
}

func (s *archive) export(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("export")
	asked, known := s.exports[id]
	switch {
	case r.Method == "POST":
		s.last++
		id = "e-" + strconv.Itoa(s.last)
		s.exports[id] = 0
		at := r.URL.Path + "/" + id
		if s.fault == "an export that is nowhere" {
			at += "0"
		}
		w.Header().Set("Location", at)
		reply(w, 202, "application/json", map[string]any{"id": id, "ready": false})
	case !known:
		w.WriteHeader(404)
	case !strings.HasSuffix(r.URL.Path, "/rows"):
		s.exports[id]++
		reply(w, 200, "application/json", map[string]any{"id": id, "ready": asked > 0})
	case asked < 2:
		w.WriteHeader(409)
	default:
		reply(w, 200, "application/json", []string{"row"})
	}
}

func (s *archive) order(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("order")
	show := func(id string) map[string]any {
		return map[string]any{"id": id, "state": map[bool]string{false: "open", true: "paid"}[s.paid[id]]}
	}
	paid, known := s.paid[id]
	switch {
	case id == "":
		list := []map[string]any{}
		for _, id := range slices.Sorted(maps.Keys(s.paid)) {
			list = append(list, show(id))
		}
		reply(w, 200, "application/json", list)
	case !known:
		w.WriteHeader(404)
	case r.Method == "GET":
		reply(w, 200, "application/json", show(id))
	case paid:
		w.WriteHeader(409)
	default:
		s.paid[id] = s.fault != "pays nothing"
		reply(w, 200, "application/json", map[string]any{"id": id, "state": "paid"})
	}
}
