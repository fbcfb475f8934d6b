package command

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestNoTarget: the error for an argument that looks like a target names the flag, and
// does not repeat a password.
func TestNoTarget(t *testing.T) {
	tests := []struct{ arg, want string }{
		{"http://127.0.0.1:8080", `unexpected argument "http://127.0.0.1:8080": did you mean --base-url http://127.0.0.1:8080?`},
		{"127.0.0.1:8080", `unexpected argument "127.0.0.1:8080": did you mean --base-url http://127.0.0.1:8080?`},
		{"localhost:80", `unexpected argument "localhost:80": did you mean --base-url http://localhost:80?`},
		{"[::1]:80", `unexpected argument "[::1]:80": did you mean --base-url http://[::1]:80?`},
		{"staging.example.com:8443", `unexpected argument "staging.example.com:8443": did you mean --base-url https://staging.example.com:8443?`},
		{"cards:list", `unexpected argument "cards:list": run takes flags only, see run --help`},
		{"99999:99999", `unexpected argument "99999:99999": run takes flags only, see run --help`},
		{"cards", `unexpected argument "cards": run takes flags only, see run --help`},
		{"https://me:pa55@a.example/x", `unexpected argument "https://…@a.example/x": run takes flags only, see run --help`},
		{"me:pa55@a.example", `unexpected argument "…@a.example": run takes flags only, see run --help`},
	}
	for _, test := range tests {
		err := noTarget(&cobra.Command{Use: "run"}, []string{test.arg})
		if err == nil || err.Error() != test.want || strings.Contains(err.Error(), "pa55") {
			t.Errorf("%s: %v, want %s", test.arg, err, test.want)
		}
	}
	if err := noTarget(&cobra.Command{Use: "run"}, nil); err != nil {
		t.Errorf("no argument: %v", err)
	}
}
