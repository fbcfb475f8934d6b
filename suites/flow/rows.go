package flow

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/hostup/api-conformance/suites/rule"
)

// Rows are the things with an id that an answer shows, each under its place and
// id ("$.entries[*] txn_…"), with the documented members that hold a plain value,
// as JSON text.
//
// What the document does not name is left out: nobody promises that it stays as
// it is, or that everybody sees it.
type Rows map[string]map[string]string

// RowsOf reads the rows of an answer. Of two rows with one id the first counts:
// that there are two is a finding of its own.
func RowsOf(t *rule.T, a *rule.Answer) Rows {
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
		if key := at + " " + id; id != "" && rows[key] == nil {
			rows[key] = row
		}
	}
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
