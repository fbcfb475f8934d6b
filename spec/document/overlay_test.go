package document

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Overlays are applied as in the Overlay Specification, in YAML and in JSON.
func TestOverlay(t *testing.T) {
	const document = `
paths:
  /a: {get: {operationId: getA, tags: [x]}}
  /b: {get: {tags: [x, y]}}
  /c: {post: {operationId: 5, deprecated: false}}
list: [1, {n: dummy}, 3]
same: &same {k: 1}
other: *same
`
	for _, tt := range []struct {
		name, version, actions string
		path                   string // the location to check
		want                   string // in YAML, or the error
		replaces               bool
	}{
		{"match() of an absent property selects nothing", "1.0.0", `[{target: "$.paths.*[?match(@.operationId, 'get.*')]", update: {x-a: 1}}]`, "/paths", `{/a: {get: {operationId: getA, tags: [x], x-a: 1}}, /b: {get: {tags: [x, y]}}, /c: {post: {operationId: 5, deprecated: false}}}`, false},
		{"search() too", "1.0.0", `[{target: "$.paths.*[?search(@.operationId, 'A')]", update: {x-a: 1}}]`, "/paths/~1b", `{get: {tags: [x, y]}}`, false},
		{"count and length", "1.0.0", `[{target: "$.paths[?count(@.*.tags.*) > 1 && length(@) == 1]", update: {x-a: 1}}]`, "/paths/~1b", `{get: {tags: [x, y]}, x-a: 1}`, false},
		{"existence", "1.0.0", `[{target: "$.paths.*[?@.deprecated]", update: {x-a: 1}}]`, "/paths/~1c", `{post: {operationId: 5, deprecated: false, x-a: 1}}`, false},
		{"an entry is appended to an array", "1.0.0", `[{target: $.list, update: {n: 2}}]`, "/list", `[1, {n: dummy}, 3, {n: 2}]`, false},
		{"an array is one entry in 1.0", "1.0.0", `[{target: $.list, update: [4]}]`, "/list", `[1, {n: dummy}, 3, [4]]`, false},
		{"an array is concatenated in 1.1", "1.1.0", `[{target: $.list, update: [4, 5]}]`, "/list", `[1, {n: dummy}, 3, 4, 5]`, false},
		{"a primitive entry", "1.1.0", `[{target: $.list, update: 4}]`, "/list", `[1, {n: dummy}, 3, 4]`, false},
		{"an array below an object is concatenated", "1.0.0", `[{target: "$.paths['/a'].get", update: {tags: [z]}}]`, "/paths/~1a/get/tags", `[x, z]`, false},
		{"a primitive replaces", "1.1.0", `[{target: "$.paths['/a'].get.operationId", update: other}]`, "/paths/~1a/get/operationId", `other`, true},
		{"a primitive property replaces", "1.0.0", `[{target: "$.paths['/a']", update: {get: {operationId: other}}}]`, "/paths/~1a/get", `{operationId: other, tags: [x]}`, true},
		{"the same primitive replaces nothing", "1.0.0", `[{target: "$.paths['/a']", update: {get: {operationId: getA}}}]`, "/paths/~1a/get", `{operationId: getA, tags: [x]}`, false},
		{"many targets have copies", "1.0.0", `[{target: "$.paths.*.*", update: {x: {y: []}}}, {target: "$.paths['/a'].get.x.y", update: 1}]`, "/paths/~1b/get/x", `{y: []}`, false},
		{"later actions see what earlier ones did", "1.0.0", `[{target: $.paths, update: {/d: {get: {operationId: getD}}}}, {target: "$.paths[?@.get.operationId == 'getD']", update: {x: 1}}]`, "/paths/~1d", `{get: {operationId: getD}, x: 1}`, false},
		{"items are removed", "1.0.0", `[{target: "$.list[?@ == 1 || @.n == 'dummy']", remove: true}]`, "/list", `[3]`, true},
		{"properties are removed", "1.0.0", `[{target: "$.paths.*[?@.tags]", remove: true}]`, "/paths", `{/a: {}, /b: {}, /c: {post: {operationId: 5, deprecated: false}}}`, true},
		{"remove wins over update", "1.0.0", `[{target: "$.paths['/a']", remove: true, update: {x: 1}}]`, "/paths", `{/b: {get: {tags: [x, y]}}, /c: {post: {operationId: 5, deprecated: false}}}`, true},
		{"remove: false is no remove", "1.0.0", `[{target: "$.paths['/c'].post", remove: false, update: {deprecated: true}}]`, "/paths/~1c", `{post: {operationId: 5, deprecated: true}}`, true},
		{"copy", "1.1.0", `[{target: $.paths, update: {/e: {}}}, {target: "$.paths['/e']", copy: "$.paths['/c']"}]`, "/paths/~1e", `{post: {operationId: 5, deprecated: false}}`, false},
		{"what an alias names is another node", "1.0.0", `[{target: $.other, update: {l: 2}}]`, "/same", `{k: 1}`, false},
		{"an object into an array", "1.0.0", `[{target: $.paths, update: {/a: [1]}}]`, "", "over.yaml:4: target $.paths, at #/paths: /a: an array cannot be merged into an object", false},
		{"a path that is none", "1.0.0", `[{target: "$.paths[?]", update: {}}]`, "", "over.yaml:4: target $.paths[?] is not a JSONPath", false},
		{"nothing selected", "1.0.0", `[{target: $.nope, update: {}}]`, "", "over.yaml:4: target $.nope matches nothing in api.yaml", false},
		{"another version", "2.0.0", `[{target: $.list, update: 4}]`, "", `over.yaml:1: overlay is "2.0.0": give an OpenAPI Overlay 1.0 or 1.1 document`, false},
		{"a name twice", "1.0.0", `[{target: $.list, target: $.paths, update: 4}]`, "", `over.yaml:4: duplicate member "target"`, false},
		{"the whole document removed", "1.0.0", `[{target: $, remove: true}]`, "", "the whole document cannot be removed", false},
	} {
		base, err := Parse("api.yaml", []byte(document))
		if err != nil {
			t.Fatal(err)
		}
		o := NewOverlay(base)
		err = o.Apply("over.yaml", []byte("overlay: "+tt.version+"\ninfo: {}\nactions:\n  "+tt.actions+"\n"))
		if err != nil {
			if tt.path != "" || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
			}
			continue
		}
		steps, ok := Walk(o.Merged.Root, tt.path)
		if !ok {
			t.Errorf("%s: no %s", tt.name, tt.path)
			continue
		}
		got := Plain(steps[len(steps)-1].Node)
		wanted, err := Parse("want", []byte("want: "+tt.want))
		if err != nil {
			t.Fatal(err)
		}
		want := Plain(wanted.Root).(map[string]any)["want"]
		if diff := cmp.Diff(want, got); diff != "" || o.Replaces != tt.replaces {
			t.Errorf("%s: replaces %v\n%s", tt.name, o.Replaces, diff)
		}
	}
}

