package reporters

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/hostup/api-conformance/reporters/internal/escape"
)

// WriteJSON writes run in the form that [ReadJSON] reads. The same Run gives the same
// bytes: members are in the order of the type, maps are sorted, and an empty list is []
// instead of null. Bytes that are not UTF-8 become U+FFFD.
func WriteJSON(w io.Writer, run *Run) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false) // bodies should be readable
	enc.SetIndent("", "  ")
	if err := enc.Encode(withLists(run)); err != nil {
		return err
	}
	_, err := w.Write(buf.Bytes())
	return err
}

// ReadJSON reads a Run that [WriteJSON] wrote. It refuses
//
//   - anything other than exactly one JSON object,
//   - another schema version,
//   - an object that lacks a property of a Run, or has an unknown one at the top level:
//     such a file is not a result of this suite, or is from a newer version,
//   - an unknown verdict.
//
// Unknown properties at deeper levels are ignored.
func ReadJSON(r io.Reader) (*Run, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("read result: %w", err)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return nil, fmt.Errorf("read result: not one JSON object: %w", err)
	}
	if err := checkSchema(members["schema"]); err != nil {
		return nil, fmt.Errorf("read result: %w", err)
	}
	if err := checkMembers(members); err != nil {
		return nil, fmt.Errorf("read result: %w", err)
	}
	run := new(Run)
	if err := json.Unmarshal(data, run); err != nil {
		return nil, fmt.Errorf("read result: %w", err)
	}
	if !slices.Contains([]Verdict{Conformant, Partial, NonConformant}, run.Verdict) {
		return nil, fmt.Errorf("read result: %q is not a verdict", run.Verdict)
	}
	return run, nil
}

func checkSchema(raw json.RawMessage) error {
	if raw == nil {
		return errors.New(`no member "schema": not a result of hostup-conformance`)
	}
	var got string
	if err := json.Unmarshal(raw, &got); err != nil {
		return fmt.Errorf(`member "schema" is %s, want the string %q`, escape.Line(string(raw), 40), SchemaVersion)
	}
	if got != SchemaVersion {
		return fmt.Errorf("schema is %q, this version reads %q; read the file with the version that wrote it", got, SchemaVersion)
	}
	return nil
}

// checkMembers compares the members of the object with those of a Run.
func checkMembers(members map[string]json.RawMessage) error {
	known := map[string]bool{} // name -> is required
	for _, field := range reflect.VisibleFields(reflect.TypeFor[Run]()) {
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		known[name] = options != "omitempty"
	}
	var unknown, missing []string
	for name := range members {
		if _, ok := known[name]; !ok {
			unknown = append(unknown, name)
		}
	}
	for name, required := range known {
		if _, ok := members[name]; required && !ok {
			missing = append(missing, name)
		}
	}
	slices.Sort(unknown)
	slices.Sort(missing)
	switch {
	case len(unknown) > 0:
		return fmt.Errorf("unknown members: %s", escape.Line(strings.Join(unknown, ", "), escape.ValueLimit))
	case len(missing) > 0:
		return fmt.Errorf("missing members: %s", strings.Join(missing, ", "))
	}
	return nil
}

// withLists returns a copy of run in which required lists are not nil, and the schema is
// the one that this package writes.
func withLists(run *Run) *Run {
	c := *run
	c.Schema = SchemaVersion
	c.Requirements = list(c.Requirements)
	for i := range c.Requirements {
		r := &c.Requirements[i]
		r.Operations, r.Sources, r.Specs = list(r.Operations), list(r.Sources), list(r.Specs)
	}
	if r := c.Target.Recording; r != nil {
		recording := *r
		recording.Files = list(r.Files)
		c.Target.Recording = &recording
	}
	c.Specs = list(c.Specs)
	for i := range c.Specs {
		c.Specs[i].Requirements = list(c.Specs[i].Requirements)
	}
	c.Findings = list(c.Findings)
	for i := range c.Findings {
		c.Findings[i].Specs = list(c.Findings[i].Specs)
	}
	c.Exchanges = list(c.Exchanges)
	for i := range c.Exchanges {
		e := &c.Exchanges[i]
		e.Request.Headers = list(e.Request.Headers)
		if e.Response != nil {
			response := *e.Response
			response.Headers = list(response.Headers)
			e.Response = &response
		}
	}
	c.Traffic.Operations = list(c.Traffic.Operations)
	for i := range c.Traffic.Operations {
		if op := &c.Traffic.Operations[i]; op.Statuses == nil {
			op.Statuses = map[int]int{}
		}
	}
	if c.Coverage != nil {
		coverage := *c.Coverage
		coverage.Operations = list(coverage.Operations)
		for i := range coverage.Operations {
			coverage.Operations[i].Items = list(coverage.Operations[i].Items)
		}
		c.Coverage = &coverage
	}
	return &c
}

// list returns a copy of s that is not nil.
func list[T any](s []T) []T {
	return append(make([]T, 0, len(s)), s...)
}
