package spec

import "testing"

// What ends the server itself is known by its path. An overlay that gives its effect says
// that it may be called.
func TestEndsTarget(t *testing.T) {
	for path, want := range map[string]bool{
		"/shutdown": true, "/__admin/shutdown": true, "/actuator/shutdown/": true, "/-/quit": true, "/api/shut-down": true,
		"/restart": true, "/api/v1/stop": true, "/system/Reboot": true, "/server/kill": true,
		"/recordings/stop": false, "/servers/{id}/stop": false, "/servers/{id}/shutdown": false, "/shutdowns": false,
		"/stops": false, "/bus/stop": false, "/": false,
	} {
		if got := endsTarget(path); got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
	c := foreign(t, "paths:\n  /shutdown:\n    post: {operationId: down, responses: {'204': {description: ok}}}\n    put: {operationId: known, x-effect: write, responses: {'204': {description: ok}}}\n")
	if !c.Operation("down").Ends || c.Operation("known").Ends {
		t.Errorf("ends the target: %v and %v, want only what has no x-effect", c.Operation("down").Ends, c.Operation("known").Ends)
	}
}
