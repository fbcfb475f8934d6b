package rule

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Rows are the things with an id that an answer shows, each under its place and
// id ("$.entries[*] txn_…"), with the documented members that hold a plain value,
// as JSON text.
//
// An object without an id that stands alone, as the answer itself does, is one
// under its place, with its booleans and numbers: whether there are more rows,
// whether an order may be placed. Its texts may be times and ids of the answer.
//
// What the document does not name is left out: nobody promises that it stays as
// it is, or that everybody sees it.
type Rows map[string]map[string]string

// RowsOf reads the rows of an answer. Two rows with one id are one of which nothing
// is known: that there are two is a finding of its own.
func RowsOf(t *T, a *Answer) Rows {
	rows := Rows{}
	rows.read(a.Value(), "$", t.Env.Contract.Drift(a.Exchange))
	return rows
}

func (rows Rows) read(v any, at string, undocumented []string) {
	switch x := v.(type) {
	case []any:
		for _, item := range x {
			rows.read(item, at+"[*]", undocumented)
		}
	case map[string]any:
		id := identity(x["id"])
		row := map[string]string{}
		for name, value := range x {
			place := at + "." + name
			if slices.Contains(undocumented, place) {
				continue
			}
			if text := scalar(value); text != "" {
				row[name] = text
			} else {
				rows.read(value, place, undocumented)
			}
		}
		if id == "" && !strings.Contains(at, "[*]") {
			id = alone
			maps.DeleteFunc(row, func(name, _ string) bool { return !settled(x[name]) })
		}
		switch key := at + " " + id; {
		case id == "" || len(row) == 0:
		case rows[key] == nil:
			rows[key] = row
		default:
			clear(rows[key])
		}
	}
}

// alone is the id of an object that has none and stands in no list.
const alone = "(the only one)"

// settled reports whether a value is one that does not name an answer.
func settled(v any) bool {
	switch v.(type) {
	case bool, json.Number:
		return true
	}
	return false
}

// Shown reports whether there is a row with an id of its own.
func (rows Rows) Shown() bool {
	for key := range rows {
		if !strings.HasSuffix(key, " "+alone) {
			return true
		}
	}
	return false
}

// identity is an id as text, "" for what is none.
func identity(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case json.Number:
		return x.String()
	}
	return ""
}

// scalar is a plain value as JSON text, "" for an object or an array.
func scalar(v any) string {
	switch v.(type) {
	case map[string]any, []any:
		return ""
	}
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}
