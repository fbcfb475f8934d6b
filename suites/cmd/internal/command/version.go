package command

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/hostup/api-conformance/spec/packs"
	"github.com/spf13/cobra"
)

func versionCommand(w *World) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "print the versions of suite, Go and document",
		Args:  noArguments,
		RunE: func(*cobra.Command, []string) error {
			contract, err := packs.Default()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(w.Stdout, "hostup-conformance %s\n%s %s/%s\n%s %s sha256:%s\n",
				w.version(), runtime.Version(), runtime.GOOS, runtime.GOARCH,
				contract.Name(), contract.Version(), contract.Digest())
			return err
		},
	}
}

// version is the one that was linked in, else that of the module, else the
// revision that the binary was built from.
func (w *World) version() string {
	if w.Version != "" {
		return w.Version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "dev"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "dev-" + s.Value[:12]
		}
	}
	return "dev"
}
