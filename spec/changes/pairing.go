package changes

import "strings"

// paired pairs the items of two lists, each at most once. Each item has names, the most
// specific first: all items that share their first name are paired before any that share
// their second, and items of the same name in order, so that identical items are paired
// before similar ones. "" is no name. It returns for each item of a the index of its
// partner in b, or -1, and the remaining items of b.
func paired(a, b [][]string) (partner, free []int) {
	partner = make([]int, len(a))
	for i := range partner {
		partner[i] = -1
	}
	taken := make([]bool, len(b))
	most := 0
	for _, names := range a {
		most = max(most, len(names))
	}
	for k := range most {
		waiting := map[string][]int{}
		for j, names := range b {
			if !taken[j] && k < len(names) && names[k] != "" {
				waiting[names[k]] = append(waiting[names[k]], j)
			}
		}
		for i, names := range a {
			if partner[i] >= 0 || k >= len(names) || len(waiting[names[k]]) == 0 {
				continue
			}
			j := waiting[names[k]][0]
			waiting[names[k]] = waiting[names[k]][1:]
			partner[i], taken[j] = j, true
		}
	}
	for j := range taken {
		if !taken[j] {
			free = append(free, j)
		}
	}
	return partner, free
}

// names returns the names by which operations are paired. Paths that differ only in
// parameter names are distinguished by their text, then by operationId.
func (c *contract) names(list []*operation) (all [][]string) {
	for _, o := range list {
		if !o.toServer || o.of != nil {
			all = append(all, []string{o.key})
			continue
		}
		method, _, _ := strings.Cut(o.key, " ")
		key, named := method+" "+c.basedOn+template(o.path), ""
		if id := o.at.str("operationId"); id != "" {
			named = key + " " + id
		}
		all = append(all, []string{method + " " + c.basedOn + o.path, named, key})
	}
	return all
}

// together pairs operations by their current names. Callbacks are paired within the
// operations that they belong to.
func (c *comparison) together() map[*operation]*operation {
	below := func(list []*operation) map[*operation][]*operation {
		m := map[*operation][]*operation{}
		for _, o := range list {
			m[o.of] = append(m[o.of], o)
		}
		return m
	}
	before, after := below(c.old.operations), below(c.new.operations)
	partners := map[*operation]*operation{}
	var pair func(a, b []*operation)
	pair = func(a, b []*operation) {
		partner, _ := paired(c.old.names(a), c.new.names(b))
		for i, j := range partner {
			if j >= 0 {
				partners[a[i]] = b[j]
				pair(before[a[i]], after[b[j]])
			}
		}
	}
	pair(before[nil], after[nil])
	return partners
}

// partners returns the operations of the new document by those of the old one. If that
// pairs more operations, paths include the paths of their servers.
func (c *comparison) partners() map[*operation]*operation {
	plain := c.together()
	oldBase, newBase := c.old.base(), c.new.base()
	if oldBase == newBase {
		return plain
	}
	c.old.basedOn, c.new.basedOn = oldBase, newBase
	if based := c.together(); len(based) > len(plain) {
		return based
	}
	c.old.basedOn, c.new.basedOn = "", ""
	return plain
}
