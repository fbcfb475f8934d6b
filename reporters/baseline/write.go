package baseline

import (
	"io"

	"github.com/pb33f/go-yaml"
)

// write writes the list. Nodes from a file keep their text; the rest of the file is
// reformatted.
func (b *List) write(w io.Writer) error {
	file, err := b.node()
	if err != nil {
		return err
	}
	// Keep a signature on one line, so that it can be searched for.
	text, err := yaml.Dump(file, yaml.WithV3Defaults(), yaml.WithIndent(2), yaml.WithLineWidth(-1))
	if err != nil {
		return err
	}
	_, err = w.Write(text)
	return err
}

// node returns the list as YAML: its original file, with the current entries.
func (b *List) node() (*yaml.Node, error) {
	fresh := &yaml.Node{}
	if err := fresh.Encode(List{Version: b.Version, Known: []Entry{}}); err != nil {
		return nil, err
	}
	file := fresh
	if b.source != nil && entries(b.source) != nil {
		file = b.source
	}
	list := *entries(file)
	list.Content, list.Style = nil, 0
	for _, e := range b.Known {
		text := e.source
		if text == nil {
			text = &yaml.Node{}
			if err := text.Encode(e); err != nil {
				return nil, err
			}
		}
		list.Content = append(list.Content, text)
	}
	if len(list.Content) == 0 {
		list.Style = yaml.FlowStyle // write [], as an empty block looks like a missing value
	}
	return with(file, &list), nil
}

// root returns the mapping of a file.
func root(file *yaml.Node) *yaml.Node {
	if file.Kind == yaml.DocumentNode && len(file.Content) == 1 {
		return file.Content[0]
	}
	return file
}

// entries returns the sequence below "known", nil if there is none.
func entries(file *yaml.Node) *yaml.Node {
	members := root(file).Content
	for i := 0; i+1 < len(members); i += 2 {
		if members[i].Value == "known" && members[i+1].Kind == yaml.SequenceNode {
			return members[i+1]
		}
	}
	return nil
}

// with returns a copy of a file with another sequence below "known".
func with(file, known *yaml.Node) *yaml.Node {
	out, mapping := *file, *root(file)
	mapping.Content = append([]*yaml.Node(nil), mapping.Content...)
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == "known" {
			mapping.Content[i+1] = known
		}
	}
	if file.Kind != yaml.DocumentNode {
		return &mapping
	}
	out.Content = []*yaml.Node{&mapping}
	return &out
}
