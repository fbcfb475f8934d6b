package procs

import (
	"os/exec"
	"syscall"
)

// ownGroup makes a command start in its own process group: Ctrl-C then reaches only the
// parent, which tells the others once.
func ownGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}
