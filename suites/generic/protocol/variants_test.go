package protocol_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hostup/api-conformance/fixtures/refserver"
	"github.com/hostup/api-conformance/suites/config"
)

// At a server that conforms in its own way nothing is found.
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
		"406 for what is not JSON": notAcceptable(func(accept string) bool {
			return accept != "" && !slices.ContainsFunc([]string{"application/json", "application/*", "*/*"}, func(json string) bool {
				return strings.Contains(accept, json)
			})
		}),
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
			if ids := area.Found(area.Run(t, change, config.Pay, families)); len(ids) > 0 {
				t.Errorf("findings of %v", ids)
			}
		})
	}
}

// refuse returns a refusal in the form of the API.
func refuse(status int, code string) *refserver.Refusal {
	return &refserver.Refusal{Status: status, Code: code, Title: http.StatusText(status), Detail: "No."}
}

// plain responds with a page of a server in front of the API.
func plain(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(status)
	_, _ = w.Write([]byte("<html><body>" + http.StatusText(status) + "</body></html>"))
}
