package protocol_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/suites/config"
)

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

// served maps methods to others that they are handled like.
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

// notAcceptable answers 406 to acceptable requests for which bad returns true.
func notAcceptable(bad func(accept string) bool) func(*refserver.Rules) {
	return func(r *refserver.Rules) {
		clean := r.Admit
		r.Admit = func(c *refserver.Call) *refserver.Refusal {
			if bad(c.Request.Header.Get("Accept")) {
				return refuse(406, "not_acceptable")
			}
			return clean(c)
		}
	}
}

// failing answers 500 to the requests for which bad returns true.
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

// Each fault is found by the requirement that it violates.
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
		}, "HTTP-ALLOW-002"},
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
		"406 for */*":        {notAcceptable(func(accept string) bool { return accept == "*/*" }), "MEDIA-ACCEPT-001"},
		"406 without Accept": {notAcceptable(func(accept string) bool { return accept == "" }), "MEDIA-ACCEPT-001"},
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
	} {
		t.Run(name, func(t *testing.T) {
			want, _, _ := strings.Cut(x.want, " ") // the rest narrows the filter, or widens it if the finding is Check's
			if ids := area.Found(area.Run(t, x.change, config.Pay, x.want)); !slices.Contains(ids, want) {
				t.Errorf("want a finding of %s, got %v", x.want, ids)
			}
		})
	}
}
