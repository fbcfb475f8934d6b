package suites

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hostup/api-conformance/spec/packs"
)

// TestAreas compares the folders that declare a Register with the areas.
func TestAreas(t *testing.T) {
	files, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "Register" {
				want = append(want, filepath.Dir(name))
			}
		}
	}
	got := used(t)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("areas differ from the folders with a Register (-folders +areas):\n%s", diff)
	}
	if n := len(areas) + len(anyDocument); n != len(want) {
		t.Errorf("%d areas for %d folders", n, len(want))
	}
}

// used are the packages whose Register stands in areas.
func used(t *testing.T) (names []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "register.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "Register" {
			names = append(names, s.X.(*ast.Ident).Name)
		}
		return true
	})
	return names
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
