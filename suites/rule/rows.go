package rule

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Rows are the objects with an id in a response, keyed by location and id ("$.entries[*]
// txn_…"). Each holds the documented properties with scalar values, as JSON text.
//
// An object without an id and outside of any array, such as the response itself, is a row
// as well, with only its booleans and numbers: whether there are more rows, whether an
// order may be placed. Its strings may be times and ids of the response.
//
// Undocumented properties are left out: they may change, and differ between customers.
type Rows map[string]map[string]string

// RowsOf reads the rows of a response. Two rows with the same id become one without
// content: the duplicate is a finding elsewhere.
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

// alone replaces the id of an object without one outside of arrays.
const alone = "(the only one)"

// settled reports whether a value cannot be a name or time of the response.
func settled(v any) bool {
	switch v.(type) {
	case bool, json.Number:
		return true
	}
	return false
}

// Shown reports whether a row has an id of its own.
func (rows Rows) Shown() bool {
	for key := range rows {
		if !strings.HasSuffix(key, " "+alone) {
			return true
		}
	}
	return false
}

// identity returns an id as text, "" if v is not an id.
func identity(v any) string {
	switch x := v.(type) {
	case string:
		return x
	case json.Number:
		return x.String()
	}
	return ""
}

// scalar returns a scalar as JSON text, "" for an object or an array.
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
