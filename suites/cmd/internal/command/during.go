package command

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"time"
)

// during runs a command for as long as it takes while a server serves, and returns its
// exit code as an error. A script that starts the server in the background has to guess
// when it listens: with variables that are not there yet a run tests the embedded server.
func (w *World) during(ctx context.Context, server listening, variables, command []string) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stopped := make(chan error, 1)
	go func() {
		stopped <- server.Wait()
		cancel()
	}()
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Env = slices.Concat(w.Environ, variables)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, ownFile(w.Stdout), ownFile(w.Stderr)
	cmd.Cancel = func() error {
		if cmd.Process.Signal(os.Interrupt) != nil { // Windows has none to send
			return cmd.Process.Kill()
		}
		return nil
	}
	cmd.WaitDelay = 10 * time.Second
	err := cmd.Run()
	interrupted := ctx.Err() != nil
	failed := server.Stop()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit) && exit.ExitCode() >= 0:
		return &exitError{code: exit.ExitCode()}
	case interrupted:
		return errors.Join(failed, <-stopped, &exitError{code: exitInterrupted})
	case exit != nil:
		return &exitError{exitNothing, command[0] + " was ended: " + err.Error()}
	case err != nil:
		return usagef("%s cannot be run: %v", command[0], err)
	}
	return failed
}

// ownFile returns the file of a stream, which a command may use as the terminal that it is.
func ownFile(w io.Writer) io.Writer {
	if s, ok := w.(stream); ok {
		return s.File
	}
	return w
}
