package shipped

import (
	"bufio"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// apart are the packages that may name a pack: the packs themselves, their registration,
// the command, and packages that only tests use.
var apart = []string{
	"spec/hostup", "spec/packs",
	"suites/hostup", "suites/internal/shipped",
	"suites/cmd", "suites/proof", "suites/internal/embedded",
	"suites/internal/areatest", "suites/internal/targettest", "reporters/internal/sample",
}

// TestGenericRoomsNameNoPack: code for any document names no operation, path, header,
// property, id, requirement, variable or word of one API, and imports no fixture.
func TestGenericRoomsNameNoPack(t *testing.T) {
	names := namesOf(t)
	root := filepath.Join("..", "..", "..")
	files := 0
	for _, room := range []string{"spec", "suites", "reporters"} {
		err := filepath.WalkDir(filepath.Join(root, room), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			name := filepath.ToSlash(strings.TrimPrefix(path, root+string(filepath.Separator)))
			switch {
			case d.IsDir() && (slices.Contains(apart, name) || d.Name() == "testdata"):
				return filepath.SkipDir
			case d.IsDir() || strings.HasSuffix(name, "_test.go") || d.Type()&fs.ModeSymlink != 0: // a link into the pack
				return nil
			}
			files++
			return eachLine(path, func(n int, line string) {
				if strings.Contains(line, "api-conformance/fixtures/") {
					t.Errorf("%s:%d imports a fixture: %s", name, n, strings.TrimSpace(line))
				}
				if found := names.in(room, line); found != "" {
					t.Errorf("%s:%d names %q of a pack: %s", name, n, found, strings.TrimSpace(line))
				}
			})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 100 {
		t.Errorf("only %d files were read", files)
	}
}

func eachLine(path string, visit func(n int, line string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		visit(n, lines.Text())
	}
	return lines.Err()
}
