package protocol_test

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/suites"
	"github.com/hostup/api-conformance/suites/env"
)

// families with specs of this area; media has many more, of other areas.
const families = "methods || input || MEDIA-ACCEPT-001 || LEAK-CREDENTIAL-001"

var contract = sync.OnceValues(spec.Load)

// run runs the specs of this area against a reference server with other rules.
func run(t *testing.T, change func(*refserver.Rules), safety env.Safety, filter string) *reporters.Run {
	t.Helper()
	c, err := contract()
	if err != nil {
		t.Fatal(err)
	}
	rules := refserver.DefaultRules()
	if change != nil {
		change(&rules)
	}
	server, err := refserver.New(refserver.Config{Rules: rules})
	if err != nil {
		t.Fatal(err)
	}
	cfg := env.Default()
	cfg.LabelFilter, cfg.Safety = filter, safety
	result, err := suites.Run(context.Background(), cfg, suites.Options{Contract: c, Reference: server})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// found are the requirements of the findings that specs of this area met.
func found(r *reporters.Run) []string {
	var ids []string
	for _, g := range r.Findings {
		if slices.ContainsFunc(g.Specs, func(name string) bool { return strings.HasPrefix(name, "protocol / ") }) && !slices.Contains(ids, g.First.Requirement) {
			ids = append(ids, g.First.Requirement)
		}
	}
	slices.Sort(ids)
	return ids
}

func TestCleanServer(t *testing.T) {
	r := run(t, nil, env.Pay, families)
	if ids := found(r); len(ids) > 0 {
		t.Errorf("the clean server has findings of %v", ids)
	}
	n := 0
	for _, s := range r.Specs {
		if s.Area != "protocol" {
			continue
		}
		n++
		if s.Outcome != reporters.Passed {
			t.Errorf("%s: %s %v", s.Name, s.Outcome, s.Skip)
		}
	}
	if n < 130 {
		t.Errorf("%d specs, want at least 130", n)
	}
	for _, c := range r.Created {
		if strings.HasPrefix(c.Spec, "protocol / ") {
			t.Errorf("%s created %s %s", c.Spec, c.What, c.ID)
		}
	}
}

// Bodies of this area name what does not exist: at a sound target nothing is
// ordered and nothing is paid.
func TestNothingIsCarriedOut(t *testing.T) {
	var mu sync.Mutex
	done := 0
	r := run(t, func(rules *refserver.Rules) {
		rules.Answer = func(a *refserver.Answer) {
			mu.Lock()
			defer mu.Unlock()
			if a.Call.Request.Method == http.MethodPost && a.Status < 300 {
				done++
			}
		}
	}, env.Pay, families)
	created := 0
	for _, c := range r.Created {
		if c.What != "invoice" { // every order comes with one
			created++
		}
	}
	if done != created {
		t.Errorf("%d POST requests were carried out, %d are accounted for by other areas", done, created)
	}
}

// refuse is a refusal in the form of the API.
func refuse(status int, code string) *refserver.Refusal {
	return &refserver.Refusal{Status: status, Code: code, Title: http.StatusText(status), Detail: "No."}
}

// plain answers with a page of a server in front of the API.
func plain(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(status)
	_, _ = w.Write([]byte("<html><body>" + http.StatusText(status) + "</body></html>"))
}

// Against a server that keeps the contract in its own way there is nothing to
// report.
func TestVariants(t *testing.T) {
	for name, change := range map[string]func(*refserver.Rules){
		"404 for an undocumented method": func(r *refserver.Rules) {
			r.Method = replaceRefusal(r.Method, refuse(404, "not_found"))
		},
		"501 for an undocumented method": func(r *refserver.Rules) {
			r.Method = replaceRefusal(r.Method, refuse(501, "not_implemented"))
		},
		"no HEAD": func(r *refserver.Rules) {
			clean := r.Method
			r.Method = func(c *refserver.Call, res refserver.Resource) (refserver.Operation, *refserver.Refusal) {
				if c.Request.Method == http.MethodHead {
					refusal := refuse(405, "method_not_allowed")
					refusal.Header = http.Header{"Allow": {"GET, POST"}}
					return refserver.Operation{}, refusal
				}
				return clean(c, res)
			}
		},
		"406 for what is not JSON": func(r *refserver.Rules) {
			clean := r.Admit
			r.Admit = func(c *refserver.Call) *refserver.Refusal {
				if a := c.Request.Header.Get("Accept"); a != "" && !strings.Contains(a, "application/json") && !strings.Contains(a, "*/*") && !strings.Contains(a, "application/*") {
					return refuse(406, "not_acceptable")
				}
				return clean(c)
			}
		},
		"unknown parameters are refused": func(r *refserver.Rules) {
			clean := r.Admit
			r.Admit = func(c *refserver.Call) *refserver.Refusal {
				refusal := clean(c)
				for name := range c.Request.URL.Query() {
					if refusal == nil && !slices.Contains([]string{"kind", "page", "limit", "cursor", "include"}, name) {
						return refuse(400, "invalid_request")
					}
				}
				return refusal
			}
		},
		"a front server refuses what is long and closes the connection on what is large": func(r *refserver.Rules) {
			clean := r.Write
			r.Write = func(w http.ResponseWriter, a *refserver.Answer) {
				switch q := a.Call.Request; {
				case len(a.Call.Body) > 64<<10:
					panic(http.ErrAbortHandler)
				case len(q.RequestURI) > 4000:
					plain(w, http.StatusRequestURITooLong)
				case len(q.Header.Get("X-Conformance")) > 4000:
					plain(w, http.StatusRequestHeaderFieldsTooLarge)
				case strings.Contains(q.RequestURI, "/shared-hosting/%") || strings.Contains(q.RequestURI, "/../"):
					plain(w, http.StatusBadRequest)
				default:
					clean(w, a)
				}
			}
		},
		"a trailing slash is redirected": func(r *refserver.Rules) {
			clean := r.Write
			r.Write = func(w http.ResponseWriter, a *refserver.Answer) {
				if path, ok := strings.CutSuffix(a.Call.Request.URL.Path, "/"); ok {
					http.Redirect(w, a.Call.Request, path, http.StatusPermanentRedirect)
					return
				}
				clean(w, a)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			if ids := found(run(t, change, env.Pay, families)); len(ids) > 0 {
				t.Errorf("findings of %v", ids)
			}
		})
	}
}

type methodRule = func(*refserver.Call, refserver.Resource) (refserver.Operation, *refserver.Refusal)

func replaceRefusal(clean methodRule, with *refserver.Refusal) methodRule {
	return func(c *refserver.Call, res refserver.Resource) (refserver.Operation, *refserver.Refusal) {
		o, refusal := clean(c, res)
		if refusal != nil {
			refusal = with
		}
		return o, refusal
	}
}

// served makes methods do what another one does.
func served(pairs map[string]string) func(*refserver.Rules) {
	return func(r *refserver.Rules) {
		clean := r.Method
		r.Method = func(c *refserver.Call, res refserver.Resource) (refserver.Operation, *refserver.Refusal) {
			for _, o := range res.Operations {
				if o.Method == pairs[c.Request.Method] {
					return o, nil
				}
			}
			return clean(c, res)
		}
	}
}

// failing answers 500 to the requests of which bad says so.
func failing(bad func(c *refserver.Call) bool) func(*refserver.Rules) {
	return func(r *refserver.Rules) {
		clean := r.Admit
		r.Admit = func(c *refserver.Call) *refserver.Refusal {
			if refusal := clean(c); refusal != nil {
				return refusal
			}
			if bad(c) {
				return refuse(500, "internal_error")
			}
			return nil
		}
	}
}

func depth(b []byte) (most int) {
	n := 0
	for _, c := range b {
		switch c {
		case '[', '{':
			n++
			most = max(most, n)
		case ']', '}':
			n--
		}
	}
	return most
}

func posted(c *refserver.Call) bool { return c.Request.Method == http.MethodPost && len(c.Body) > 0 }

// Each fault is found by the requirement that it breaks.
func TestFaults(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*refserver.Rules)
		want   string
	}{
		"DELETE lists":         {served(map[string]string{"DELETE": "GET"}), "HTTP-METHOD-001"},
		"PUT is served as GET": {served(map[string]string{"PUT": "GET"}), "HTTP-METHOD-001"},
		"any method is served": {served(map[string]string{"PROPFIND": "GET"}), "HTTP-METHOD-001"},
		"500 for another method": {func(r *refserver.Rules) {
			r.Method = replaceRefusal(r.Method, refuse(500, "internal_error"))
		}, "HTTP-METHOD-001"},
		"405 without Allow": {func(r *refserver.Rules) {
			r.Answer = func(a *refserver.Answer) { a.Header.Del("Allow") }
		}, "HTTP-ALLOW-001"},
		"Allow without what is documented": {func(r *refserver.Rules) {
			r.Answer = func(a *refserver.Answer) {
				if a.Status == 405 {
					a.Header.Set("Allow", "OPTIONS")
				}
			}
		}, "HTTP-ALLOW-001"},
		"HEAD fails": {func(r *refserver.Rules) {
			clean := r.Handle
			r.Handle = func(c *refserver.Call) *refserver.Answer {
				if c.Request.Method == http.MethodHead {
					return c.Server.Rules().Refuse(c, refuse(500, "internal_error"))
				}
				return clean(c)
			}
		}, "HTTP-HEAD-001"},
		"HEAD of another type": {func(r *refserver.Rules) {
			r.Answer = func(a *refserver.Answer) {
				if a.Call.Request.Method == http.MethodHead {
					a.Header.Set("Content-Type", "text/plain")
				}
			}
		}, "HTTP-HEAD-001"},
		"200 for an unknown path": {func(r *refserver.Rules) {
			clean := r.Write
			r.Write = func(w http.ResponseWriter, a *refserver.Answer) {
				if a.Status == 404 && a.Call.Operation.ID == "" {
					plain(w, 200)
					return
				}
				clean(w, a)
			}
		}, "HTTP-PATH-001"},
		"500 for an unknown path": {func(r *refserver.Rules) {
			r.Answer = func(a *refserver.Answer) {
				if a.Status == 404 && a.Call.Operation.ID == "" {
					a.Status = 500
				}
			}
		}, "HTTP-PATH-001"},
		"an unknown path is not found in plain words": {func(r *refserver.Rules) {
			r.Answer = func(a *refserver.Answer) {
				if a.Status == 404 && a.Call.Operation.ID == "" {
					a.Value = map[string]any{"message": 1.0}
				}
			}
		}, "HTTP-ERRORDOC-001"},
		"TRACE echoes": {func(r *refserver.Rules) {
			clean := r.Write
			r.Write = func(w http.ResponseWriter, a *refserver.Answer) {
				if a.Call.Request.Method == http.MethodTrace {
					w.Header().Set("Content-Type", "message/http")
					_ = a.Call.Request.Header.Write(w)
					return
				}
				clean(w, a)
			}
		}, "LEAK-CREDENTIAL-001"},
		"500 for OPTIONS": {func(r *refserver.Rules) {
			r.Options = func(c *refserver.Call, _ refserver.Resource) *refserver.Answer {
				return c.Server.Rules().Refuse(c, refuse(500, "internal_error"))
			}
		}, "HTTP-ROBUST-001"},
		"406 for */*": {func(r *refserver.Rules) {
			clean := r.Admit
			r.Admit = func(c *refserver.Call) *refserver.Refusal {
				if c.Request.Header.Get("Accept") == "*/*" {
					return refuse(406, "not_acceptable")
				}
				return clean(c)
			}
		}, "MEDIA-ACCEPT-001"},
		"406 without Accept": {func(r *refserver.Rules) {
			clean := r.Admit
			r.Admit = func(c *refserver.Call) *refserver.Refusal {
				if c.Request.Header.Get("Accept") == "" {
					return refuse(406, "not_acceptable")
				}
				return clean(c)
			}
		}, "MEDIA-ACCEPT-001"},
		"text for */*": {func(r *refserver.Rules) {
			r.Answer = func(a *refserver.Answer) {
				if a.Call.Request.Header.Get("Accept") == "*/*" {
					a.Header.Set("Content-Type", "text/plain")
				}
			}
		}, "MEDIA-ACCEPT-001"},
		"500 for a query that is not sound": {failing(func(c *refserver.Call) bool { return strings.Contains(c.Request.URL.RawQuery, "%zz") }), "HTTP-ROBUST-001 && listCards"},
		"500 for an unknown parameter":      {failing(func(c *refserver.Call) bool { return c.Request.URL.Query().Has("x-conformance") }), "HTTP-ROBUST-001 && listCards"},
		"500 for a strange header":          {failing(func(c *refserver.Call) bool { return c.Request.Header.Get("Traceparent") != "" }), "HTTP-ROBUST-001 && listCards"},
		"500 for a strange id":              {failing(func(c *refserver.Call) bool { return c.Params["accountId"] == "\x00" }), "HTTP-ROBUST-001 && listStorageAddons"},
		"500 for half a body":               {failing(func(c *refserver.Call) bool { return posted(c) && !json.Valid(c.Body) }), "HTTP-ROBUST-001 && payInvoice"},
		"500 for null":                      {failing(func(c *refserver.Call) bool { return string(c.Body) == "null" }), "HTTP-ROBUST-001 && payInvoice"},
		"500 for deep nesting":              {failing(func(c *refserver.Call) bool { return depth(c.Body) > 50_000 }), "HTTP-ROBUST-001 && orderStorageAddon"},
		"500 for a large body":              {failing(func(c *refserver.Call) bool { return len(c.Body) >= 1<<20 }), "HTTP-ROBUST-001 && orderStorageAddon"},
		"500 for half a surrogate pair":     {failing(func(c *refserver.Call) bool { return bytes.Contains(c.Body, []byte(`"\ud800"`)) }), "HTTP-ROBUST-001 && orderStorageAddon"},
		"500 for a member of another type":  {failing(func(c *refserver.Call) bool { return bytes.Contains(c.Body, []byte(`:[]`)) }), "HTTP-ROBUST-001 && orderStorageAddon"},
		"500 for a number out of range":     {failing(func(c *refserver.Call) bool { return bytes.Contains(c.Body, []byte("1e400")) }), "HTTP-ROBUST-001 && payInvoice"},
		"500 for a member twice":            {failing(func(c *refserver.Call) bool { return bytes.Count(c.Body, []byte(`"paymentMethod"`)) > 1 }), "HTTP-ROBUST-001 && orderStorageAddon"},
		"500 without a content type": {func(r *refserver.Rules) {
			clean := r.ContentType
			r.ContentType = func(c *refserver.Call) *refserver.Refusal {
				if posted(c) && c.Request.Header.Get("Content-Type") == "" {
					return refuse(500, "internal_error")
				}
				return clean(c)
			}
		}, "HTTP-ROBUST-001 && payInvoice"},
		"a small bad body drops the connection": {func(r *refserver.Rules) {
			clean := r.Write
			r.Write = func(w http.ResponseWriter, a *refserver.Answer) {
				if string(a.Call.Body) == "null" {
					panic(http.ErrAbortHandler)
				}
				clean(w, a)
			}
		}, "HTTP-ANSWER-001 || HTTP-ROBUST-001 && payInvoice"},
		"a bad body breaks the server": {broken(), "HTTP-ROBUST-001"},
	} {
		t.Run(name, func(t *testing.T) {
			want, _, _ := strings.Cut(x.want, " ") // the rest makes the filter narrower, or wider where the finding is Check's
			if ids := found(run(t, x.change, env.Pay, x.want)); !slices.Contains(ids, want) {
				t.Errorf("want a finding of %s, got %v", x.want, ids)
			}
		})
	}
}

