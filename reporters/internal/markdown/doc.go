// Package markdown writes GitHub Markdown of bounded length. [Text], [Code], [Block] and
// [HTML] escape text of a target, so that it is never markup, a mention or a link;
// [Builder] reserves room for the notice that a text is full.
package markdown
