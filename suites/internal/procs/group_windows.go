package procs

import (
	"os/exec"
	"syscall"
)

// ownGroup lets a command start in a process group of its own: Ctrl-C then reaches
// the parent only, which tells the others once.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}
