// Package command is the command line of hostup-conformance: it decides which output goes
// where and which error has which exit code. Package suites does the work. [Main] is the
// entry point.
package command

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/config"
)

// Exit codes. CI jobs depend on them.
const (
	exitOK          = 0
	exitFindings    = 1
	exitUsage       = 2 // also configuration and document
	exitNothing     = 3 // target unreachable, nothing or too little tested, or a process of the run died
	exitInterrupted = 130
)

// A World is the environment of the command.
type World struct {
	Stdout, Stderr io.Writer
	Environ        []string
	Build          Build
	Executable     string // this program, for the processes of --procs; "" if unknown

	made *made // by the run, so far
}

// System returns the World of this process.
func System(build Build) World {
	exe, err := os.Executable()
	if err != nil {
		exe = ""
	}
	outliveReaders()
	return World{Stdout: stream{os.Stdout}, Stderr: stream{os.Stderr}, Environ: os.Environ(), Build: build, Executable: exe}
}

// Main runs the command line and returns the exit code.
func Main(args []string, w World) int {
	w.made = &made{say: w.say}
	log.SetOutput(io.Discard) // net/http logs what hostile targets send
	root := rootCommand(&w)
	root.SetArgs(args)
	root.SetOut(w.Stdout)
	root.SetErr(w.Stderr)
	return w.exit(root.Execute())
}

func rootCommand(w *World) *cobra.Command {
	version := false
	root := &cobra.Command{
		Use:           "hostup-conformance",
		Short:         "test an HTTP API against its contract: the HostUp billing API, or any OpenAPI document",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if version {
				return w.printVersion()
			}
			if len(args) == 0 {
				return usagef("no command given: want %s, see hostup-conformance help", commandNames(cmd))
			}
			return usagef("unknown command %q%s see hostup-conformance help", args[0], config.Meant(args[0], names(cmd), ": want "+commandNames(cmd)+","))
		},
	}
	root.Flags().BoolVarP(&version, "version", "v", false, "print what the command version prints")
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		text := lower(err.Error())
		if v := (*pflag.InvalidValueError)(nil); errors.As(err, &v) {
			text = invalidValue(v)
		}
		if name, ok := strings.CutPrefix(text, "unknown flag: "); ok {
			text += config.Meant(name, flagNames(cmd), ":")
			return usagef("%s see %s --help", text, cmd.CommandPath())
		}
		return usagef("%s: see %s --help", text, cmd.CommandPath())
	})
	root.SetHelpCommand(helpCommand())
	root.AddCommand(runCommand(w), verifyCommand(w), serveCommand(w), listCommand(w), explainCommand(w), newFaultsCommand(w),
		reportCommand(w), diffCommand(w), baselineCommand(w), changesCommand(w), completionCommand(w), versionCommand(w))
	return root
}

// invalidValue words an error of a flag as those of variables and of the file are worded:
// the flag, what it wants, what was given.
func invalidValue(err *pflag.InvalidValueError) string {
	why := err.Unwrap().Error()
	for was, kind := range map[string]string{"must be an integer": "a whole number", "must be true or false": "true or false"} {
		if strings.HasPrefix(why, was) {
			why = fmt.Sprintf("want %s, got %q", kind, err.GetValue())
		}
	}
	return fmt.Sprintf("--%s: %s", err.GetFlag().Name, why)
}

func names(cmd *cobra.Command) (list []string) {
	for _, c := range cmd.Commands() {
		list = append(list, c.Name())
	}
	return list
}

func flagNames(cmd *cobra.Command) (list []string) {
	cmd.Flags().VisitAll(func(f *pflag.Flag) { list = append(list, "--"+f.Name) })
	return list
}

func commandNames(cmd *cobra.Command) string {
	return strings.Join(names(cmd), ", ")
}

func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "explain a command and its flags",
		RunE: func(cmd *cobra.Command, args []string) error {
			about, _, err := cmd.Root().Find(args)
			if err != nil || len(args) > 0 && about == cmd.Root() {
				return usagef("unknown command %q: want %s", args[0], commandNames(cmd.Root()))
			}
			return about.Help()
		},
	}
}

// An exitError ends the command with a code and, if not empty, a text.
type exitError struct {
	code int
	text string
}

func (e *exitError) Error() string { return e.text }

func usagef(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Sprintf(format, args...)}
}

// exit prints an error and returns its code.
func (w *World) exit(err error) int {
	var (
		exit   *exitError
		config *config.Error
		code   = exitUsage
		lines  []string
	)
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &exit):
		if code = exit.code; exit.text != "" {
			lines = []string{exit.text}
		}
	case errors.As(err, &config):
		lines = config.Problems
	case errors.Is(err, suites.ErrUnreachable), errors.Is(err, suites.ErrDown), errors.Is(err, suites.ErrNothingTested), errors.Is(err, suites.ErrProcess):
		code, lines = exitNothing, []string{err.Error()}
	default:
		lines = []string{err.Error()}
	}
	for _, line := range lines {
		w.say("%s", strings.Join(strings.Fields(line), " "))
	}
	return code
}

// say writes a line to standard error.
func (w *World) say(format string, args ...any) {
	fmt.Fprintf(w.Stderr, "hostup-conformance: "+format+"\n", args...)
}

func lower(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}
