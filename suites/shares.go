package suites

import (
	"github.com/onsi/ginkgo/v2/types"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
)

// A share is what one process has to do.
type share struct {
	Discovery env.Discovery
	Specs     []string // names
}

// A division says which process runs which of the specs that are selected.
type division struct {
	specs  []reporters.SpecRecord // as declared
	shares [][]string             // names, by process
	owner  map[string]int         // name -> process, from 1
}

// divide gives the specs that depend on what others have done at the target to the
// first process, and the rest to whoever has least. The same specs are divided in
// the same way.
func (s *session) divide() division {
	d := division{shares: make([][]string, s.cfg.Procs), owner: map[string]int{}}
	t := &tree{env: s.env}
	var others []string
	for _, r := range preview(s.contract, s.cfg).SpecReports {
		if r.LeafNodeType != types.NodeTypeIt || r.State.Is(types.SpecStateSkipped) {
			continue
		}
		rec := t.declared(r)
		d.specs = append(d.specs, rec)
		if r.IsSerial || r.IsInOrderedContainer {
			d.give(0, rec.Name)
		} else {
			others = append(others, rec.Name)
		}
	}
	for _, name := range others {
		least := 0
		for i := range d.shares {
			if len(d.shares[i]) <= len(d.shares[least]) {
				least = i
			}
		}
		d.give(least, name)
	}
	return d
}

func (d *division) give(i int, name string) {
	d.shares[i] = append(d.shares[i], name)
	d.owner[name] = i + 1
}
