package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/pb33f/go-yaml"
)

// ReadYAML returns the single document of a YAML text, a node of kind DocumentNode, or a
// node of kind 0 if the text is empty. A second document is an error: its author wants it
// to be read.
func ReadYAML(text []byte) (n yaml.Node, err error) {
	if trouble := encodingTrouble(text); trouble != nil {
		return n, trouble
	}
	d := yaml.NewDecoder(bytes.NewReader(text))
	if err := d.Decode(&n); errors.Is(err, io.EOF) {
		return n, nil
	} else if err != nil {
		return n, err
	}
	var second yaml.Node
	switch err := d.Decode(&second); {
	case errors.Is(err, io.EOF):
		return n, nil
	case err != nil:
		return n, err
	case len(second.Content) == 1 && second.Content[0].Tag == "!!null" && second.Content[0].Value == "":
		return n, nil // a line of three hyphens at the end
	}
	return n, fmt.Errorf("it holds a second YAML document (---, line %d): put all into one", firstLine(second))
}

// encodingTrouble says where a text is not UTF-8, unless it begins with the mark of UTF-16,
// which the parser reads.
func encodingTrouble(text []byte) error {
	if utf8.Valid(text) || bytes.HasPrefix(text, []byte{0xFE, 0xFF}) || bytes.HasPrefix(text, []byte{0xFF, 0xFE}) {
		return nil
	}
	line, rest := 1, text
	for {
		r, n := utf8.DecodeRune(rest)
		if r == utf8.RuneError && n == 1 {
			return fmt.Errorf("it is not UTF-8: line %d has the byte 0x%02X", line, rest[0])
		}
		if r == '\n' {
			line++
		}
		rest = rest[n:]
	}
}

func firstLine(n yaml.Node) int {
	if len(n.Content) == 0 {
		return n.Line
	}
	return n.Content[0].Line
}
