package targettest

import (
	"bufio"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// A Conn is the target's end of a connection.
type Conn struct {
	*net.TCPConn
	In *bufio.Reader
}

// Line reads one line of the request, without its line break.
func (c Conn) Line() string {
	s, _ := c.In.ReadString('\n')
	return strings.TrimRight(s, "\r\n")
}

// Rest reads the rest of the request head.
func (c Conn) Rest() string {
	var head strings.Builder
	for {
		l := c.Line()
		if l == "" {
			return head.String()
		}
		head.WriteString(l + "\r\n")
	}
}

// Say writes s and reports whether the client still reads.
func (c Conn) Say(s string) bool { _, err := c.TCPConn.Write([]byte(s)); return err == nil }

// Flood writes s until the client stops reading.
func (c Conn) Flood(s string) {
	s = strings.Repeat(s, 1+4096/len(s))
	for c.Say(s) {
	}
}

// Raw serves connections by hand, closes each when serve returns, and returns the base
// URL.
func Raw(t *testing.T, serve func(Conn)) (base string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	all.Add(1)
	go func() {
		defer all.Done()
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			all.Add(1)
			go func() {
				defer all.Done()
				defer c.Close()
				serve(Conn{c.(*net.TCPConn), bufio.NewReader(c)})
			}()
		}
	}()
	t.Cleanup(func() { l.Close(); all.Wait() })
	return "http://" + l.Addr().String()
}

// Reset closes the connection with a RST.
func (c Conn) Reset() { _ = c.SetLinger(0); c.Close() }

// Settle waits until the client has received what was written, as a reset discards the
// rest. Linux counts the bytes in the queue; elsewhere it yields.
func (c Conn) Settle() {
	for range 1000 {
		runtime.Gosched()
	}
	_ = c.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
	_, _ = c.In.ReadByte()
}
