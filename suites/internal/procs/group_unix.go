//go:build unix

package procs

import (
	"os/exec"
	"syscall"
)

// ownGroup makes a command start in its own process group: signals of the terminal then
// reach only the parent, which tells the others once.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
