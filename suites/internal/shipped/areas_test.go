package shipped

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAreas compares the folders that declare a Register with the areas of all packs and
// of documents without a pack.
func TestAreas(t *testing.T) {
	var want, got []string
	for folder := range areaFiles(t) {
		want = append(want, folder)
	}
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

// TestAreasImportNoSibling: code that two areas share is in a package that both may
// import.
func TestAreasImportNoSibling(t *testing.T) {
	areas := areaFiles(t)
	for folder, files := range areas {
		for _, file := range files {
			for _, imported := range file.Imports {
				_, other, _ := strings.Cut(strings.Trim(imported.Path.Value, `"`), "/suites/")
				if _, area := areas[other]; area && other != folder {
					t.Errorf("%s imports the area %s", folder, other)
				}
			}
		}
	}
}

// areaFiles returns the files of each folder that declares a Register, by its path below
// suites.
func areaFiles(t *testing.T) map[string][]*ast.File {
	t.Helper()
	suites := filepath.Join("..", "..")
	files, areas := map[string][]*ast.File{}, map[string]bool{}
	for _, room := range []string{"generic", "hostup"} {
		err := filepath.WalkDir(filepath.Join(suites, room), func(name string, _ fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(name) != ".go" {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			folder, err := filepath.Rel(suites, filepath.Dir(name))
			if err != nil {
				return err
			}
			folder = filepath.ToSlash(folder)
			files[folder] = append(files[folder], file)
			areas[folder] = areas[folder] || slices.ContainsFunc(file.Decls, func(d ast.Decl) bool {
				f, ok := d.(*ast.FuncDecl)
				return ok && f.Recv == nil && f.Name.Name == "Register"
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	maps.DeleteFunc(files, func(folder string, _ []*ast.File) bool { return !areas[folder] })
	return files
}
