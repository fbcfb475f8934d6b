package command

import (
	"fmt"
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// terminal opens a pseudo-terminal and returns the side for programs.
func terminal(t *testing.T) *os.File {
	t.Helper()
	leader, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no pseudo-terminals here: %v", err)
	}
	t.Cleanup(func() { leader.Close() })
	if err := unix.IoctlSetPointerInt(int(leader.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Skipf("cannot unlock a pseudo-terminal: %v", err)
	}
	n, err := unix.IoctlGetInt(int(leader.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Skipf("no number of the pseudo-terminal: %v", err)
	}
	f, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("cannot open the pseudo-terminal: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestColour(t *testing.T) {
	tty := terminal(t)
	pipe, _, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer pipe.Close()
	tests := []struct {
		name    string
		out     *os.File
		environ []string
		want    bool
	}{
		{"terminal", tty, []string{"TERM=xterm"}, true},
		{"NO_COLOR", tty, []string{"TERM=xterm", "NO_COLOR=1"}, false},
		{"NO_COLOR is empty", tty, []string{"TERM=xterm", "NO_COLOR="}, true},
		{"dumb terminal", tty, []string{"TERM=dumb"}, false},
		{"pipe", pipe, []string{"TERM=xterm"}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := World{Stdout: test.out, Environ: test.environ}
			if got := w.textOptions().Color; got != test.want {
				t.Errorf("colour %v, want %v", got, test.want)
			}
		})
	}
}

func TestAssignment(t *testing.T) {
	pipe, _, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer pipe.Close()
	for want, out := range map[string]*os.File{"export A=b": terminal(t), "A=b": pipe} {
		w := World{Stdout: out, Environ: []string{"TERM=xterm"}}
		if got := w.assignment("A=b"); got != want {
			t.Errorf("wrote %q, want %q", got, want)
		}
	}
}
