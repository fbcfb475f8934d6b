package env

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/confmap"
	kenv "github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/providers/posflag"
	"github.com/knadh/koanf/v2"
	"github.com/spf13/pflag"
)

// configVariable names the file where neither argument nor flag does.
const configVariable = "HOSTUP_CONFIG"

// A layer is one source of settings, with the words that errors name it by.
type layer struct {
	*koanf.Koanf
	name func(setting) string
}

// Load reads the configuration: flags win over environ over file over default.
//
// Flags may be nil; those that [BindFlags] does not declare are left alone.
// Environ has the form of [os.Environ]; empty values count as not given. Path is
// a YAML file; when it is empty, --config and then HOSTUP_CONFIG name one, and
// without these there is no file. Safety that no layer sets is Pay when the
// target is this machine (see [Config.Loopback]) and ReadOnly otherwise.
//
// The error is a *ConfigError with everything that is wrong; Config is zero then.
func Load(flags *pflag.FlagSet, environ []string, path string) (Config, error) {
	c := Default()
	table := settings(&c)

	given := fromFlags(flags, table)
	vars, problems := fromEnviron(environ, table)
	if path == "" && flags != nil {
		if f := flags.Lookup("config"); f != nil && f.Changed {
			if path = f.Value.String(); path == "" {
				problems = append(problems, "--config is empty: name a file or leave the flag out")
			}
		}
	}
	if path == "" {
		path = vars.String("config")
	}
	filed, problems := fromFile(path, table, problems)

	merged := koanf.New(".")
	defaults := map[string]any{}
	for _, s := range table {
		defaults[s.key] = s.get()
	}
	err := merged.Load(confmap.Provider(defaults, "."), nil)
	for _, l := range []layer{filed, vars, given} {
		err = errors.Join(err, merged.Merge(l.Koanf))
	}
	if err != nil {
		return Config{}, configErrorf("cannot merge the settings: %v", err) // only a conflict of nested keys, and none is nested
	}

	from := func(s setting) (name string, ok bool) {
		for _, l := range []layer{given, vars, filed} {
			if l.Exists(s.key) {
				return l.name(s), true
			}
		}
		return s.variable(), false
	}
	for _, s := range table {
		if err := s.set(merged.String(s.key)); err != nil {
			name, _ := from(s)
			problems = append(problems, name+": "+err.Error())
		}
	}
	if base := given.Get("base-url"); base == "" {
		// An unset variable in a CI job must not turn into a green run against ourselves.
		problems = append(problems, "--base-url is empty: name the target, or leave the flag out to test the embedded server")
	}
	problems = append(problems, c.normalise(func(key string) string {
		name, _ := from(find(table, key))
		return name
	})...)
	if len(problems) > 0 {
		return Config{}, &ConfigError{Problems: problems}
	}
	if _, ok := from(find(table, "safety")); !ok && !c.Loopback() {
		c.Safety = ReadOnly
	}
	return c, nil
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
	l := layer{koanf.New("."), func(s setting) string { return "--" + s.key }}
	if flags == nil {
		return l
	}
	// Without a koanf to compare with, the provider leaves out flags that were not given.
	must(l.Load(posflag.ProviderWithFlag(flags, ".", nil, func(f *pflag.Flag) (string, any) {
		if s := find(table, f.Name); s.where != option {
			return "", nil
		}
		return f.Name, f.Value.String()
	}), nil))
	return l
}

func fromEnviron(environ []string, table []setting) (layer, []string) {
	l := layer{koanf.New("."), setting.variable}
	var unknown, problems []string
	must(l.Load(kenv.Provider(".", kenv.Opt{
		Prefix:      "HOSTUP_",
		EnvironFunc: func() []string { return environ },
		TransformFunc: func(name, value string) (string, any) {
			i := slices.IndexFunc(table, func(s setting) bool { return s.variable() == name })
			switch {
			case value == "":
				return "", nil
			case i >= 0:
				return table[i].key, value
			case name == configVariable:
				return "config", value
			case !foreign(name):
				unknown = append(unknown, name)
			}
			return "", nil
		},
	}), nil))
	names := []string{strings.TrimPrefix(configVariable, "HOSTUP_")}
	for _, s := range table {
		names = append(names, strings.TrimPrefix(s.variable(), "HOSTUP_"))
	}
	slices.Sort(unknown)
	for _, name := range slices.Compact(unknown) {
		if meant := Closest(strings.TrimPrefix(name, "HOSTUP_"), names); meant != "" {
			problems = append(problems, fmt.Sprintf("unknown environment variable %s: did you mean HOSTUP_%s? unset it otherwise", name, meant))
		} else {
			problems = append(problems, fmt.Sprintf("unknown environment variable %s: unset it; names that begin with HOSTUP_ are read as settings", name))
		}
	}
	return l, problems
}

