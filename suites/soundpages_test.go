package suites_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// list serves the parts in pages, which a cursor continues.
func (s *stock) list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	number := func(name string, least, most, otherwise float64) float64 {
		if !q.Has(name) {
			return otherwise
		}
		n, err := strconv.ParseFloat(q.Get(name), 64)
		if err != nil || n < least || n > most {
			return -1
		}
		return n
	}
	limit, after, price := number("limit", 1, 50, 20), number("cursor", 0, 1e9, 0), number("minPrice", 0, 1e30, 0)
	if q.Get("cursor") == "" {
		after = 0
	}
	if limit < 0 || after < 0 || price < 0 || limit != float64(int(limit)) {
		w.WriteHeader(400)
		return
	}
	rows := slices.DeleteFunc(slices.Clone(s.parts), func(p map[string]any) bool {
		maker, _ := p["maker"].(string)
		return q.Has("maker") && maker != q.Get("maker") && s.fault != "any maker" ||
			!strings.Contains(p["title"].(string), q.Get("q")) && s.fault != "any words" ||
			p["price"].(float64) < price && s.fault != "any price"
	})
	total := len(rows)
	rows = slices.DeleteFunc(rows, func(p map[string]any) bool { return float64(p["id"].(int)) <= after })
	var next any
	more := len(rows) > int(limit)
	rows = rows[:min(len(rows), int(limit))]
	if more && s.fault != "ends too early" {
		next = strconv.Itoa(rows[len(rows)-1]["id"].(int))
	}
	switch {
	case s.fault == "goes in a circle" && next == nil && q.Get("cursor") != "":
		next = q.Get("cursor")
	case s.fault == "counts one more":
		total++
	}
	reply(w, http.StatusOK, "application/json", map[string]any{"parts": rows, "nextCursor": next, "totalCount": total})
}

// Lists end, count all of their rows, and look at their filters.
func TestUnsoundPages(t *testing.T) {
	unsound(t, stockDocument, nil, faultyStock, map[string]string{
		"any maker":        "SHOULD LIST-FILTER-001 GET /parts body",
		"any words":        "SHOULD LIST-FILTER-001 GET /parts body",
		"any price":        "SHOULD LIST-FILTER-001 GET /parts body",
		"ends too early":   "SHOULD LIST-PAGE-001 GET /parts body",
		"goes in a circle": "SHOULD LIST-PAGE-001 GET /parts body",
		"counts one more":  "SHOULD LIST-TOTAL-001 GET /parts $.totalCount",
	})
}
