package command

import (
	"net"
	"net/netip"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

// noArguments refuses arguments.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usagef("unexpected argument %q: %s takes flags only, see %s --help", shown(args[0]), cmd.Name(), cmd.CommandPath())
}

// noTarget is noArguments for a command whose users may mistake an argument for its
// target.
func noTarget(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		if target, ok := address(args[0]); ok {
			return usagef("unexpected argument %q: did you mean --base-url %s?", args[0], target)
		}
	}
	return noArguments(cmd, args)
}

// address returns the base URL that an argument looks like: one with a scheme, or a host
// with a port, with http for this machine.
func address(arg string) (target string, ok bool) {
	if strings.Contains(arg, "@") {
		return "", false // credentials do not belong there
	}
	if strings.Contains(arg, "://") {
		return arg, true
	}
	host, port, err := net.SplitHostPort(arg)
	if _, number := strconv.ParseUint(port, 10, 16); err != nil || number != nil || host == "" {
		return "", false
	}
	if ip, err := netip.ParseAddr(host); host == "localhost" || err == nil && ip.IsLoopback() {
		return "http://" + arg, true
	}
	return "https://" + arg, true
}

// userInfo matches what precedes the host of a URL.
var userInfo = regexp.MustCompile(`^([a-z]+://)?[^/@]*@`)

// shown returns an argument as an error may repeat it, without a password in a URL.
func shown(arg string) string { return userInfo.ReplaceAllString(arg, "$1…@") }
