//go:build unix

package procs

import (
	"os/exec"
	"syscall"
)

// ownGroup lets a command start in a process group of its own: signals of the
// terminal then reach the parent only, which tells the others once.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
