package env

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites/hostup/settings"
)

const crashVariable = "HOSTUP_LEDGER_CRASH_TEST"

// steps are the steps of a request; a process is killed after each of them.
var steps = []string{"started", "reserved", "sent", "settled"}

// TestKilledAtAnyStep: a process that is killed between any two steps of a payment
// neither allows the others one payment too many nor blocks them.
func TestKilledAtAnyStep(t *testing.T) {
	for _, most := range []int{1, 2, 5} {
		for _, step := range steps {
			t.Run(fmt.Sprintf("%d payments, killed when %s", most, step), func(t *testing.T) {
				target := newTill(t)
				path := filepath.Join(t.TempDir(), "ledger")
				victim := target.process(t, path, 1, most)
				victim.until(t, step)
				victim.kill(t)

				cfg := settings.Default()
				cfg.MaxPayments = most
				l := NewSharedLedger(cfg, path, 2)
				for target.pay(t, l) {
				}
				if n := int(target.payments.Load()); n > most || n < most-1 {
					t.Errorf("the target has accepted %d payments of %d", n, most)
				}
				want := "as many as the run may make"
				if _, why := l.reserve(t.Context(), spec.Charges); !strings.Contains(why, want) {
					t.Errorf("refused with %q, want %q", why, want)
				}
			})
		}
	}
}

// TestKilledTogether kills processes that all have a pending payment.
func TestKilledTogether(t *testing.T) {
	const most, processes = 12, 4
	target := newTill(t)
	path := filepath.Join(t.TempDir(), "ledger")
	var all []*paying
	for i := range processes {
		p := target.process(t, path, i+1, most)
		p.until(t, "started")
		for range i { // each at another step of another payment
			p.until(t, steps[i])
		}
		all = append(all, p)
	}
	for _, p := range all {
		p.kill(t)
	}
	cfg := settings.Default()
	cfg.MaxPayments = most
	l := NewSharedLedger(cfg, path, processes+1)
	for target.pay(t, l) {
	}
	if n := int(target.payments.Load()); n > most || n < most-processes {
		t.Errorf("the target has accepted %d payments of %d, of which %d processes can have cost one each", n, most, processes)
	}
}

// TestKilledWhileWriting: an incomplete entry of a killed process does not count, and the
// entries after it are read.
func TestKilledWhileWriting(t *testing.T) {
	cfg := settings.Default()
	cfg.MaxPayments = 3
	for size := range 4 * entrySize {
		path := filepath.Join(t.TempDir(), "ledger")
		dying := NewSharedLedger(cfg, path, 1)
		reserved := 0
		for _, made := range []bool{true, false} {
			settle, why := dying.reserve(t.Context(), spec.Charges)
			if why != "" {
				t.Fatal(why)
			}
			settle(made)
		}
		if err := os.Truncate(path, int64(size)); err != nil {
			t.Fatal(err)
		}
		die(t, dying)
		// One payment was accepted, one refused, with two entries each. A request with an
		// incomplete entry was not sent; one without an end entry may have been accepted.
		switch whole := size / entrySize; whole {
		case 1, 2:
			reserved = 1
		case 3:
			reserved = 2
		}
		l := NewSharedLedger(cfg, path, 2)
		n := 0
		for ; n < 9; n++ {
			settle, why := l.reserve(t.Context(), spec.Charges)
			if why != "" {
				break
			}
			settle(true)
		}
		if n != cfg.MaxPayments-reserved {
			t.Errorf("after %d bytes: %d payments were allowed, want %d", size, n, cfg.MaxPayments-reserved)
		}
	}
}

// die does to a ledger of this process what killing it does.
func die(t *testing.T, l *Ledger) {
	t.Helper()
	if err := l.books.(*journal).life.Unlock(); err != nil {
		t.Fatal(err)
	}
}

// TestJournalCannotBeWritten: a process that cannot write sends no more payments, and its
// pending ones count as accepted.
func TestJournalCannotBeWritten(t *testing.T) {
	cfg := settings.Default()
	cfg.MaxPayments = 1
	path := filepath.Join(t.TempDir(), "ledger")
	l := NewSharedLedger(cfg, path, 1)
	settle, why := l.reserve(t.Context(), spec.Charges)
	if why != "" {
		t.Fatal(why)
	}
	other := NewSharedLedger(cfg, path, 2)
	if other.spent(spec.Charges) != "" {
		t.Error("a payment under way counts as made")
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append(whole, strings.Repeat("x", entrySize)...), 0o600); err != nil {
		t.Fatal(err)
	}
	settle(false)
	if _, why := l.reserve(t.Context(), spec.Charges); !strings.Contains(why, "cannot be counted") {
		t.Errorf("refused with %q", why)
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if other.spent(spec.Charges) == "" {
		t.Error("a payment whose end nobody knows does not count")
	}
}

// A till is a target that counts payments.
type till struct {
	url      string
	payments atomic.Int32
}

func newTill(t *testing.T) *till {
	t.Helper()
	target := &till{}
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { target.payments.Add(1) }))
	t.Cleanup(server.Close)
	target.url = server.URL
	return target
}

// pay makes one payment if the ledger allows it.
func (target *till) pay(t *testing.T, l *Ledger) bool {
	t.Helper()
	settle, why := l.reserve(t.Context(), spec.Charges)
	if why != "" {
		return false
	}
	target.charge(t)
	settle(true)
	return true
}

func (target *till) charge(t *testing.T) {
	t.Helper()
	resp, err := http.Post(target.url, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
}

// A paying process makes payments until it is killed, and waits after every step.
type paying struct {
	cmd  *exec.Cmd
	said *bufio.Scanner
	next *os.File
	held bool // it waits for a line
}

func (target *till) process(t *testing.T, path string, number, most int) *paying {
	t.Helper()
	in, next, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	cmd := exec.Command(os.Args[0], "-test.run=^TestPaying$", "-test.count=1")
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%s|%s|%d|%d", crashVariable, target.url, path, number, most))
	cmd.Stdin = in
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	return &paying{cmd: cmd, said: bufio.NewScanner(out), next: next}
}

func (p *paying) until(t *testing.T, step string) {
	t.Helper()
	for {
		if p.held {
			if _, err := p.next.WriteString("\n"); err != nil {
				t.Fatal(err)
			}
		}
		if p.held = p.said.Scan(); !p.held {
			break
		}
		if p.said.Text() == step {
			return
		}
	}
	t.Fatalf("the process ended before it said %q", step)
}

func (p *paying) kill(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = p.cmd.Wait() // an error is expected: it was killed
	p.next.Close()
}

// TestPaying is the process that TestKilledAtAnyStep kills.
func TestPaying(t *testing.T) {
	words := strings.Split(os.Getenv(crashVariable), "|")
	if len(words) != 4 {
		t.Skip("started by other tests")
	}
	in := bufio.NewScanner(os.Stdin)
	step := func(name string) {
		fmt.Println(name)
		in.Scan()
	}
	number, _ := strconv.Atoi(words[2])
	cfg := settings.Default()
	cfg.MaxPayments, _ = strconv.Atoi(words[3])
	target := &till{url: words[0]}
	l := NewSharedLedger(cfg, words[1], number)
	step("started")
	for {
		settle, why := l.reserve(t.Context(), spec.Charges)
		if why != "" {
			step(why)
			time.Sleep(time.Minute) // until it is killed
		}
		step("reserved")
		target.charge(t)
		step("sent")
		settle(true)
		step("settled")
	}
}
