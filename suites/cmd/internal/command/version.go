package command

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/mod/module"

	"github.com/hostup/api-conformance/spec/packs"
)

// A Build identifies what a binary was built from. "" means unknown.
type Build struct {
	Version string // such as v1.2.3, or as git describe names it
	Commit  string // in hexadecimal
	Date    string // of the commit, RFC 3339
}

func versionCommand(w *World) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "print the versions of suite, Go and document",
		Long: `Print the version of the suite, the commit that it was built from and the date of
that commit, the version of Go, and version and digest of the built-in document.`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error { return w.printVersion() },
	}
}

func (w *World) printVersion() error {
	contract, err := packs.Default()
	if err != nil {
		return err
	}
	build := w.build()
	lines := []string{"hostup-conformance " + build.Version}
	if build.Commit != "" {
		lines = append(lines, strings.TrimSuffix("commit "+build.Commit+" of "+build.Date, " of "))
	}
	lines = append(lines,
		fmt.Sprintf("%s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH),
		fmt.Sprintf("%s %s sha256:%s", contract.Name(), contract.Version(), contract.Digest()))
	_, err = fmt.Fprintln(w.Stdout, strings.Join(lines, "\n"))
	return err
}

func (w *World) version() string { return w.build().Version }

// build returns what was linked in, completed by what the go command recorded in the
// binary.
func (w *World) build() Build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = new(debug.BuildInfo)
	}
	return w.Build.or(stamped(info))
}

// or returns the build, completed by other. The commit and its date go together.
func (b Build) or(other Build) Build {
	if b.Version == "" {
		b.Version = other.Version
	}
	if b.Commit == "" {
		b.Commit, b.Date = other.Commit, other.Date
	}
	return b
}

// stamped returns what the go command recorded: the module's version if it was installed
// with it, a revision if it was built in a clone. A pseudo-version names its commit.
func stamped(info *debug.BuildInfo) (b Build) {
	b.Version = info.Main.Version
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Date = s.Value
		}
	}
	if b.Commit == "" && module.IsPseudoVersion(b.Version) {
		revision, _ := module.PseudoVersionRev(b.Version)
		if at, err := module.PseudoVersionTime(b.Version); err == nil {
			b.Commit, b.Date = revision, at.UTC().Format(time.RFC3339)
		}
	}
	if b.Version == "" || b.Version == "(devel)" {
		b.Version = "dev"
		if len(b.Commit) >= 12 {
			b.Version += "-" + b.Commit[:12]
		}
	}
	return b
}
