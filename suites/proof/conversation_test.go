package proof

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/suites"
)

// A sent is a request of the suite as the reference server received it.
type sent struct {
	after   time.Duration // since the first one
	request *http.Request
	body    []byte
}

// requestsOfTheSuite returns all requests to a conforming server, in order.
func requestsOfTheSuite(t *testing.T) []sent {
	t.Helper()
	var (
		mu   sync.Mutex
		list []sent
	)
	config := newPlayer().config()
	config.Clock = nil
	started := time.Now()
	clean := config.Rules.Write
	config.Rules.Write = func(w http.ResponseWriter, a *refserver.Answer) {
		mu.Lock()
		list = append(list, sent{time.Since(started), a.Call.Request.Clone(context.Background()), a.Call.Body})
		mu.Unlock()
		clean(w, a)
	}
	server, err := refserver.New(config)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := suites.Run(t.Context(), entire(), suites.Options{Contract: load(t), Reference: server, Version: "proof"}); err != nil {
		t.Fatal(err)
	}
	return list
}

var noon = time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)

// A player sends requests to a server whose time and ids depend only on the request, so
// that two servers differ only in their behaviour.
type player struct {
	n      int
	now    time.Time
	source *rand.ChaCha8
}

func newPlayer() *player {
	return &player{now: noon, source: rand.NewChaCha8([32]byte{})}
}

func (r *player) config() refserver.Config {
	return refserver.Config{
		Rules: refserver.DefaultRules(),
		Clock: func() time.Time { return r.now },
		Rand:  r.source,
	}
}

// answer returns a comparable description of a server's response.
func (r *player) answer(server http.Handler, s sent) string {
	r.n++
	r.now = noon.Add(s.after)
	var seed [32]byte
	binary.LittleEndian.PutUint64(seed[:], uint64(r.n))
	r.source.Seed(seed)

	// For responses that never come. Lateness is not a difference: the machine may be
	// busy.
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	defer cancel()
	request := s.request.Clone(ctx)
	request.Body = io.NopCloser(bytes.NewReader(s.body))
	w := &transcript{header: http.Header{}}
	func() {
		defer func() {
			if v := recover(); v != nil {
				fmt.Fprintf(&w.text, "aborted: %v\n", v)
			}
		}()
		server.ServeHTTP(w, request)
	}()
	if w.text.Len() == 0 {
		w.WriteHeader(http.StatusOK)
	}
	return w.text.String()
}

// A transcript is a response writer that records all calls.
type transcript struct {
	header http.Header
	wrote  bool
	text   bytes.Buffer
}

func (w *transcript) Header() http.Header { return w.header }

func (w *transcript) WriteHeader(status int) {
	w.wrote = w.wrote || status >= 200
	fmt.Fprintln(&w.text, status)
	for _, name := range slices.Sorted(maps.Keys(w.header)) {
		fmt.Fprintf(&w.text, "%s: %s\n", name, strings.Join(w.header[name], "\n\t"))
	}
}

func (w *transcript) Write(b []byte) (int, error) {
	if !w.wrote {
		w.WriteHeader(http.StatusOK)
	}
	return w.text.Write(b)
}

func (w *transcript) Flush() { w.text.WriteString("flushed\n") }

// Hijack records the bytes on the connection, which has no response.
func (w *transcript) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	w.text.WriteString("hijacked\n")
	return nil, nil, http.ErrNotSupported
}

// A conversation holds the responses of a conforming server to all requests of the suite.
type conversation struct {
	sent    []sent
	answers []uint64 // hashes
}

func soundConversation(t *testing.T) conversation {
	t.Helper()
	c := conversation{sent: requestsOfTheSuite(t)}
	r := newPlayer()
	server, err := refserver.New(r.config())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range c.sent {
		c.answers = append(c.answers, hash(r.answer(server, s)))
	}
	return c
}

// differs reports whether a patched server responds differently to any request.
func (c conversation) differs(t *testing.T, apply func(*refserver.Config)) bool {
	t.Helper()
	r := newPlayer()
	config := r.config()
	apply(&config)
	server, err := refserver.New(config)
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range c.sent {
		if hash(r.answer(server, s)) != c.answers[i] {
			return true
		}
	}
	return false
}

func hash(text string) uint64 {
	h := fnv.New64a()
	_, _ = io.WriteString(h, text)
	return h.Sum64()
}
