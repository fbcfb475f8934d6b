package shipped

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAreas compares the folders that declare a Register with the areas of all packs
// and of documents without one.
func TestAreas(t *testing.T) {
	suites := filepath.Join("..", "..")
	var want []string
	for _, room := range []string{"generic", "hostup"} {
		err := filepath.WalkDir(filepath.Join(suites, room), func(name string, _ fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(name) != ".go" {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			for _, d := range file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "Register" {
					want = append(want, room+strings.TrimPrefix(filepath.ToSlash(filepath.Dir(name)), filepath.ToSlash(filepath.Join(suites, room))))
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var got []string
	for _, pack := range append(Packs(), AnyDocument()) {
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
