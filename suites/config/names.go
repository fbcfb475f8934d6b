package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Names define what a pack calls its settings, and its own settings: credentials and data
// of the target. They must not be modified. A Config without Names has the settings of
// every document.
type Names struct {
	// Prefix is the prefix of the environment variable of every setting; Strange lists
	// variables with this prefix that belong to other programs.
	Prefix  string
	Strange []string

	// Own lists the settings of the pack, in the order of the usage text.
	Own []Own

	// Different lists pairs of settings that must not have the same value.
	Different []Pair

	// Header, Cookie and Parameter are where the API takes a credential.
	Header, Cookie, Parameter string

	// Words are parts of the API's name that are no secret even if a credential contains
	// them.
	Words []string

	// Roots are path prefixes of the document: a base URL must not include them.
	Roots []string

	// MayMake says what a run may create and charge; its safety is at least [Write].
	MayMake func(c Config) string
}

// An Own is a setting of a pack.
type Own struct {
	Key     string
	Secret  bool   // a credential, which comes only from the environment
	Default string // of a datum
}

// A Pair is two settings, and what the second one is: "is a key that may only read".
type Pair struct{ A, B, Why string }

// Equal reports whether two configurations belong to the same pack.
func (n *Names) Equal(o *Names) bool { return n == o }

// anyNames are those of a configuration without a pack.
var anyNames = &Names{Prefix: "CONFORMANCE_"}

func (n *Names) or() *Names {
	if n == nil {
		return anyNames
	}
	return n
}

// Variable returns the environment variable of a setting, by its key.
func (n *Names) Variable(key string) string {
	return n.or().Prefix + strings.ToUpper(strings.ReplaceAll(key, "-", "_"))
}

// Variable returns the environment variable of a setting, by its key.
func (c Config) Variable(key string) string { return c.Names.Variable(key) }

// Values are the given settings of a pack: lines that begin with a line break (line
// break, key, "=", value quoted as in Go), so that a Config remains comparable and can be
// sent to another process.
type Values string

// get returns the value of a key, "" if it is not given.
func (v Values) get(key string) string {
	_, rest, _ := strings.Cut(string(v), "\n"+key+"=")
	quoted, _, _ := strings.Cut(rest, "\n")
	value, _ := strconv.Unquote(quoted)
	return value
}

// with returns v with a key set to a value; "" removes the key.
func (v Values) with(key, value string) Values {
	before, rest, known := strings.Cut(string(v), "\n"+key+"=")
	if known {
		_, after, more := strings.Cut(rest, "\n")
		if v = Values(before); more {
			v += Values("\n" + after)
		}
	}
	if value == "" {
		return v
	}
	lines := append(strings.Split(string(v), "\n"), key+"="+strconv.Quote(value))
	slices.Sort(lines) // the empty one before the first line break comes first
	return Values(strings.Join(lines, "\n"))
}

// Get returns a setting of the pack, by its key; "" if it was not given. It is fast:
// every request needs some.
func (c Config) Get(key string) string { return c.Values.get(key) }

// Give sets a setting of the pack, by its key; an empty value removes it. A key that the
// pack does not have is a bug of the caller and panics.
func (c *Config) Give(key, value string) {
	if err := c.Set(key, value); err != nil {
		panic("config: " + err.Error())
	}
}

// Set sets any setting, by its key, from text. The error says what is wrong with the
// value.
func (c *Config) Set(key, value string) error {
	s := find(settings(c), key)
	if s.key == "" {
		return fmt.Errorf("there is no setting %q", key)
	}
	return s.set(value)
}

// own returns the settings of the pack, bound to c.
func own(c *Config) (list []setting) {
	for _, o := range c.Names.or().Own {
		w := datum
		if o.Secret {
			w = secret
		}
		list = append(list, setting{c.Names.Variable(o.Key), o.Key, w, "string", "", func(v string) error {
			c.Values = c.Values.with(o.Key, v)
			return nil
		}, func() string { return c.Get(o.Key) }})
	}
	return list
}