// broken drops the connection on deep nesting and serves no read after that,
// until the next request with a body.
func broken() func(*refserver.Rules) {
	var mu sync.Mutex
	down := false
	return func(r *refserver.Rules) {
		clean := r.Write
		r.Write = func(w http.ResponseWriter, a *refserver.Answer) {
			mu.Lock()
			defer mu.Unlock()
			if len(a.Call.Body) > 0 {
				down = depth(a.Call.Body) > 50_000
				if down {
					panic(http.ErrAbortHandler)
				}
			}
			if down {
				a = &refserver.Answer{Call: a.Call, Status: 503, Header: maps.Clone(a.Header)}
			}
			clean(w, a)
		}
	}
}

// A read-only run sends no method that could change something.
func TestReadOnly(t *testing.T) {
	var mu sync.Mutex
	methods := map[string]bool{}
	run(t, func(rules *refserver.Rules) {
		rules.Answer = func(a *refserver.Answer) {
			mu.Lock()
			defer mu.Unlock()
			methods[a.Call.Request.Method] = true
		}
	}, env.ReadOnly, families)
	want := []string{"GET", "HEAD", "OPTIONS", "PROPFIND", "TRACE"}
	if got := slices.Sorted(maps.Keys(methods)); !slices.Equal(got, want) {
		t.Errorf("a read-only run sent %v, want %v", got, want)
	}
}