// What selects nothing changes nothing, which is told; an update of one address is lost.
func TestOverlaySelectsNothing(t *testing.T) {
	for _, tt := range []struct{ action, problem, err string }{
		{`{target: "$.paths[?match(@.summary, 'x.*')]", update: {x: 1}}`, "target $.paths[?match(@.summary, 'x.*')] selects nothing in api.yaml: the action changes nothing", ""},
		{`{target: "$.paths.*.put", update: {x: 1}}`, "target $.paths.*.put selects nothing in api.yaml: the action changes nothing", ""},
		{`{target: "$..servers", remove: true}`, "target $..servers selects nothing in api.yaml: the action changes nothing", ""},
		{`{target: $.tags, remove: true}`, "target $.tags selects nothing in api.yaml: the action changes nothing", ""},
		{`{target: $.tags, update: {name: x}}`, "", "over.yaml:4: target $.tags matches nothing in api.yaml"},
		{`{target: "$.paths.*.get", update: {x: 1}}`, "", ""},
	} {
		base, err := Parse("api.yaml", []byte("paths: {/a: {get: {}}}"))
		if err != nil {
			t.Fatal(err)
		}
		o := NewOverlay(base)
		failed := ""
		if err := o.Apply("over.yaml", []byte("overlay: 1.0.0\ninfo: {}\nactions:\n  - "+tt.action+"\n")); err != nil {
			failed = err.Error()
		}
		told := ""
		for _, p := range o.Merged.Problems {
			if p.ID != "DOC-OVERLAY-001" || p.File != "over.yaml" || p.Line != 4 {
				t.Errorf("%s: %v", tt.action, p)
			}
			told += p.Text
		}
		if told != tt.problem || failed != tt.err {
			t.Errorf("%s: problem %q, error %q, want %q and %q", tt.action, told, failed, tt.problem, tt.err)
		}
	}
}
