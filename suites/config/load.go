package config

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/hostup/api-conformance/suites/request"
)

// configKey is that of the variable which names the file where neither argument nor
// flag does. It is no setting.
const configKey = "config"

// A layer is one source of settings: what it gives by key, as text, and the words
// that errors name a setting of it by.
type layer struct {
	given map[string]string
	name  func(setting) string
}

// Load reads the configuration: flags win over environ over file over default.
//
// Flags may be nil; those that [BindFlags] does not declare are left alone.
// Environ has the form of [os.Environ]; empty values count as not given. Path is
// a YAML file; when it is empty, --config and then its variable name one, and
// without these there is no file. Safety that no layer sets is Pay for the embedded
// server, which this process starts itself, and ReadOnly for every other target,
// this machine included: behind a port of it may be a tunnel to anywhere.
//
// In a test the answer of a target is kept out of Go's cache of test results, as
// far as that can be done from here: run go test with -count=1.
//
// The error is an *Error with everything that is wrong; Config is zero then.
func Load(names *Names, flags *pflag.FlagSet, environ []string, path string) (Config, error) {
	c := Default(names)
	table := settings(&c)
	watch(names, table)

	given := fromFlags(flags, table)
	vars, problems := fromEnviron(names, environ, table)
	if path == "" && flags != nil {
		if f := flags.Lookup("config"); f != nil && f.Changed {
			if path = f.Value.String(); path == "" {
				problems = append(problems, "--config is empty: name a file or leave the flag out")
			}
		}
	}
	if path == "" {
		path = vars.given[configKey]
	}
	filed, trouble := fromFile(names, path, table)
	problems = append(problems, trouble...)

	layers := layers{given, vars, filed}
	for _, s := range table {
		if l, ok := layers.giving(s); ok {
			if err := s.set(l.given[s.key]); err != nil {
				problems = append(problems, l.name(s)+": "+err.Error())
			}
		}
	}
	if base, ok := given.given["base-url"]; ok && base == "" {
		// An unset variable in a CI job must not turn into a green run against ourselves.
		problems = append(problems, "--base-url is empty: name the target, or leave the flag out to test the embedded server")
	}
	problems = append(problems, c.loadCredentials(environ)...)
	problems = append(problems, c.normalise(func(key string) string {
		return layers.name(find(table, key))
	})...)
	if len(problems) > 0 {
		return Config{}, &Error{Problems: problems}
	}
	if _, ok := layers.giving(find(table, "safety")); !ok && c.BaseURL == "" {
		c.Safety = Pay
	}
	if c.NoKey {
		c.Credentials = ""
		if names.has(string(request.FullKey)) {
			c.Give(string(request.FullKey), "")
		}
	}
	if c.BaseURL != "" {
		forget()
	}
	return c, nil
}

// layers are where settings are given, the first of which wins.
type layers []layer

// giving is the layer that gives a setting; ok is false if it is the default.
func (ls layers) giving(s setting) (l layer, ok bool) {
	for _, l := range ls {
		if _, ok := l.given[s.key]; ok {
			return l, true
		}
	}
	return layer{}, false
}

// name is how the user gave a setting, its variable if it is the default.
func (ls layers) name(s setting) string {
	if l, ok := ls.giving(s); ok {
		return l.name(s)
	}
	return s.variable()
}

// Environ is the environment that gives a worker process the same configuration:
// Load(nil, c.Environ(), "") equals c for every c that Load gave. It holds
// secrets, so it belongs into the environment of a process and nowhere else.
func (c Config) Environ() []string {
	var env []string
	for _, s := range settings(&c) {
		if v := s.get(); v != "" {
			env = append(env, s.variable()+"="+v)
		}
	}
	return env
}

func fromFlags(flags *pflag.FlagSet, table []setting) layer {
	l := layer{map[string]string{}, func(s setting) string { return "--" + s.key }}
	if flags == nil {
		return l
	}
	flags.Visit(func(f *pflag.Flag) {
		if s := find(table, f.Name); s.where == option {
			l.given[f.Name] = f.Value.String()
		}
	})
	return l
}

func fromEnviron(names *Names, environ []string, table []setting) (layer, []string) {
	prefix := names.or().Prefix
	l := layer{map[string]string{}, setting.variable}
	var unknown, problems []string
	for _, line := range environ {
		name, value, _ := strings.Cut(line, "=")
		if value == "" || !strings.HasPrefix(name, prefix) {
			continue
		}
		i := slices.IndexFunc(table, func(s setting) bool { return s.variable() == name })
		switch {
		case i >= 0:
			l.given[table[i].key] = value
		case name == names.Variable(configKey):
			l.given[configKey] = value
		case !names.foreign(name):
			unknown = append(unknown, name)
		}
	}
	known := []string{strings.TrimPrefix(names.Variable(configKey), prefix)}
	for _, s := range table {
		known = append(known, strings.TrimPrefix(s.variable(), prefix))
	}
	slices.Sort(unknown)
	for _, name := range slices.Compact(unknown) {
		if meant := Closest(strings.TrimPrefix(name, prefix), known); meant != "" {
			problems = append(problems, fmt.Sprintf("unknown environment variable %s: did you mean %s%s? unset it otherwise", name, prefix, meant))
		} else {
			problems = append(problems, fmt.Sprintf("unknown environment variable %s: unset it; names that begin with %s are read as settings", name, prefix))
		}
	}
	return l, problems
}

// foreign reports whether a variable is no setting but somebody else's, a credential
// of a security scheme, or the command's own, between its processes.
func (n *Names) foreign(name string) bool {
	return slices.Contains(n.or().Strange, name) || strings.HasPrefix(name, AuthPrefix) || strings.HasPrefix(name, "CONFORMANCE_PROCESS_")
}

// has reports whether the pack has a setting of its own.
func (n *Names) has(key string) bool {
	return slices.ContainsFunc(n.or().Own, func(o Own) bool { return o.Key == key })
}

func find(table []setting, key string) setting {
	for _, s := range table {
		if s.key == key {
			return s
		}
	}
	return setting{}
}

// watch has Go's cache of test results see on which variables a result depends: it
// knows those that are looked up by name, and not what os.Environ tells.
func watch(names *Names, table []setting) {
	os.LookupEnv(names.Variable(configKey))
	for _, s := range table {
		os.LookupEnv(s.variable())
	}
}

// Errorf returns an [*Error] with one problem.
func Errorf(format string, args ...any) error {
	return &Error{Problems: []string{fmt.Sprintf(format, args...)}}
}
