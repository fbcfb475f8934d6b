package main

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/hostup/api-conformance/fixtures/refserver"
)

// secure starts a target with a certificate for 127.0.0.1 and example.com that is not
// signed by a known authority.
func secure(ts *testscript.TestScript, _ bool, args []string) {
	reference, err := refserver.New(refserver.Config{})
	ts.Check(err)
	s := httptest.NewUnstartedServer(reference)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.EnableHTTP2 = true
	if len(args) > 0 {
		s.TLS = &tls.Config{ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: clientCertificate(ts)}
	}
	s.StartTLS()
	ts.Defer(s.Close)
	write(ts, "ca.pem", "CERTIFICATE", s.Certificate().Raw)
	given(ts, reference)
	ts.Setenv("HOSTUP_BASE_URL", s.URL)
	ts.Setenv("SECURE_ADDR", s.Listener.Addr().String())
	ts.Setenv("SECURE_PORT", strconv.Itoa(s.Listener.Addr().(*net.TCPAddr).Port))
}

// clientCertificate writes a self-signed certificate, its key and another key, and
// returns the pool that trusts it.
func clientCertificate(ts *testscript.TestScript) *x509.CertPool {
	for _, name := range []string{"other.key", "client.key"} {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		ts.Check(err)
		der, err := x509.MarshalPKCS8PrivateKey(key)
		ts.Check(err)
		write(ts, name, "PRIVATE KEY", der)
		if name != "client.key" {
			continue
		}
		template := &x509.Certificate{
			SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "the conformance suite"},
			NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
			KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
			IsCA: true, BasicConstraintsValid: true,
		}
		der, err = x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
		ts.Check(err)
		write(ts, "client.pem", "CERTIFICATE", der)
		certificate, err := x509.ParseCertificate(der)
		ts.Check(err)
		pool := x509.NewCertPool()
		pool.AddCert(certificate)
		return pool
	}
	return nil
}

func write(ts *testscript.TestScript, name, kind string, der []byte) {
	ts.Check(os.WriteFile(ts.MkAbs(name), pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600))
}

// proxy knows only the host example.com and accesses no network.
func proxy(ts *testscript.TestScript, _ bool, args []string) {
	target := ts.Getenv("SECURE_ADDR")
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Defer(func() { l.Close() })
	notes, err := os.OpenFile(ts.MkAbs("proxy.txt"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	ts.Check(err)
	open := args[0] == "open"
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go tunnel(c, target, notes, open)
		}
	}()
	ts.Setenv("HTTPS_PROXY", "http://"+l.Addr().String())
	ts.Setenv("NO_PROXY", "")
}

func tunnel(client net.Conn, target string, notes io.Writer, open bool) {
	defer client.Close()
	in := bufio.NewReader(client)
	r, err := http.ReadRequest(in)
	if err != nil {
		return
	}
	fmt.Fprintf(notes, "%s %s authorization %q\n", r.Method, r.Host, r.Header.Get("Authorization"))
	if !open || r.Method != http.MethodConnect || r.Host != "example.com:443" {
		io.WriteString(client, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
		return
	}
	server, err := net.Dial("tcp", target)
	if err != nil {
		return
	}
	defer server.Close()
	io.WriteString(client, "HTTP/1.1 200 OK\r\n\r\n")
	go func() { io.Copy(server, in); server.(*net.TCPConn).CloseWrite() }()
	io.Copy(client, server)
}
