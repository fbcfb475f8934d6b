package shipped

import (
	"bufio"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
)

// apart are the rooms in which a pack may be named: the packs themselves, where they
// are registered, what wires the command, and what only tests use.
var apart = []string{
	"spec/hostup", "spec/packs",
	"suites/hostup", "suites/internal/shipped",
	"suites/cmd", "suites/proof", "suites/internal/embedded",
	"suites/internal/areatest", "suites/internal/targettest", "reporters/internal/sample",
}

// TestGenericRoomsNameNoPack: what works with any document names no operation, id,
// path, header, variable or word of one API, and imports no fixture.
func TestGenericRoomsNameNoPack(t *testing.T) {
	names := packNames(t)
	root := filepath.Join("..", "..", "..")
	files := 0
	for _, room := range []string{"spec", "suites", "reporters"} {
		err := filepath.WalkDir(filepath.Join(root, room), func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			name := filepath.ToSlash(strings.TrimPrefix(path, root+string(filepath.Separator)))
			switch {
			case d.IsDir() && slices.Contains(apart, name):
				return filepath.SkipDir
			case filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
				return nil
			}
			files++
			return eachLine(path, func(n int, line string) {
				if strings.Contains(line, "api-conformance/fixtures/") {
					t.Errorf("%s:%d imports a fixture: %s", name, n, strings.TrimSpace(line))
				}
				if found := names.FindString(own.ReplaceAllString(line, "")); found != "" {
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

// own are the names of this module and of its command, which are no pack's.
var own = regexp.MustCompile(`github\.com/hostup/api-conformance|\bhostup-conformance\b|\bhostupConformance|"_hostup\b`)

// packNames matches what belongs to a pack: what its document, its settings and its
// hooks are called by, and the words of its vendor.
func packNames(t *testing.T) *regexp.Regexp {
	t.Helper()
	words := []string{"storage add-on", "HostUp", "hostup"}
	add := func(word string) {
		if word != "" {
			words = append(words, word)
		}
	}
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range contract.Operations() {
		add(o.ID)
		add(o.Path)
		for _, data := range dataNames(o) {
			add(data)
		}
	}
	for _, r := range contract.Requirements() {
		if slices.ContainsFunc(r.Operations, func(id string) bool { return contract.Operation(id) != nil }) {
			add(r.ID) // about an operation of the pack
		}
	}
	for _, p := range Packs() {
		add(p.Domain)
		add(p.OwnerDatum)
	}
	n := Names()
	add(n.Prefix)
	add(n.Cookie)
	for _, root := range n.Roots {
		if strings.Count(root, "/") > 1 { // "/api" alone is anybody's
			add(root)
		}
	}
	for i, w := range words {
		words[i] = regexp.QuoteMeta(w)
	}
	return regexp.MustCompile(strings.Join(words, "|"))
}

// dataNames are the names of the data that requests of an operation need.
func dataNames(o *spec.Operation) (names []string) {
	for _, p := range o.Parameters {
		names = append(names, p.Data)
	}
	if o.Body != nil {
		for _, m := range o.Body.Members {
			names = append(names, m.Data)
		}
	}
	return names
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
