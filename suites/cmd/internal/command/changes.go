package command

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/hostup/api-conformance/spec/changes"
)

func changesCommand(w *World) *cobra.Command {
	format := "text"
	cmd := &cobra.Command{
		Use:   "changes OLD.yaml NEW.yaml",
		Short: "compare two versions of the contract: what breaks clients",
		Long: `Compare two versions of an OpenAPI document (3.0, 3.1, 3.2, Swagger 2.0; of one
version or two). A change breaks clients if a request that was accepted may be
refused, or if a response may be what it could not be before. What cannot be decided,
such as whether one pattern matches more than another, counts as breaking, and
the line says so. Each line has the operations, the direction, the place and the
lines of both files. The exit code is 1 if a change breaks clients.`,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usagef("%s given: want the old and the new document", plural(len(args), "file"))
			}
			if format != "text" && format != "json" {
				return usagef("unknown format %q: want text or json", format)
			}
			list, err := compareFiles(args[0], args[1])
			if err != nil {
				return err
			}
			return writeChanges(w, format, list)
		},
	}
	cmd.Flags().StringVar(&format, "format", format, "text or json")
	complete(cmd, "format", fixed("text", "json"))
	return cmd
}

func compareFiles(oldPath, newPath string) ([]changes.Change, error) {
	var documents [2]changes.Document
	for i, path := range []string{oldPath, newPath} {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, usagef("cannot read %s: %v", path, bare(err))
		}
		documents[i] = changes.Document{Name: path, Text: text, Read: os.ReadFile}
	}
	list, err := changes.Compare(documents[0], documents[1], time.Now())
	if err != nil {
		return nil, usagef("%v", err)
	}
	return list, nil
}

// writeChanges writes the changes, and returns the error for the exit code if one breaks
// clients.
func writeChanges(w *World, format string, list []changes.Change) error {
	breaking := 0
	for _, c := range list {
		if c.Breaking {
			breaking++
		}
	}
	var out bytes.Buffer
	if format == "json" {
		e := json.NewEncoder(&out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if list == nil {
			list = []changes.Change{}
		}
		if err := e.Encode(map[string]any{"breaking": breaking, "changes": list}); err != nil {
			return err
		}
	} else {
		for _, c := range list {
			fmt.Fprintln(&out, c)
		}
		fmt.Fprintf(&out, "%s, %d of them breaking\n", plural(len(list), "change"), breaking)
	}
	if _, err := w.Stdout.Write(out.Bytes()); err != nil {
		return usagef("cannot write the changes: %v", bare(err)) // not the exit code for a breaking change
	}
	if breaking > 0 {
		return &exitError{code: exitFindings}
	}
	return nil
}
