package config

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io/fs"
	"os"
)

// TLS returns the TLS settings for the target. The error is an *Error that names the
// unusable file.
func (c Config) TLS() (*tls.Config, error) {
	t := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: c.Insecure}
	if c.CAFile != "" {
		pem, err := os.ReadFile(c.CAFile)
		if err != nil {
			return nil, Errorf("cannot read --ca-file %s: %s", c.CAFile, fileTrouble(err))
		}
		pool, err := x509.SystemCertPool()
		if err != nil {
			pool = x509.NewCertPool() // no system certificates here: the file's suffice
		}
		if !pool.AppendCertsFromPEM(pem) {
			return nil, Errorf("--ca-file %s holds no PEM certificate", c.CAFile)
		}
		t.RootCAs = pool
	}
	if (c.ClientCert == "") != (c.ClientKey == "") {
		return nil, Errorf("client certificate and key belong together: give --client-cert and --client-key, or neither")
	}
	if c.ClientCert != "" {
		pair, err := tls.LoadX509KeyPair(c.ClientCert, c.ClientKey)
		if err != nil {
			return nil, Errorf("cannot use --client-cert %s with --client-key %s: %s", c.ClientCert, c.ClientKey, pathTrouble(err))
		}
		t.Certificates = []tls.Certificate{pair}
	}
	return t, nil
}

// pathTrouble returns an error text with the file that it is about.
func pathTrouble(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Path + ": " + path.Err.Error()
	}
	return err.Error()
}

// CurlFlags returns the curl arguments that trust the target as the run does, for
// [redact.Redactor.Curl].
func (c Config) CurlFlags() []string {
	var flags []string
	add := func(flag, value string) {
		if value != "" {
			flags = append(flags, flag, value)
		}
	}
	add("--cacert", c.CAFile)
	add("--cert", c.ClientCert)
	add("--key", c.ClientKey)
	if c.Insecure {
		flags = append(flags, "--insecure")
	}
	return flags
}
