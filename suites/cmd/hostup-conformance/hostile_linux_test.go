package main

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// A peer is the target's end of a connection on which a request has arrived.
type peer struct {
	*net.TCPConn
	in *bufio.Reader
}

func (p peer) say(s string) bool { _, err := p.Write([]byte(s)); return err == nil }

// flood sends s until the client is gone.
func (p peer) flood(s string) {
	s = strings.Repeat(s, 1+16<<10/len(s))
	for p.say(s) {
	}
}

// wait returns when the client has closed the connection.
func (p peer) wait() {
	for {
		if _, err := p.in.ReadByte(); err != nil {
			return
		}
	}
}

func (p peer) answer(body string, header ...string) {
	p.say(ok + "Content-Type: application/json\r\n" + strings.Join(append(header, ""), "\r\n") + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body))
}

const ok = "HTTP/1.1 200 OK\r\n"

// Generous limits, for busy machines.
const (
	mostTime   = 3 * time.Minute
	mostMemory = 300 // MiB

	mostReports = 16 << 20 // bytes of all reports together
)

// sizeOf returns the sum of the sizes of the files in a folder, in bytes: 0 if there is no
// such folder, as after a run that could not begin.
func sizeOf(t *testing.T, folder string) (sum int64) {
	t.Helper()
	err := filepath.WalkDir(folder, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			sum += info.Size()
		}
		return err
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	return sum
}

// hostile serves each request on its own connection.
func hostile(t *testing.T, serve func(p peer)) (base string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				p := peer{c.(*net.TCPConn), bufio.NewReader(c)}
				length := 0
				for {
					line, err := p.in.ReadString('\n')
					if err != nil {
						return
					}
					fmt.Sscanf(strings.ToLower(line), "content-length: %d", &length)
					if strings.TrimSpace(line) == "" {
						break
					}
				}
				p.in.Discard(length)
				serve(p)
			}()
		}
	}()
	return "http://" + l.Addr().String()
}

