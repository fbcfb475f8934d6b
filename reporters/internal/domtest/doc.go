// Package domtest parses HTML and rendered Markdown for tests.
package domtest
