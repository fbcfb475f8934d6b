package command

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/hostup/api-conformance/reporters/baseline"
)

func baselineCommand(w *World) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "baseline",
		Short: "keep the list of known findings",
		Long: `Keep the list of known findings, a YAML file for run --baseline. What it lists is
still tested and shown, and does not fail a run. An entry needs a reason; one
that has expired or that no longer occurs fails the run.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("unknown command %q: want write or prune", args[0])
			}
			return usagef("no command given: want write or prune, see hostup-conformance help baseline")
		},
	}
	var from, to string
	flags := func(c *cobra.Command) *cobra.Command {
		c.Args = noArguments
		c.Flags().StringVar(&from, "from", "reports/report.json", "result that the list is made from")
		c.Flags().StringVar(&to, "file", "baseline.yaml", "the list")
		return c
	}
	cmd.AddCommand(
		flags(&cobra.Command{
			Use: "write", Short: "add the findings of a result; reasons of entries that are there stay, new ones have to be filled in",
			RunE: func(*cobra.Command, []string) error { return w.writeBaseline(from, to) },
		}),
		flags(&cobra.Command{
			Use: "prune", Short: "remove the entries that a result no longer shows",
			RunE: func(*cobra.Command, []string) error { return w.pruneBaseline(from, to) },
		}),
	)
	return cmd
}

// writeBaseline adds the findings of the result in from to the list in to.
func (w *World) writeBaseline(from, to string) error {
	run, err := readRun(from)
	if err != nil {
		return err
	}
	old, err := readBaseline(to)
	if errors.Is(err, fs.ErrNotExist) {
		old, err = nil, nil
	}
	if err != nil {
		return err
	}
	now, err := rewrite(to, func(b *bytes.Buffer) (*baseline.List, error) { return baseline.Write(b, run, old) })
	if err != nil {
		return err
	}
	if n := now.Unfilled(); n > 0 {
		w.say("%s has %s: write reason and ticket where it says TODO (%d), the file is refused until then", to, entries(now), n)
	} else {
		w.say("%s has %s, none of them new", to, entries(now))
	}
	return nil
}

// pruneBaseline removes from the list in to what the result in from does not show.
func (w *World) pruneBaseline(from, to string) error {
	run, err := readRun(from)
	if err != nil {
		return err
	}
	old, err := readBaseline(to)
	if err != nil {
		return err
	}
	now, err := rewrite(to, func(b *bytes.Buffer) (*baseline.List, error) { return baseline.Prune(b, old, run, time.Now()) })
	if err != nil {
		return err
	}
	w.say("%s has %s, %d taken out", to, entries(now), len(old.Known)-len(now.Known))
	return nil
}

// readBaseline reads a list of known findings. A missing file is recognizable with
// errors.Is.
func readBaseline(path string) (*baseline.List, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &baselineError{path, bare(err)}
	}
	defer f.Close()
	b, err := baseline.Read(path, f)
	if err != nil {
		return nil, usagef("%v", err)
	}
	return b, nil
}

// A baselineError says that a list cannot be opened. It is a usage error.
type baselineError struct {
	path string
	err  error
}

func (e *baselineError) Error() string {
	return "cannot read the baseline " + e.path + ": " + e.err.Error()
}
func (e *baselineError) Unwrap() error { return e.err }

func entries(b *baseline.List) string {
	if len(b.Known) == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", len(b.Known))
}

// rewrite replaces a whole file, or leaves it unchanged.
func rewrite(path string, write func(*bytes.Buffer) (*baseline.List, error)) (*baseline.List, error) {
	var b bytes.Buffer
	list, err := write(&b)
	if err != nil {
		return nil, usagef("%v", err)
	}
	if err := replace(path, b.Bytes()); err != nil {
		return nil, usagef("cannot write %s: %v", path, bare(err))
	}
	return list, nil
}

func replace(path string, text []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".baseline-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(text)
	if err == nil {
		err = tmp.Chmod(mode(path)) // temporary files are private, and this one is for a repository
	}
	if closed := tmp.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	return err
}

// mode returns the mode of an existing file, else the usual one of files in a repository.
func mode(path string) fs.FileMode {
	if info, err := os.Stat(path); err == nil {
		return info.Mode().Perm()
	}
	return 0o644
}
