package config

import "fmt"

// Set gives a setting, by its key, a value as text. The error says what is wrong with
// the value.
func (c *Config) Set(key, value string) error {
	s := find(settings(c), key)
	if s.key == "" {
		return fmt.Errorf("there is no setting %q", key)
	}
	return s.set(value)
}

// Variable is the environment variable of a setting, by its key.
func Variable(key string) string { return setting{key: key}.variable() }
