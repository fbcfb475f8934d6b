// Package domtest reads HTML and rendered Markdown for tests.
package domtest
