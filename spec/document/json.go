package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// parseJSON reads a JSON text into the same nodes as YAML. The YAML reader could read
// JSON, but needs five times the memory and has its own rules for escapes.
func parseJSON(text []byte) (*Node, error) {
	r := &jsonReader{text: text, line: 1, names: map[string]string{}}
	r.dec = jsontext.NewDecoder(bytes.NewBuffer(text), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	n, err := r.value(0)
	if err == nil {
		if _, end := r.dec.ReadToken(); !errors.Is(end, io.EOF) {
			err = errors.New("text behind the JSON value")
		}
	}
	if err != nil {
		r.advance(r.dec.InputOffset())
		var syntax *jsontext.SyntacticError
		if errors.As(err, &syntax) {
			r.advance(syntax.ByteOffset)
			err = syntax.Err
		}
		return nil, &lineError{r.line, "not JSON: " + err.Error()}
	}
	return n, nil
}

type jsonReader struct {
	dec   *jsontext.Decoder
	text  []byte
	at    int64 // lines are counted up to here
	line  int
	names map[string]string // each name once: documents repeat "description" thousands of times
}

func (r *jsonReader) advance(to int64) {
	if to > r.at {
		r.line += bytes.Count(r.text[r.at:to], []byte{'\n'})
		r.at = to
	}
}

func (r *jsonReader) value(depth int) (*Node, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("more than %d levels", maxDepth)
	}
	token, err := r.dec.ReadToken()
	if err != nil {
		return nil, err
	}
	r.advance(r.dec.InputOffset())
	n := &Node{Kind: Scalar, Line: r.line}
	switch token.Kind() {
	case '{', '[':
		closing := jsontext.Kind('}')
		n.Kind = Mapping
		if token.Kind() == '[' {
			closing, n.Kind = ']', Sequence
		}
		for r.dec.PeekKind() != closing {
			c, err := r.value(depth + 1)
			if err != nil {
				return nil, err
			}
			n.Content = append(n.Content, c)
		}
		n.Content = n.Content[:len(n.Content):len(n.Content)]
		_, err := r.dec.ReadToken()
		return n, err
	case '"':
		n.text, n.Value = true, r.intern(token.String())
	default:
		n.Value = token.String()
	}
	return n, nil
}

func (r *jsonReader) intern(s string) string {
	if len(s) > 40 {
		return s
	}
	if known, ok := r.names[s]; ok {
		return known
	}
	r.names[s] = s
	return s
}
