package procs

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Role returns the role of this process: a keeper, which must call [Keep], a worker,
// which must call [Join], or neither.
func Role() (keeper, worker bool) {
	role := os.Getenv(roleVariable)
	return role == keeperRole, role == workerRole
}

// Join registers this process as a worker and returns its number from 1. It calls heard
// with every line of the parent or the keeper, one after the other. When the keeper is
// gone, the process exits.
//
// leave reports that this process has finished its work, and returns when all have: how
// each ended is then reported once, at the end.
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
