package config

import (
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/hostup/api-conformance/suites/request"
)

// configKey is the key of the variable that names the file if neither argument nor flag
// does. It is no setting.
const configKey = "config"

// A layer is one source of settings: the given values by key, as text, and how errors
// name a setting of it.
type layer struct {
	given map[string]string
	name  func(setting) string
}

// Load reads the configuration: flags win over environ over file over default.
//
// flags may be nil; those that [BindFlags] does not declare are ignored. environ has the
// form of [os.Environ]; empty values count as not given, except that of the target, which
// is an error unless a flag or the file names one. path is a YAML file; if empty, --config
// and then its variable name one, else there is no file. If no layer sets
// Safety, it is Pay for the embedded server, which this process starts itself, and
// ReadOnly for every other target, this machine included: behind one of its ports may be
// a tunnel to anywhere.
//
// In a test, Load keeps responses of a target out of Go's test cache, as far as possible:
// run go test with -count=1.
//
// The error is an *Error with all problems; the Config is zero then.
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
	if name, empty := emptied(layers, environ, find(table, "base-url")); empty && c.BaseURL == "" {
		// An unset variable in a CI job must not lead to a green run against the embedded
		// server.
		problems = append(problems, name+" is empty: name the target, or leave it out to test the embedded server")
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
	c.Uncached()
	return c, nil
}

// emptied returns how the user gave an empty value for a setting, if at all.
func emptied(ls layers, environ []string, s setting) (name string, ok bool) {
	if l, given := ls.giving(s); given {
		return l.name(s), l.given[s.key] == ""
	}
	return s.variable(), slices.Contains(environ, s.variable()+"=")
}

// layers are the sources of settings; the first that gives a setting wins.
type layers []layer

// giving returns the layer that gives a setting; ok is false if it has its default.
func (ls layers) giving(s setting) (l layer, ok bool) {
	for _, l := range ls {
		if _, ok := l.given[s.key]; ok {
			return l, true
		}
	}
	return layer{}, false
}

// name returns how the user gave a setting, or its variable if it has its default.
func (ls layers) name(s setting) string {
	if l, ok := ls.giving(s); ok {
		return l.name(s)
	}
	return s.variable()
}

// Environ returns the environment that gives a worker process the same configuration:
// Load(nil, c.Environ(), "") equals c for every c from Load. It contains secrets, so use
// it only as the environment of a process.
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

// foreign reports whether a variable is no setting but one of other programs, a
// credential of a security scheme, or the command's own, between its processes.
func (n *Names) foreign(name string) bool {
	return slices.Contains(n.or().Strange, name) || strings.HasPrefix(name, AuthPrefix) || strings.HasPrefix(name, "CONFORMANCE_PROCESS_")
}

// has reports whether the pack has this setting of its own.
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

// watch shows Go's test cache on which variables a result depends: it tracks those that
// are looked up by name, but not os.Environ.
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
