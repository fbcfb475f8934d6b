package main

import (
	"debug/elf"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// root is the folder from which the image is built.
const root = "../../.."

// An instruction of a Dockerfile.
type instruction struct{ name, rest string }

// A failing is a test or a script that can be failed.
type failing interface {
	Fatalf(format string, args ...any)
}

// stages returns the instructions of a Dockerfile, grouped by stage.
func stages(t failing) (list [][]instruction) {
	data, err := os.ReadFile("Dockerfile")
	if err != nil {
		t.Fatalf("%v", err)
	}
	var lines []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	for line := range strings.SplitSeq(strings.ReplaceAll(strings.Join(lines, "\n"), "\\\n", " "), "\n") {
		name, rest, _ := strings.Cut(line, " ")
		i := instruction{strings.ToUpper(name), strings.TrimSpace(rest)}
		if i.name == "FROM" {
			list = append(list, nil)
		}
		if len(list) == 0 {
			t.Fatalf("%s stands before the first FROM", name)
		}
		last := len(list) - 1
		list[last] = append(list[last], i)
	}
	return list
}

// all returns the arguments of the instructions with that name in a stage.
func all(stage []instruction, name string) (list []string) {
	for _, i := range stage {
		if i.name == name {
			list = append(list, i.rest)
		}
	}
	return list
}

func one(t failing, stage []instruction, name string) string {
	list := all(stage, name)
	if len(list) != 1 {
		t.Fatalf("%d times %s in a stage: %q", len(list), name, list)
	}
	return list[0]
}

// builds returns the command that creates the files below /image, and the program there.
func builds(t failing, stage []instruction) (command, program string) {
	for _, run := range all(stage, "RUN") {
		if strings.Contains(run, "go build") {
			command = run
		}
	}
	m := regexp.MustCompile(`-o (\S+)`).FindStringSubmatch(command)
	if m == nil {
		t.Fatalf("no command builds a program: %q", command)
	}
	return command, m[1]
}

// build runs that command with another folder in place of /image, and returns the
// program.
func build(t failing, image string, environ ...string) (program string) {
	command, program := builds(t, stages(t)[0])
	cmd := exec.Command("sh", "-ec", strings.ReplaceAll(command, "/image", image))
	cmd.Dir = root
	cmd.Env = append(os.Environ(), environ...)
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", command, err, text)
	}
	return strings.Replace(program, "/image", image, 1)
}

// TestDockerfileSources: the sources of the image exist and are sent to the builder, and
// the toolchain is that of the module.
func TestDockerfileSources(t *testing.T) {
	build := stages(t)[0]
	ignore, err := os.ReadFile("Dockerfile.dockerignore")
	if err != nil {
		t.Fatal(err)
	}
	allowed := strings.Fields(string(ignore))
	var copied []string
	for _, c := range all(build, "COPY") {
		words := strings.Fields(c)
		copied = append(copied, words[:len(words)-1]...)
	}
	for _, source := range copied {
		if _, err := os.Stat(filepath.Join(root, source)); err != nil {
			t.Errorf("COPY %s: %v", source, err)
		}
		if !slices.Contains(allowed, "!"+source) {
			t.Errorf("COPY %s: Dockerfile.dockerignore keeps it from the builder", source)
		}
	}
	for _, dir := range []string{"spec", "fixtures", "reporters", "suites", "go.mod", "go.sum"} {
		if !slices.Contains(copied, dir) {
			t.Errorf("%s is not copied", dir)
		}
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	toolchain := regexp.MustCompile(`(?m)^toolchain go(\d\S+)$`).FindSubmatch(mod)
	from := regexp.MustCompile(` golang:([^-]+)-\S+@sha256:[0-9a-f]{64} `).FindStringSubmatch(one(t, build, "FROM"))
	if toolchain == nil || from == nil || from[1] != string(toolchain[1]) {
		t.Errorf("FROM %s, toolchain %s: want the Go of go.mod, with a digest", one(t, build, "FROM"), toolchain)
	}
}

// TestDockerfileImage: the image does not run as root, and its entry point is the built
// program.
func TestDockerfileImage(t *testing.T) {
	list := stages(t)
	build, final := list[0], list[len(list)-1]
	if from := one(t, final, "FROM"); from != "scratch" {
		t.Errorf("FROM %s: there is more in the image than the program", from)
	}
	user, _, _ := strings.Cut(one(t, final, "USER"), ":")
	if id, err := strconv.Atoi(user); err != nil || id == 0 {
		t.Errorf("USER %s: want a number that is not root's", user)
	}
	_, output := builds(t, build)
	from, to := "", ""
	if words := strings.Fields(one(t, final, "COPY")); len(words) == 3 && strings.HasPrefix(words[0], "--from=") {
		from, to = words[1], words[2]
	}
	inside, found := strings.CutPrefix(output, from)
	entry := one(t, final, "ENTRYPOINT")
	if want := `["` + path.Join(to, inside) + `"]`; !found || entry != want {
		t.Errorf("ENTRYPOINT %s, but the program is %s", entry, want)
	}
	if cmd := one(t, final, "CMD"); cmd != `["run"]` {
		t.Errorf("CMD %s, want run", cmd)
	}
	// --procs links the program into a temporary folder, and TLS needs certificates.
	for _, part := range []string{"/image/tmp", "/image/reports", "ca-certificates.crt"} {
		if !strings.Contains(strings.Join(all(build, "RUN"), " "), part) {
			t.Errorf("the image lacks %s", part)
		}
	}
}

// TestDockerfileBuild runs the command that builds the program in the image: it needs no
// system library, because the image has none, and knows its version.
func TestDockerfileBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the command without cgo")
	}
	if _, err := os.Stat("/etc/ssl/certs/ca-certificates.crt"); runtime.GOOS != "linux" || err != nil {
		t.Skip("the image is of Linux, with the certificates where Alpine has them")
	}
	program := build(t, t.TempDir(), "VERSION=v0.0.0-image", "COMMIT=0123456789ab", "DATE=2026-01-02T03:04:05Z")
	f, err := elf.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP || p.Type == elf.PT_DYNAMIC {
			t.Errorf("the program is not static: it has a segment %v", p.Type)
		}
	}
	if libraries, err := f.ImportedLibraries(); err == nil && len(libraries) > 0 {
		t.Errorf("the program wants %v", libraries)
	}
	text, err := exec.Command(program, "version").Output()
	if err != nil || !strings.HasPrefix(string(text), "hostup-conformance v0.0.0-image\ncommit 0123456789ab of 2026-01-02T03:04:05Z\n") {
		t.Errorf("version: %q, %v", text, err)
	}
	// Paths of the build machine are useless elsewhere.
	if here, err := filepath.Abs(root); err == nil {
		data, err := os.ReadFile(program)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), here+"/suites") {
			t.Error("the program holds the path where it was built")
		}
	}
}
