package spec

import (
	"regexp"
	"slices"
	"strings"
)

// endsTarget reports whether a path without parameters says that a request ends the server
// itself: /shutdown, /v1/restart, /system/stop. With a parameter, or behind another
// word, it is about a thing that the server has (/recordings/stop).
func endsTarget(path string) bool {
	always := []string{"shutdown", "poweroff", "quit", "quitquitquit", "halt", "reboot"}
	alone := []string{"stop", "restart", "kill", "exit", "terminate"}
	itself := regexp.MustCompile(`^(-|api|v[0-9.]+|admin|app|application|daemon|host|lifecycle|management|node|process|server|service|system)?$`)
	segments := strings.Split(strings.TrimRight(path, "/"), "/")
	last := segments[len(segments)-1]
	word := strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(last))
	if strings.Contains(path, "{") || word == "" {
		return false
	}
	above := ""
	if n := len(segments); n > 1 {
		above = strings.ToLower(segments[n-2])
	}
	return slices.Contains(always, word) || slices.Contains(alone, word) && itself.MatchString(above)
}