// TestHostileTargets: at any of these targets, a whole run with the highest tier ends
// soon and with little memory, with findings or because nothing can be tested.
func TestHostileTargets(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the suite against a dozen servers")
	}
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	for range 100 {
		z.Write(make([]byte, 1<<20))
	}
	z.Close()
	var deflated bytes.Buffer
	f, err := flate.NewWriter(&deflated, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	f.Write(make([]byte, 9<<20))
	f.Close()
	var members strings.Builder
	for i := range 500_000 {
		fmt.Fprintf(&members, `,"m%d":1`, i)
	}
	// As users build it: the race detector needs many times the memory.
	command := filepath.Join(t.TempDir(), "hostup-conformance")
	if out, err := exec.Command("go", "build", "-o", command, ".").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	var elsewhere, page atomic.Int32
	other := hostile(t, func(p peer) { elsewhere.Add(1); p.answer("{}") })
	for _, test := range []struct {
		name  string
		serve func(p peer)
	}{
		{"silence", func(p peer) { p.wait() }},
		{"a head that drips", func(p peer) {
			for p.say("H") {
				time.Sleep(20 * time.Millisecond)
			}
		}},
		{"a body that drips", func(p peer) {
			for p.say(ok + "Content-Type: application/json\r\n\r\n"); p.say(" "); {
				time.Sleep(20 * time.Millisecond)
			}
		}},
		{"an endless body", func(p peer) { p.say(ok + "\r\n"); p.flood("x") }},
		{"a body of 100 MB", func(p peer) { p.say(ok + "Content-Length: 100000000\r\n\r\n"); p.flood("[") }},
		{"endless chunks", func(p peer) { p.say(ok + "Transfer-Encoding: chunked\r\n\r\n"); p.flood("1\r\nx\r\n") }},
		{"a gzip bomb", func(p peer) { p.answer(bomb.String(), "Content-Encoding: gzip") }},
		{"deflate", func(p peer) { p.answer(deflated.String(), "Content-Encoding: deflate") }},
		{"half a million members", func(p peer) { p.answer("{" + members.String()[1:] + "}") }},
		{"nested arrays", func(p peer) { p.answer(strings.Repeat("[", 9<<20)) }},
		{"a million rows", func(p peer) {
			p.answer(`{"data":[` + strings.Repeat("1,", 2<<20) + `1],"entries":[` + strings.Repeat("1,", 2<<20) + `1]}`)
		}},
		{"a number of a million digits", func(p peer) {
			p.answer(`{"data":[0.` + strings.Repeat("3", 1_000_000) + `],"entries":[{"amount":1.` + strings.Repeat("3", 1_000_000) + `}]}`)
		}},
		{"an exponent without end", func(p peer) {
			p.answer(`{"data":[1e-999999999],"entries":[{"amount":1e` + strings.Repeat("9", 100_000) + `}]}`)
		}},
		{"a million duplicates", func(p peer) { p.answer("{" + strings.Repeat(`"a":1,`, 1_000_000) + `"a":1}`) }},
		{"a million tiny objects", func(p peer) {
			p.answer(`{"data":[` + strings.Repeat(`{"a":{}},`, 1_000_000) + `{}]}`)
		}},
		{"wrong rows on endless pages", func(p peer) {
			rows := strings.Repeat(`{"id":1,"x":2},`, 5000)
			p.answer(`{"kind":"transaction","hasMore":true,"data":[` + rows + `{}],"entries":[` + rows + `{}]}`)
		}},
		{"wrong rows of less than a megabyte", func(p peer) {
			rows := strings.Repeat(`{"id":1,"x":2,"a":{}},`, 22_000)
			p.answer(`{"kind":"transaction","hasMore":true,"data":[` + rows + `{}],"entries":[` + rows + `{}]}`)
		}},
		{"lines of JSON", func(p peer) {
			lines := strings.Repeat(`{"id":1,"x":2}`+"\n", 600_000)
			p.say(ok + fmt.Sprintf("Content-Type: application/x-ndjson\r\nContent-Length: %d\r\n\r\n%s", len(lines), lines))
		}},
		{"other names on every page", func(p peer) {
			n := page.Add(1)
			var names strings.Builder
			for i := range 100_000 {
				fmt.Fprintf(&names, `,"n%d-%d":"%d"`, n, i, i)
			}
			p.answer(`{"kind":"transaction","hasMore":true,"data":[{"id":"txn_1"` + names.String() + `}],"entries":[{"id":"txn_1"` + names.String() + `}]}`)
		}},
		{"rows of long text on endless pages", func(p peer) {
			rows := strings.Repeat(fmt.Sprintf(`{"id":"txn_%d","createdAt":"%s"},`, page.Add(1), strings.Repeat("x", 100<<10)), 40)
			p.answer(`{"kind":"transaction","hasMore":true,"data":[` + rows + `{}],"entries":[` + rows + `{}]}`)
		}},
		{"thousands of headers", func(p peer) {
			n := page.Add(1)
			var head strings.Builder
			for i := range 5000 {
				fmt.Fprintf(&head, "X-%d-%d: v\r\n", n, i)
			}
			p.answer("{}", strings.TrimSuffix(head.String(), "\r\n"))
		}},
		{"thousands of cookies", func(p peer) { p.answer("{}", slices.Repeat([]string{"Set-Cookie: a=1"}, 4000)...) }},
		{"a property name of 4 MB", func(p peer) {
			p.answer(fmt.Sprintf(`{"%d%s":1}`, page.Add(1), strings.Repeat("n", 4<<20)))
		}},
		{"huge headers", func(p peer) { p.say(ok); p.flood("X-A: aaaaaaaaaaaaaaaa\r\n") }},
		{"a flood of 1xx", func(p peer) { p.flood("HTTP/1.1 102 Processing\r\n\r\n") }},
		{"wrong chunks", func(p peer) { p.say(ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\nab") }},
		{"a body longer than its length", func(p peer) { p.say(ok + "Content-Length: 2\r\n\r\n{}{}{}") }},
		{"a body shorter than its length", func(p peer) { p.say(ok + "Content-Length: 100\r\n\r\n{}") }},
		{"garbage", func(p peer) { p.say("\x00\x01\x02\r\n\r\n") }},
		{"a reset", func(p peer) { p.SetLinger(0) }},
		{"a redirect to itself", func(p peer) { p.say("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n") }},
		{"a redirect elsewhere", func(p peer) {
			p.say("HTTP/1.1 307 Temporary Redirect\r\nLocation: " + other + "/\r\nContent-Length: 0\r\n\r\n")
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), mostTime)
			defer cancel()
			reports := filepath.Join(t.TempDir(), "reports")
			cmd := exec.CommandContext(ctx, command, "run", "--base-url", hostile(t, test.serve),
				"--keep-going", "--safety", "pay", "--request-timeout", "500ms", "--settle", "0s", "--report-dir", reports)
			cmd.Env = []string{
				"HOSTUP_API_KEY=canary-0123456789", "HOSTUP_READONLY_API_KEY=canary-1123456789", "HOSTUP_UNSCOPED_API_KEY=canary-2123456789", "HOSTUP_SESSION=canary-3123456789",
				"HOSTUP_ACCOUNT_ID=acct_1", "HOSTUP_ADDON_ID=storage-10gb", "HOSTUP_INVOICE_ID=7", "HOSTUP_DECLINED_INVOICE_ID=8", "HOSTUP_FOREIGN_ACCOUNT_ID=acct_2",
			}
			var stderr, stdout bytes.Buffer
			cmd.Stderr, cmd.Stdout = &stderr, &stdout
			began := time.Now()
			_ = cmd.Run() // the exit code is checked below
			took, memory := time.Since(began), cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss>>10
			t.Logf("exit code %d after %v, %d MiB", cmd.ProcessState.ExitCode(), took.Round(100*time.Millisecond), memory)
			if code := cmd.ProcessState.ExitCode(); code != 1 && code != 3 {
				t.Errorf("exit code %d, want 1 or 3\n%s", code, stderr.String())
			}
			most := int64(mostMemory)
			// A child's peak starts with that of its parent, which is large with the race
			// detector.
			var ours syscall.Rusage
			if err := syscall.Getrusage(syscall.RUSAGE_SELF, &ours); err != nil {
				t.Fatal(err)
			}
			most = max(most, ours.Maxrss>>10)
			if memory > most {
				t.Errorf("%d MiB of memory, want at most %d", memory, most)
			}
			if strings.Contains(stdout.String()+stderr.String(), "canary-") {
				t.Error("a credential is shown")
			}
			if size := sizeOf(t, reports); size > mostReports {
				t.Errorf("%d bytes of reports, want at most %d", size, mostReports)
			}
		})
	}
	if n := elsewhere.Load(); n > 0 {
		t.Errorf("a redirect to another host was followed %d times", n)
	}
}
