// Package config is what the user set, and where from.
//
// [Load] makes a [Config] of four layers: flags win over environment over file
// over default. Every setting has one key: "request-timeout" is the flag
// --request-timeout, the variable REQUEST_TIMEOUT behind the prefix of the pack, and
// the member request-timeout of the YAML file. [Names] are what a pack adds to them. Credentials come from the environment only, or,
// for a document without a pack, from a file of identities. Data of the target
// comes from environment or file. A key, variable or value that
// is not understood is an [*Error]: a run with a misspelled setting would test
// something else than was asked for.
package config
