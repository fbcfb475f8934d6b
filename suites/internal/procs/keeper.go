package procs

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Last is the line that the keeper tells a worker when all others have ended.
const Last = "last"

// Keep starts the workers, passes on what the parent tells, and says on standard
// output how each worker ended. It returns when all have, or when the parent is
// gone: the workers end then as well.
func Keep() (code int) {
	n, err := strconv.Atoi(os.Getenv(countVariable))
	program, noProgram := os.Executable()
	if err != nil || noProgram != nil {
		return 2
	}
	k := &keeper{out: json.NewEncoder(os.Stdout)}
	environ := slices.DeleteFunc(os.Environ(), func(line string) bool { return strings.HasPrefix(line, roleVariable+"=") })
	for i := range n {
		if err := k.start(program, append(environ[:len(environ):len(environ)], roleVariable+"="+workerRole, numberVariable+"="+strconv.Itoa(i+1))); err != nil {
			fmt.Fprintln(os.Stderr, err)
			k.kill()
			return 2
		}
	}
	go func() {
		lines := bufio.NewReader(os.Stdin)
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				k.kill()
				os.Exit(1)
			}
			k.tell(line)
		}
	}()
	k.wait()
	return 0
}

type keeper struct {
	out     *json.Encoder
	workers []*keptWorker
}

type keptWorker struct {
	cmd   *exec.Cmd
	stdin io.WriteCloser
}

func (k *keeper) start(program string, environ []string) error {
	cmd := exec.Command(program)
	cmd.Env, cmd.Stderr = environ, os.Stderr
	stdin, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return err
	}
	k.workers = append(k.workers, &keptWorker{cmd, stdin})
	return nil
}

func (k *keeper) tell(line string) {
	for _, w := range k.workers {
		_, _ = io.WriteString(w.stdin, line)
	}
}

func (k *keeper) kill() {
	for _, w := range k.workers {
		_ = w.cmd.Process.Kill() // which knows whether it has ended
	}
}

// wait waits for the workers. The last one is told that it is.
func (k *keeper) wait() {
	var all sync.WaitGroup
	var mu sync.Mutex
	left := len(k.workers)
	ended := make([]bool, left)
	last := func() {
		if left == 1 {
			_, _ = io.WriteString(k.workers[slices.Index(ended, false)].stdin, Last+"\n")
		}
	}
	last()
	for i, w := range k.workers {
		all.Go(func() {
			err := w.cmd.Wait()
			mu.Lock()
			defer mu.Unlock()
			_ = k.out.Encode(exitOf(i+1, err))
			ended[i] = true
			left--
			last()
		})
	}
	all.Wait()
}
