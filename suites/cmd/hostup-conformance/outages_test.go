package main

import (
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/hostup/api-conformance/fixtures/refserver"
)

// page responds with an HTML page.
func page(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(status)
		fmt.Fprintf(w, "<html><head><title>%d</title></head><body><h1>nginx</h1></body></html>", status)
	}
}

// hangUp closes the connection without a response.
func hangUp(w http.ResponseWriter) {
	if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
		c.Close()
	}
}

// answers are servers that are not the API, or not all of it.
var answers = map[string]http.HandlerFunc{
	"502":   page(http.StatusBadGateway),
	"404":   page(http.StatusNotFound),
	"429":   page(http.StatusTooManyRequests),
	"login": page(http.StatusOK),
	"blank": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
	"files": func(w http.ResponseWriter, r *http.Request) { // like python3 -m http.server
		if r.Method == http.MethodGet || r.Method == http.MethodHead {
			page(http.StatusNotFound)(w, r)
			return
		}
		page(http.StatusNotImplemented)(w, r)
	},
	"ok": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `{"status":"ok"}`)
	},
	"counted": func(w http.ResponseWriter, r *http.Request) { // each response has its own id
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"success":false,"route":%q,"id":%q}`, r.URL.Path, rand.Text())
	},
	"401": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnauthorized)
		fmt.Fprintf(w, `{"error":"who are you?","id":%q}`, rand.Text())
	},
	"broken": func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			hangUp(w)
		}
	},
	"half": func(w http.ResponseWriter, r *http.Request) { // the gateway has lost one of two servers
		if r.URL.Path == "/b" {
			page(http.StatusBadGateway)(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `{}`)
	},
	"elsewhere": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/login", http.StatusFound) },
	"basic": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("WWW-Authenticate", `Basic realm="staging"`)
		page(http.StatusUnauthorized)(w, r)
	},
	"limited": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(http.StatusTooManyRequests)
	},
	"limitpage": page(http.StatusTooManyRequests), // of a limiter in front of the API
	"cut": func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			hangUp(w)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", "4000")
		io.WriteString(w, `{"entries":`)
	},
	"nohttp": func(w http.ResponseWriter, _ *http.Request) {
		if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
			io.WriteString(c, "\x00\x01garbage\r\n\r\n")
			c.Close()
		}
	},
	"head": func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X-Long", strings.Repeat("a", 300<<10)) },
	"cards": func(w http.ResponseWriter, r *http.Request) { // the only implemented route of a server
		switch {
		case r.URL.Path != "/api/v2/billing/cards":
			page(http.StatusNotFound)(w, r)
		case r.Method != http.MethodGet:
			w.Header().Set("Allow", "GET, HEAD, OPTIONS")
			page(http.StatusMethodNotAllowed)(w, r)
		case r.Header.Get("Authorization") != "Bearer foo":
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusUnauthorized)
			io.WriteString(w, `{"error":"no"}`)
		default:
			w.Header().Set("Content-Type", "application/json")
			io.WriteString(w, `{"cards":[]}`)
		}
	},
}

// outage starts a server from the table above. "starting", "flaps", "dies…" and
// "becomes…" are a reference server that fails for the first requests, or after some, and
// "seldom" one that fails at regular intervals.
func outage(ts *testscript.TestScript, _ bool, args []string) {
	reference, err := refserver.New(refserver.Config{})
	ts.Check(err)
	name := args[0]
	handler := http.Handler(answers[name])
	var served, looks atomic.Int64
	asked := func(r *http.Request) bool { return strings.Contains(r.UserAgent(), "(presence)") }
	var server *httptest.Server
	var once sync.Once
	becomes, later := strings.CutPrefix(name, "becomes")
	seldom, flaky := strings.CutPrefix(name, "seldom")
	switch {
	case later, flaky, name == "starting", name == "dies", name == "dies502", name == "flaps":
		limit, err := strconv.ParseInt(args[1], 10, 64)
		ts.Check(err)
		given(ts, reference)
		handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n := served.Add(1)
			switch over := n > limit; {
			case flaky && n%limit == 0 && n > limit:
				answers[seldom](w, r)
			case flaky:
				reference.ServeHTTP(w, r)
			case name == "starting" && !over:
				page(http.StatusServiceUnavailable)(w, r)
			case later && over:
				answers[becomes](w, r)
			case name == "dies502" && over, name == "flaps" && over && (!asked(r) || looks.Add(1) < 9) && looks.Load() < 9:
				page(http.StatusBadGateway)(w, r)
			case name == "dies" && over:
				once.Do(func() { server.Listener.Close() })
				if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
					c.(*net.TCPConn).Close()
				}
			default:
				reference.ServeHTTP(w, r)
			}
		})
	default:
		for _, name := range []string{"READONLY_API_KEY", "UNSCOPED_API_KEY", "SESSION", "ACCOUNT_ID", "FOREIGN_ACCOUNT_ID", "ADDON_ID", "INVOICE_ID", "DECLINED_INVOICE_ID", "CARD_ID"} {
			ts.Setenv("HOSTUP_"+name, "")
		}
		if answers[name] == nil {
			ts.Fatalf("unknown outage %s", name)
		}
		ts.Setenv("HOSTUP_API_KEY", "foo")
	}
	server = httptest.NewUnstartedServer(handler)
	if name == "dies" {
		server.Config.SetKeepAlivesEnabled(false) // a dead process has no connections
	}
	server.Start()
	ts.Defer(server.Close)
	ts.Setenv("HOSTUP_BASE_URL", server.URL)
}

// lines limits the number of lines in the output.
func lines(ts *testscript.TestScript, _ bool, args []string) {
	most, err := strconv.Atoi(args[0])
	ts.Check(err)
	text := ts.ReadFile(args[1])
	if n := strings.Count(text, "\n"); n > most {
		ts.Fatalf("%s has %d lines, want at most %d:\n%s", args[1], n, most, text)
	}
}
