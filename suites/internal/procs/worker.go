package procs

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Role says what this process is: the keeper of others, which then calls [Keep],
// a worker, which calls [Join], or neither.
func Role() (keeper, worker bool) {
	role := os.Getenv(roleVariable)
	return role == keeperRole, role == workerRole
}

// Join makes this process take part in the work, and returns its number from 1.
// Heard is called with every line that the parent or the keeper tells, one after
// the other. When there is nobody left to tell anything, the process ends.
//
// Leave says that the work of this process is done, and returns when that of all is:
// how each ended is then told once, at the end.
func Join(heard func(line string)) (number int, leave func()) {
	over := make(chan struct{})
	go func() {
		lines := bufio.NewReader(os.Stdin)
		for {
			line, err := lines.ReadString('\n')
			if err != nil {
				os.Exit(1)
			}
			if line = strings.TrimSuffix(line, "\n"); line == overLine {
				close(over)
			} else {
				heard(line)
			}
		}
	}()
	number, _ = strconv.Atoi(os.Getenv(numberVariable))
	return number, func() {
		fmt.Println(doneLine)
		<-over
	}
}
