// Package config holds the user's settings and reads them. [Load] builds a [Config], a
// plain value, from four layers: flags win over environment over file over default.
//
// Every setting has one key: "request-timeout" is the flag --request-timeout, the
// variable REQUEST_TIMEOUT with the prefix of the pack, and the member request-timeout of
// the YAML file. A pack adds its own settings through [Names]. Credentials come only from
// the environment or, for a document without a pack, from a file of identities. Data of
// the target comes from environment or file. An unknown key, variable or value is an
// [*Error]: a run with a misspelled setting would test something other than intended.
package config
