package spec

import (
	"strings"
	"testing"
)

// What ends the server itself, or the credential of the caller, is known by its path. An
// overlay that gives its effect says that it may be called.
func TestEnds(t *testing.T) {
	for path, want := range map[string]bool{
		"/shutdown": true, "/__admin/shutdown": true, "/actuator/shutdown/": true, "/-/quit": true, "/api/shut-down": true,
		"/restart": true, "/api/v1/stop": true, "/system/Reboot": true, "/server/kill": true,
		"/recordings/stop": false, "/servers/{id}/stop": false, "/servers/{id}/shutdown": false, "/shutdowns": false,
		"/stops": false, "/bus/stop": false, "/": false,
	} {
		if got := ends("POST", path, true) == EndsTarget; got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
	for request, want := range map[string]bool{
		"POST /logout": true, "GET /auth/sign-out": true, "POST /api/current-user/reset-token/": true, "POST /me/api-key/rotate": true,
		"PUT /me/password": true, "DELETE /session": true, "DELETE /sessions/current": true, "DELETE /me": true,
		"GET /me/password": false, "POST /sessions": false, "DELETE /sessions": false, "GET /me": false, "DELETE /users/{id}": false,
		"POST /users/{id}/reset-token": false, "POST /counter/reset": false, "GET /tokens": false, "POST /auth/refresh": false,
	} {
		method, path, _ := strings.Cut(request, " ")
		if got := ends(method, path, true) == EndsCredential; got != want {
			t.Errorf("%s: %v, want %v", request, got, want)
		}
		if got := ends(method, path, false); got != "" {
			t.Errorf("%s without a credential ends %s", request, got)
		}
	}
	c := foreign(t, "paths:\n  /shutdown:\n    post: {operationId: down, responses: {'204': {description: ok}}}\n    put: {operationId: known, x-effect: write, responses: {'204': {description: ok}}}\n")
	if c.Operation("down").Ends != EndsTarget || c.Operation("known").Ends != "" {
		t.Errorf("ends %q and %q, want only what has no x-effect", c.Operation("down").Ends, c.Operation("known").Ends)
	}
}
