package run

import (
	"encoding/json"
	"os"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/config"
	"github.com/hostup/api-conformance/suites/env"
)

// A share is the work of one process.
type share struct {
	Discovery env.Discovery
	Specs     []string       // names
	Embedded  *config.Config // the configuration with the embedded server, whose keys are public; nil for any other target
	Recording string         // directory of the spools, "" if no recording is asked for
}

// write writes the share to a file with mode 0600.
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

// of returns the specs that the share names.
func (s share) of(specs []scheduled) (mine []scheduled) {
	names := map[string]bool{}
	for _, name := range s.Specs {
		names[name] = true
	}
	for _, spec := range specs {
		if names[spec.record.Name] {
			mine = append(mine, spec)
		}
	}
	return mine
}

// A division says which process runs which of the selected specs.
type division struct {
	own    []scheduled            // of the parent
	specs  []reporters.SpecRecord // of the others, as declared
	shares [][]string             // names, by process
	owner  map[string]int         // name -> process, from 1
}

// divide distributes the specs. Sequences go to the first process, which runs them when
// the others have ended, or to the parent, if they run beside others. The division of the
// same specs is always the same.
func divide(specs []scheduled, processes int) division {
	d := division{shares: make([][]string, processes), owner: map[string]int{}}
	n := 0
	for _, s := range specs {
		if s.Sequence != nil && s.Sequence.When == env.Beside {
			d.own = append(d.own, s)
			continue
		}
		i := 0
		if s.Sequence == nil {
			i = n % processes
			n++
		}
		d.specs = append(d.specs, s.record)
		d.shares[i] = append(d.shares[i], s.record.Name)
		d.owner[s.record.Name] = i + 1
	}
	return d
}
