package content

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
)

// A Table is a CSV file (RFC 4180) as a list of objects.
type Table struct {
	Rows    []any
	Columns []string
	Missing []string // required properties without a column
}

// CSV reads a file whose schema is a list of flat objects: the first line names the
// properties, and an empty cell is a missing property unless it may be an empty string.
// ok is false for other schemas, or if the file cannot be recognized as CSV with such a
// header line.
func (f *Form) CSV(body []byte) (t Table, ok bool) {
	row := f.items()
	if !f.Types["array"] || !row.Types["object"] || len(row.Names) == 0 || row.Mixed {
		return t, false
	}
	for _, name := range row.Names {
		if p := row.property(name); p.has("object", "array") || p.unsure() || len(p.Types) == 0 && !p.Limited {
			return t, false
		}
	}
	records := read(body, row.Names)
	if len(records) == 0 {
		return t, false
	}
	t.Columns = records[0]
	if !slices.ContainsFunc(t.Columns, func(c string) bool { return slices.Contains(row.Names, c) }) && row.fits(records[0]) {
		t.Columns = row.Names // a file without a header line, in the order of the document
	} else {
		records = records[1:]
	}
	for _, name := range row.Required {
		if !slices.Contains(t.Columns, name) {
			t.Missing = append(t.Missing, name)
		}
	}
	for _, record := range records {
		t.Rows = append(t.Rows, row.row(t.Columns, record))
	}
	return t, true
}

// read parses a file with the separator by which its first line contains the most
// property names, a comma if it contains none.
func read(body []byte, names []string) (best [][]string) {
	most := -1
	for _, comma := range []rune{',', ';', '\t', '|'} {
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(body, []byte("\ufeff"))))
		r.Comma, r.LazyQuotes, r.FieldsPerRecord = comma, true, -1
		records, err := r.ReadAll()
		if err != nil || len(records) == 0 {
			continue
		}
		known := 0
		for i, c := range records[0] {
			if records[0][i] = strings.TrimSpace(c); slices.Contains(names, records[0][i]) {
				known++
			}
		}
		if known > most {
			best, most = records, known
		}
	}
	return best
}

// fits reports whether a record may hold the properties in their order, so that it is no
// header line.
func (f *Form) fits(record []string) bool {
	if len(record) != len(f.Names) {
		return false
	}
	typed := false
	for i, name := range f.Names {
		p := f.property(name)
		if _, isText := p.Scalar(record[i]).(string); isText && !p.Types["string"] && record[i] != "" {
			return false
		} else if !isText {
			typed = true
		}
	}
	return typed
}

func (f *Form) row(columns, record []string) map[string]any {
	o := map[string]any{}
	for i, cell := range record {
		name := fmt.Sprintf("column %d", i+1)
		if i < len(columns) {
			name = columns[i]
		}
		p := f.property(name)
		if cell == "" && !p.Allows("string") {
			continue
		}
		o[name] = p.Scalar(cell)
	}
	return o
}
