package command

import (
	"errors"
	"fmt"
	"net/http"
	"os"

	"github.com/pb33f/go-yaml"

	"github.com/hostup/api-conformance/fixtures/docserver"
	"github.com/hostup/api-conformance/spec/document"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/internal/loopback"
)

// troubleShown bounds the listed operations without a possible success.
const troubleShown = 20

// serveDocument serves an OpenAPI document.
func (w *World) serveDocument(o serveOptions) error {
	server, err := loadServer(o.spec)
	if err != nil {
		return usagef("%v", err)
	}
	w.makeRoom()
	if o.identities != "" {
		if err := writeIdentities(o.identities, server.Credentials()); err != nil {
			return usagef("%v", err)
		}
	}
	ctx, stop := untilSignal(func() {})
	defer stop()
	var handler http.Handler = server
	for _, wrap := range w.logging(o) {
		handler = wrap(handler)
	}
	listen := loopback.Listen
	if o.expose {
		listen = loopback.Expose
	}
	listening, err := listen(o.addr, handler)
	if err != nil {
		return usagef("%v", err)
	}
	w.warnExposed(o)
	w.tell("answers 501: ", server.Unmade())
	w.tell("answers with an error: ", server.Refusing())
	w.say("server of %s (%s) on %s%s", o.spec, plural(server.Operations(), "operation"), listening.URL+server.Base(), o.until())
	return w.untilStopped(ctx, listening, append(authVariables(server.Credentials()), "HOSTUP_BASE_URL="+listening.URL), o.command)
}

// tell prints the lines, up to a limit.
func (w *World) tell(what string, lines []string) {
	for i, line := range lines {
		if i == troubleShown {
			w.say("%sand %d more operations", what, len(lines)-i)
			return
		}
		w.say("%s%s", what, line)
	}
}

func loadServer(path string) (*docserver.Server, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the document %s: %w", path, pathCause(err))
	}
	d, err := document.Load(path, text, document.Beside(path))
	if err != nil {
		return nil, err
	}
	return docserver.New(d, docserver.Config{})
}

func pathCause(err error) error {
	if pe := (*os.PathError)(nil); errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// authVariables returns the primary credentials as variables of a run.
func authVariables(all []docserver.Credential) (lines []string) {
	for _, c := range all {
		if c.Identity == docserver.Primary {
			lines = append(lines, config.AuthVariable(c.Scheme)+"="+c.Value)
		}
	}
	return lines
}

// writeIdentities writes the credentials by identity and scheme. Only its owner can read
// the file.
func writeIdentities(path string, all []docserver.Credential) error {
	file := map[string]map[string]string{}
	for _, c := range all {
		if file[c.Identity] == nil {
			file[c.Identity] = map[string]string{}
		}
		file[c.Identity][c.Scheme] = c.Value
	}
	text, err := yaml.Marshal(file)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return fmt.Errorf("cannot write the identities %s: %w", path, pathCause(err))
	}
	return nil
}
