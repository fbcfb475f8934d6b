package suites

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hostup/api-conformance/spec/packs"
)

// TestAreas compares the folders that declare a Register with the areas of all packs
// and of documents without one.
func TestAreas(t *testing.T) {
	var want []string
	for _, room := range []string{"generic", "hostup"} {
		err := filepath.WalkDir(room, func(name string, _ fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(name) != ".go" {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			for _, d := range file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "Register" {
					want = append(want, filepath.ToSlash(filepath.Dir(name)))
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, pack := range append(shipped(), anyDocument()) {
		for _, area := range pack.Areas {
			name := runtime.FuncForPC(reflect.ValueOf(area).Pointer()).Name()
			_, folder, _ := strings.Cut(name, "/suites/")
			got = append(got, strings.TrimSuffix(folder, ".Register"))
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("areas differ from the folders with a Register (-folders +areas):\n%s", diff)
	}
}

// TestEveryRequirementHasASpec: an entry of the catalogue that nothing tests is
// a promise that the suite does not keep.
func TestEveryRequirementHasASpec(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	tested := map[string]bool{}
	names := map[string]bool{}
	for _, s := range List(contract) {
		if names[s.Name] {
			t.Errorf("more than one spec is called %q", s.Name)
		}
		names[s.Name] = true
		if len(s.Requirements) == 0 {
			t.Errorf("%s names no requirement", strconv.Quote(s.Name))
		}
		for _, id := range s.Requirements {
			tested[id] = true
		}
	}
	var untested []string
	for _, r := range contract.Requirements() {
		if !tested[r.ID] {
			untested = append(untested, r.ID)
		}
	}
	slices.Sort(untested)
	if len(untested) > 0 {
		t.Errorf("requirements without a spec: %q", untested)
	}
}

func TestListIsStable(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(List(contract), List(contract)); diff != "" {
		t.Errorf("two lists differ:\n%s", diff)
	}
}
