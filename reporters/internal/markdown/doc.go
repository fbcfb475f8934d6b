// Package markdown writes GitHub's Markdown of bounded length. [Text], [Code], [Block]
// and [HTML] escape what a target answered, so that it is never markup, a mention or a
// link; [Builder] keeps room for what has to be said when a text is full.
package markdown
