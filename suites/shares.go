package suites

import (
	"encoding/json"
	"os"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
)

// A share is what one process has to do.
type share struct {
	Discovery env.Discovery
	Specs     []string // names
}

// write writes it to a file, for the eyes of this user only.
func (s share) write(path string) error {
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return os.WriteFile(path, data, 0o600)
}

func readShare(path string) (s share, err error) {
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, &s)
	}
	return s, err
}

// of are those of the specs that the share names.
func (s share) of(specs []scheduled) (mine []scheduled) {
	names := map[string]bool{}
	for _, name := range s.Specs {
		names[name] = true
	}
	for _, spec := range specs {
		if names[spec.Name] {
			mine = append(mine, spec)
		}
	}
	return mine
}

// A division says which process runs which of the specs that are selected.
type division struct {
	specs  []reporters.SpecRecord // as declared
	shares [][]string             // names, by process
	owner  map[string]int         // name -> process, from 1
}

// divide deals out the specs, and gives those that run one after the other to the
// first process: it runs them when the others have ended. The same specs are divided
// in the same way.
func (s *session) divide() division {
	d := division{shares: make([][]string, s.cfg.Procs), owner: map[string]int{}}
	t := &tree{env: s.env}
	n := 0
	for _, r := range preview(s.contract, s.cfg).SpecReports {
		if !isSelected(r) {
			continue
		}
		rec := t.declared(r)
		d.specs = append(d.specs, rec)
		if r.IsSerial || r.IsInOrderedContainer {
			d.give(0, rec.Name)
		} else {
			d.give(n%len(d.shares), rec.Name)
			n++
		}
	}
	return d
}

func (d *division) give(i int, name string) {
	d.shares[i] = append(d.shares[i], name)
	d.owner[name] = i + 1
}
