package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// enter returns a command that enters a folder as the root file system, as a user other
// than root. Root of this machine can do that; others need namespaces.
func enter(dir, user string) []string {
	id, group, _ := strings.Cut(user, ":")
	if os.Getuid() == 0 {
		return []string{"chroot", "--userspec=" + user, dir}
	}
	return []string{"unshare", "--user", "--map-user=" + id, "--map-group=" + group, "--root=" + dir, "--wd=/"}
}

// entersImage reports whether this machine can run the image. With TEST_NEEDS_IMAGE it
// must.
func entersImage() bool {
	if os.Getenv("TEST_NEEDS_IMAGE") != "" {
		return true
	}
	if _, err := os.Stat("/etc/ssl/certs/ca-certificates.crt"); runtime.GOOS != "linux" || err != nil {
		return false
	}
	args := append(enter("/", "65534:65534"), "/bin/true")
	return exec.Command(args[0], args[1:]...).Run() == nil
}

// image builds the image according to the Dockerfile and puts a program first in PATH
// that does what "docker run" does with it: the image's own files, variables, user and
// arguments, and nothing else of this machine but its network.
func image(ts *testscript.TestScript, _ bool, _ []string) {
	dir := ts.MkAbs("image")
	build(ts, dir)
	list := stages(ts)
	final := list[len(list)-1]
	var entry, arguments []string
	ts.Check(json.Unmarshal([]byte(one(ts, final, "ENTRYPOINT")), &entry))
	ts.Check(json.Unmarshal([]byte(one(ts, final, "CMD")), &arguments))
	script := "#!/bin/sh\nset -e\nunset HOME TMPDIR\n" +
		"[ $# -gt 0 ] || set -- '" + strings.Join(arguments, "' '") + "'\n"
	for _, variable := range all(final, "ENV") {
		script += "export " + variable + "\n"
	}
	inside := append(enter("'"+dir+"'", one(ts, final, "USER")), entry...)
	script += "exec " + strings.Join(inside, " ") + " \"$@\"\n"
	ts.Check(os.Mkdir(ts.MkAbs("docker"), 0o755))
	ts.Check(os.WriteFile(ts.MkAbs("docker/hostup-conformance"), []byte(script), 0o755))
	ts.Setenv("PATH", ts.MkAbs("docker")+string(os.PathListSeparator)+ts.Getenv("PATH"))
	ts.Setenv("IMAGE", dir)
}
