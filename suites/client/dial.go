package client

import (
	"context"
	"net"
	"sync"
)

// dial connects to the target or proxy. The connection reads nothing before something was
// written: net/http treats a response that precedes its request as an error of an idle
// connection, prints up to 4 KiB of it to the standard logger, and the outcome depends on
// timing. Held back, it is a normal response.
func dial(ctx context.Context, network, address string) (net.Conn, error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &patient{Conn: c, spoken: make(chan struct{})}, nil
}

// A patient connection reads only after the first write.
type patient struct {
	net.Conn
	once   sync.Once
	spoken chan struct{}
}

func (c *patient) Read(b []byte) (int, error) {
	<-c.spoken
	return c.Conn.Read(b)
}

func (c *patient) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.once.Do(func() { close(c.spoken) })
	return n, err
}

func (c *patient) Close() error {
	c.once.Do(func() { close(c.spoken) })
	return c.Conn.Close()
}
