package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pb33f/go-yaml"

	"github.com/hostup/api-conformance/fixtures/pairs"
)

// help returns the help of the command and of each subcommand, with their flags.
func help(t *testing.T) (all string, flags map[string]map[string]bool) {
	t.Helper()
	ask := func(args ...string) string {
		out, err := exec.Command("hostup-conformance", args...).Output()
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		return string(out)
	}
	all, flags = ask("--help"), map[string]map[string]bool{}
	_, list, _ := strings.Cut(all, "Available Commands:\n")
	list, _, _ = strings.Cut(list, "\n\n")
	for line := range strings.Lines(list) {
		name := strings.Fields(line)[0]
		text := ask("help", name)
		for _, sub := range regexp.MustCompile(`(?m)^  (prune|write) `).FindAllStringSubmatch(text, -1) {
			text += ask("help", name, sub[1])
		}
		flags[name] = map[string]bool{}
		for _, m := range flag.FindAllString(text, -1) {
			flags[name][m] = true
		}
		all += text
	}
	return all, flags
}

var (
	flag        = regexp.MustCompile(`--[a-z][a-z-]*[a-z]`)
	variable    = regexp.MustCompile(`\bHOSTUP_[A-Z_]+\b`)
	requirement = regexp.MustCompile(`\b[A-Z][A-Z0-9]*(-[A-Z][A-Z0-9]*)+-[0-9]{3}\b`)
	makeTarget  = regexp.MustCompile(`(?m)(?:^|\s)make ([a-z][a-z-]*)`)
	ofOthers    = []string{"--set"} // flags of other programs in backquotes
)

// TestDocsNames: flags, variables and requirements in the pages exist. A flag belongs to
// the command before it.
func TestDocsNames(t *testing.T) {
	text, flags := help(t)
	every := map[string]bool{}
	for _, set := range flags {
		for f := range set {
			every[f] = true
		}
	}
	catalogue := output(t, ".", "hostup-conformance", "list", "--format", "json")
	settings := regexp.MustCompile(`^HOSTUP_(CONFORMANCE_|.*_$)`)
	for _, p := range pages(t) {
		check := func(where, code string) {
			known := every
			if m := regexp.MustCompile(`(?:^|hostup-conformance )(` + strings.Join(keysOf(flags), "|") + `)\b`).FindStringSubmatch(code); m != nil {
				known = flags[m[1]]
			}
			for _, f := range flag.FindAllString(code, -1) {
				if !known[f] && !slices.Contains(ofOthers, f) {
					t.Errorf("%s: there is no flag %s: %s", where, f, strings.TrimSpace(code))
				}
			}
		}
		for _, s := range p.spans {
			check(p.name, s)
		}
		for _, b := range p.blocks {
			if b.is("sh") && !b.is("elsewhere") {
				for command := range strings.SplitSeq(strings.ReplaceAll(b.text, "\\\n", " "), "\n") {
					command, _, _ = strings.Cut(command, " # ")
					for part := range strings.SplitSeq(command, " -- ") { // serve runs another command
						check(b.name(), part)
					}
				}
			}
		}
		for _, name := range variable.FindAllString(string(p.source), -1) {
			option := "--" + strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(name, "HOSTUP_"), "_", "-"))
			if !every[option] && !strings.Contains(text, name) && !settings.MatchString(name) {
				t.Errorf("%s: there is no variable %s", p.name, name)
			}
		}
		for _, id := range requirement.FindAllString(string(p.source), -1) {
			if !bytes.Contains(catalogue, []byte(`"`+id+`"`)) {
				t.Errorf("%s: there is no requirement %s", p.name, id)
			}
		}
	}
}

// TestDocsCountRules: the README counts the rules as list does.
func TestDocsCountRules(t *testing.T) {
	counts := regexp.MustCompile(`: (\d+ MUST \(.*\)), (\d+ SHOULD)`).FindSubmatch(output(t, ".", "hostup-conformance", "list"))
	if counts == nil {
		t.Fatal("list does not count the rules")
	}
	want := strings.Replace(string(counts[1]), "MUST", "are MUST", 1) + " and " + string(counts[2])
	if readme := strings.Join(strings.Fields(string(pages(t)[0].source)), " "); !strings.Contains(readme, want) {
		t.Errorf("the README does not say %q", want)
	}
}

