package client_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/hostup/api-conformance/suites/client"
	"github.com/hostup/api-conformance/suites/internal/targettest"
)

// A body that declares more than is read is no fault of the target, and counts as unknown.
func TestLongBody(t *testing.T) {
	origin := targettest.Raw(t, func(c targettest.Conn) {
		c.Rest()
		c.Say(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", 3<<20))
		c.Flood("x")
	})
	c := targettest.Client(t, targettest.Config(origin), client.WithBodyLimit(1<<20))
	r := c.Do(context.Background(), "", targettest.Get("/"), "").Response
	if r == nil || r.ReadFailure != "" || !r.BodyUnknown || r.Body != nil || r.Length != 3<<20 {
		t.Errorf("got %+v, want an unknown body of 3 MiB", r)
	}
}
