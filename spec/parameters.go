package spec

import (
	"fmt"
	"strconv"
	"strings"
)

// DocumentedValues returns the documented values of a query parameter, in order and as
// sent: its enum, or that of its items if it is a list; else its bounds if it is an
// integer. many reports that the parameter is a list, so that several may be sent at
// once.
func (c *Contract) DocumentedValues(o *Operation, p *Parameter) (values []string, many bool) {
	s := p.Schema
	if s.Allows("array") && len(s.Types) > 0 {
		b := &coverBuilder{c: c, o: o}
		item := b.itemSchema(p)
		if item == nil {
			return nil, false
		}
		s, many = *item, true
	}
	for _, e := range s.Enum {
		if e != nil {
			values = append(values, fmt.Sprint(e))
		}
	}
	if len(s.Enum) > 0 || !s.Allows("integer") || len(s.Types) == 0 {
		return values, many
	}
	for _, bound := range []*float64{s.Minimum, s.Maximum} {
		if bound != nil && *bound == float64(int64(*bound)) {
			values = append(values, strconv.FormatInt(int64(*bound), 10))
		}
	}
	return values, many
}

// AcceptedBy returns the requirement that the documented values of this parameter are
// accepted (x-accepted-by), "" if it has none of its own.
func (c *Contract) AcceptedBy(o *Operation, p *Parameter) string {
	at := "/paths/" + escapeToken(o.Path)
	for _, list := range []string{at + "/" + strings.ToLower(o.Method) + "/parameters", at + "/parameters"} {
		_, node, ok := c.base.Resolve(list)
		for i := 0; ok && i < len(node.Content); i++ {
			if _, n, ok := c.base.Resolve(list + "/" + strconv.Itoa(i)); ok && scalar(n, "name") == p.Name && scalar(n, "in") == p.In {
				return scalar(n, "x-accepted-by")
			}
		}
	}
	return ""
}