// TestDocsCountPairs: the pages count the pairs on which changes is tried as there are.
func TestDocsCountPairs(t *testing.T) {
	all, err := pairs.All()
	if err != nil {
		t.Fatal(err)
	}
	counts := regexp.MustCompile(`(\d+) pairs`)
	for _, p := range pages(t) {
		for _, m := range counts.FindAllSubmatch(p.source, -1) {
			if string(m[1]) != strconv.Itoa(len(all)) {
				t.Errorf("%s: %s, want %d", p.name, m[0], len(all))
			}
		}
	}
}

func keysOf[V any](m map[string]V) (list []string) {
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

// TestDocsMakeTargets: the Makefile has the targets that the pages mention.
func TestDocsMakeTargets(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join(root, "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages(t) {
		code := strings.Join(p.spans, "\n")
		for _, b := range p.blocks {
			code += "\n" + b.text
		}
		for _, m := range makeTarget.FindAllStringSubmatch(code, -1) {
			if !regexp.MustCompile(`(?m)^` + m[1] + `:`).Match(makefile) {
				t.Errorf("%s: the Makefile has no target %s", p.name, m[1])
			}
		}
	}
}

// TestDocsWorkflows: the actions and workflows in the examples for GitHub Actions exist
// and have the inputs that are used.
func TestDocsWorkflows(t *testing.T) {
	type step struct {
		Uses string         `yaml:"uses"`
		With map[string]any `yaml:"with"`
	}
	found := 0
	for _, p := range pages(t) {
		for _, b := range p.blocks {
			var workflow struct {
				Jobs map[string]struct {
					step  `yaml:",inline"`
					Steps []step `yaml:"steps"`
				} `yaml:"jobs"`
			}
			if !b.is("yaml") || !strings.Contains(b.text, "jobs:") {
				continue
			}
			if err := yaml.Unmarshal([]byte(b.text), &workflow); err != nil {
				t.Errorf("%s: %v", b.name(), err)
				continue
			}
			for _, job := range workflow.Jobs {
				for _, s := range append(job.Steps, job.step) {
					rest, ours := strings.CutPrefix(s.Uses, "hostup/api-conformance/")
					if !ours {
						continue
					}
					found++
					file, _, _ := strings.Cut(rest, "@")
					known := inputs(t, file)
					for name := range s.With {
						if !known[name] {
							t.Errorf("%s: %s has no input %s", b.name(), file, name)
						}
					}
				}
			}
		}
	}
	if found == 0 {
		t.Error("no page shows how to use the action")
	}
}

// inputs returns the inputs of an action or of a reusable workflow.
func inputs(t *testing.T, file string) map[string]bool {
	t.Helper()
	if filepath.Ext(file) == "" {
		file = filepath.Join(file, "action.yml")
	}
	data, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	var declared struct {
		Inputs map[string]any `yaml:"inputs"`
		On     struct {
			Call struct {
				Inputs map[string]any `yaml:"inputs"`
			} `yaml:"workflow_call"`
		} `yaml:"on"`
	}
	if err := yaml.Unmarshal(data, &declared); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for name := range declared.Inputs {
		names[name] = true
	}
	for name := range declared.On.Call.Inputs {
		names[name] = true
	}
	return names
}

// TestDocsGo: Go code in the pages compiles, as one package in the folder docs.
func TestDocsGo(t *testing.T) {
	base, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	dir, replace := t.TempDir(), map[string]string{}
	for _, p := range pages(t) {
		for _, b := range p.blocks {
			if !b.is("go") {
				continue
			}
			name := fmt.Sprintf("code%d_test.go", len(replace))
			if err := os.WriteFile(filepath.Join(dir, name), []byte(b.text), 0o600); err != nil {
				t.Fatal(err)
			}
			replace[filepath.Join(base, "docs", name)] = filepath.Join(dir, name)
		}
	}
	if len(replace) == 0 {
		t.Fatal("no page shows Go code")
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	overlay := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(overlay, data, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "vet", "-overlay", overlay, "./docs")
	cmd.Dir = base
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
