//go:build !unix

package suites

import (
	"errors"
	"os"
	"os/exec"
)

var errNoGroups = errors.New("this system has no process groups")

// Without process groups, workers could outlive the run and go on writing to
// the target.
func ownGroup(*exec.Cmd) error { return errNoGroups }

func interruptGroup(*os.Process) {}
func killGroup(*os.Process)      {}
func killSelf()                  {}
