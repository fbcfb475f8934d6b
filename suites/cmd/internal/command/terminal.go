package command

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"
)

// terminal reports whether a writer is a terminal that understands ANSI sequences, and
// its columns; 0 columns otherwise.
func (w *World) terminal(out io.Writer) (width int, ok bool) {
	f, isFile := out.(interface{ Fd() uintptr })
	if !isFile || !term.IsTerminal(int(f.Fd())) || w.variable("TERM") == "dumb" {
		return 0, false
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		width = 80
	}
	return width, true
}

// sameSignal is the time within which a second signal counts as the same: timeout(1)
// signals the process and then its group, so each arrives twice.
const sameSignal = 200 * time.Millisecond

// untilSignal returns a context that ends with the first SIGINT or SIGTERM. The second
// one ends the process at once, after a call of last: whoever asks twice does not want to
// wait.
func untilSignal(last func()) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case <-signals:
			cancel()
		case <-ctx.Done():
			return
		}
		for over := time.After(sameSignal); over != nil; {
			select {
			case <-signals:
			case <-over:
				over = nil
			}
		}
		<-signals
		last()
		os.Exit(exitInterrupted)
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel()
	}
}
