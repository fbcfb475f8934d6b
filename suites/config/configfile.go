package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/pb33f/go-yaml"

	"github.com/hostup/api-conformance/spec/document"
)

// fromFile reads the file of --config: one YAML mapping of flag names to scalars, whose
// text is taken as written. A key without a value counts as not given.
func fromFile(names *Names, path string, table []setting) (layer, []string) {
	l := layer{map[string]string{}, func(s setting) string { return s.key + " in " + path }}
	if path == "" {
		return l, nil
	}
	text, err := os.ReadFile(path)
	var members map[string]yaml.Node
	if err == nil {
		members, err = mapping(text)
	}
	if err != nil {
		return l, []string{fmt.Sprintf("cannot read the configuration file %s: %s", path, fileTrouble(err))}
	}
	var known []string
	for _, s := range table {
		if s.where != secret {
			known = append(known, s.key)
		}
	}
	var problems []string
	for _, key := range slices.Sorted(maps.Keys(members)) {
		value := members[key]
		for value.Kind == yaml.AliasNode {
			value = *value.Alias
		}
		s := find(table, names.spelling(key))
		switch {
		case value.Tag == "!!null":
		case s.key != "" && s.where == secret:
			problems = append(problems, fmt.Sprintf("%s in %s: secrets are not read from files, set %s in the environment instead", key, path, s.variable()))
		case s.key != key:
			problems = append(problems, fmt.Sprintf("unknown key %s in %s%s", key, path, Meant(names.spelling(key), known, ": keys are the names of flags, such as base-url")))
		case s.kind == "list" && value.Kind == yaml.SequenceNode:
			l.given[key] = sequence(value)
		case value.Kind != yaml.ScalarNode:
			problems = append(problems, fmt.Sprintf("%s in %s: want a single value", key, path))
		case s.kind == "string" && value.Tag != "!!str":
			// YAML reads 007 as a number, but it may be an id.
			problems = append(problems, fmt.Sprintf("%s in %s: write the value in quotes, it is not read as text without them", key, path))
		default:
			l.given[key] = value.Value
		}
	}
	return l, problems
}

// sequence returns the values of a sequence, as [list] reads them.
func sequence(n yaml.Node) string {
	var values []string
	for _, v := range n.Content {
		values = append(values, v.Value)
	}
	return strings.Join(values, "\n")
}

// mapping returns the only document of a YAML file, nil if it is empty.
func mapping(text []byte) (members map[string]yaml.Node, err error) {
	n, err := document.ReadYAML(text)
	if err == nil && n.Kind != 0 {
		err = n.Decode(&members)
	}
	return members, err
}

// fileTrouble returns a YAML error without quotes of the file: a file of NAME=value lines
// that was given by mistake may contain secrets.
func fileTrouble(err error) string {
	text := strings.Join(strings.Fields(err.Error()), " ")
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		return path.Err.Error()
	}
	if m := duplicate.FindStringSubmatch(text); m != nil {
		return fmt.Sprintf("%s stands twice", m[1])
	}
	if strings.Contains(text, "cannot unmarshal") || strings.Contains(text, "cannot construct") {
		return "it is not a mapping of keys to values, such as base-url: https://staging.example.com"
	}
	return strings.TrimPrefix(text, "yaml: ")
}

// duplicate matches the YAML reader's error for a duplicate key.
var duplicate = regexp.MustCompile(`mapping key ("[A-Za-z0-9_.-]*") already defined`)

// spelling turns api_key, apiKey and the variable of a setting into its key, api-key.
func (n *Names) spelling(key string) string {
	var b strings.Builder
	for i, r := range key {
		if r >= 'A' && r <= 'Z' && i > 0 && key[i-1] >= 'a' && key[i-1] <= 'z' {
			b.WriteByte('-')
		}
		b.WriteRune(r)
	}
	key = strings.ReplaceAll(strings.ToLower(b.String()), "_", "-")
	return strings.TrimPrefix(key, strings.ToLower(strings.ReplaceAll(n.or().Prefix, "_", "-")))
}
