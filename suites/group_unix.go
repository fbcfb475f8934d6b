//go:build unix

package suites

import (
	"os"
	"os/exec"
	"syscall"
)

// ownGroup lets a command start in a process group of its own. Signals of the
// terminal then reach the parent only, which passes them on once.
func ownGroup(cmd *exec.Cmd) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return nil
}

// Signals to a group that has ended already are lost, as they should be.
func interruptGroup(p *os.Process) { _ = syscall.Kill(-p.Pid, syscall.SIGINT) }
func killGroup(p *os.Process)      { _ = syscall.Kill(-p.Pid, syscall.SIGKILL) }

// killSelf ends the own group, which ownGroup made.
func killSelf() { _ = syscall.Kill(0, syscall.SIGKILL) }