// foreign reports whether a variable is somebody else's: existing HostUp clients
// (lego, Terraform and DNS tools) read these, and a machine that runs them has
// them set. Names that begin with HOSTUP_CONFORMANCE_ are kept for the command
// itself, between its processes.
func foreign(name string) bool {
	switch name {
	case "HOSTUP_API_BASE", "HOSTUP_API_BASE_URL", "HOSTUP_HTTP_TIMEOUT", "HOSTUP_POLLING_INTERVAL",
		"HOSTUP_PROPAGATION_TIMEOUT", "HOSTUP_TTL", "HOSTUP_ZONE_ID":
		return true
	}
	return strings.HasPrefix(name, "HOSTUP_CONFORMANCE_")
}

func fromFile(path string, table []setting, problems []string) (layer, []string) {
	l := layer{koanf.New("."), func(s setting) string { return s.key + " in " + path }}
	if path == "" {
		return l, problems
	}
	if err := l.Load(file.Provider(path), yaml.Parser()); err != nil {
		return l, append(problems, fmt.Sprintf("cannot read the configuration file %s: %s", path, fileTrouble(err)))
	}
	var names []string
	for _, s := range table {
		if s.where != secret {
			names = append(names, s.key)
		}
	}
	for _, key := range l.Keys() { // sorted
		s := find(table, spelling(key))
		switch v := l.Get(key).(type) {
		case nil:
			l.Delete(key) // "account-id:" without a value is not given
		default:
			_, isText := v.(string)
			switch {
			case s.key != "" && s.where == secret:
				problems = append(problems, fmt.Sprintf("%s in %s: secrets are not read from files, set %s in the environment instead", key, path, s.variable()))
			case s.key != key:
				problems = append(problems, fmt.Sprintf("unknown key %s in %s%s", key, path, Meant(spelling(key), names, ": keys are the names of flags, such as base-url")))
			case s.kind == "string" && !isText:
				// YAML would make 7 of 007 and 1000 of 1e3.
				problems = append(problems, fmt.Sprintf("%s in %s: write the value in quotes, it is not read as text without them", key, path))
			}
		}
	}
	return l, problems
}

// fileTrouble leaves out what a YAML error quotes: a file of NAME=value lines
// that was given by mistake may hold secrets.
func fileTrouble(err error) string {
	var path *fs.PathError
	switch {
	case errors.As(err, &path):
		return path.Err.Error()
	case strings.Contains(err.Error(), "cannot unmarshal"):
		return "it is not a mapping of keys to values, such as base-url: https://staging.example.com"
	}
	return strings.TrimPrefix(strings.Join(strings.Fields(err.Error()), " "), "yaml: ")
}

// spelling turns HOSTUP_API_KEY, api_key and apiKey into api-key.
func spelling(key string) string {
	var b strings.Builder
	for i, r := range key {
		if r >= 'A' && r <= 'Z' && i > 0 && key[i-1] >= 'a' && key[i-1] <= 'z' {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	key = strings.ReplaceAll(strings.ToLower(b.String()), "_", "-")
	return strings.TrimPrefix(key, "hostup-")
}

func find(table []setting, key string) setting {
	for _, s := range table {
		if s.key == key {
			return s
		}
	}
	return setting{}
}

// must is for providers that read memory and cannot fail.
func must(err error) {
	if err != nil {
		panic("env: " + err.Error())
	}
}

func configErrorf(format string, args ...any) error {
	return &ConfigError{Problems: []string{fmt.Sprintf(format, args...)}}
}
