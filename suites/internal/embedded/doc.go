// Package embedded is the target that the suite brings along: the reference server of
// the built-in contract at a loopback address, and the settings of a run against it.
package embedded
