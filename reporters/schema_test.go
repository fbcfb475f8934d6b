package reporters_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/reporters/internal/sample"
)

func TestSchemaAcceptsResults(t *testing.T) {
	known := sample.Known()
	for name, run := range map[string]*reporters.Run{"sample": sample.Run(), "empty": {Verdict: reporters.Partial}, "hostile": sample.Poisoned(sample.Hostile), "baseline": known} {
		if err := sample.Valid(t, sample.Shown(t, reporters.WriteJSON, run)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSchemaRefuses(t *testing.T) {
	good := sample.Shown(t, reporters.WriteJSON, sample.Run())
	for name, text := range map[string]string{
		"other version":  strings.Replace(good, `"hostup-conformance/run/1"`, `"hostup-conformance/run/2"`, 1),
		"no verdict":     strings.Replace(good, `"verdict": "non-conformant"`, `"verdict": "fine"`, 1),
		"unknown member": strings.Replace(good, `"verdict"`, `"x": 1, "verdict"`, 1),
		"text as number": strings.Replace(good, `"procs": 4`, `"procs": "4"`, 1),
		"no time":        strings.Replace(good, `"started": "`, `"started": "x`, 1),
	} {
		if text == good {
			t.Errorf("%s: nothing was changed", name)
		} else if sample.Valid(t, text) == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// The schema has exactly the properties of the types, and requires exactly those that are
// always written.
func TestSchemaIsThatOfTheTypes(t *testing.T) {
	var doc map[string]any
	if err := json.Unmarshal(reporters.Schema(), &doc); err != nil {
		t.Fatal(err)
	}
	if id, version := doc["$id"], strings.TrimPrefix(reporters.SchemaVersion, "hostup-conformance/run/"); id != "urn:hostup-conformance:run:"+version {
		t.Errorf("$id is %v", id)
	}
	var compare func(at string, schema map[string]any, typ reflect.Type)
	compare = func(at string, schema map[string]any, typ reflect.Type) {
		if ref, ok := schema["$ref"].(string); ok {
			schema = doc["$defs"].(map[string]any)[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
		}
		switch {
		case typ.Kind() == reflect.Pointer:
			compare(at, schema, typ.Elem())
			return
		case typ.Kind() == reflect.Slice:
			compare(at+"[]", schema["items"].(map[string]any), typ.Elem())
			return
		case typ.Kind() != reflect.Struct || typ == reflect.TypeFor[time.Time]():
			return
		}
		required, all := []string{}, map[string]reflect.Type{}
		for _, f := range reflect.VisibleFields(typ) {
			if f.Anonymous {
				continue
			}
			name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			all[name] = f.Type
			if options != "omitempty" {
				required = append(required, name)
			}
		}
		properties := schema["properties"].(map[string]any)
		if diff := cmp.Diff(slices.Sorted(maps.Keys(all)), slices.Sorted(maps.Keys(properties))); diff != "" {
			t.Errorf("%s: members of the type and of the schema (-type +schema):\n%s", at, diff)
			return
		}
		var says []string
		for _, r := range schema["required"].([]any) {
			says = append(says, r.(string))
		}
		slices.Sort(required)
		slices.Sort(says)
		if diff := cmp.Diff(required, says); diff != "" {
			t.Errorf("%s: required (-type +schema):\n%s", at, diff)
		}
		for name, ft := range all {
			compare(at+"."+name, properties[name].(map[string]any), ft)
		}
	}
	compare("$", doc, reflect.TypeFor[reporters.Run]())
}
