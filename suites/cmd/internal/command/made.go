package command

import (
	"sync"

	"github.com/hostup/api-conformance/reporters"
)

// made is what the run has created at the target so far.
type made struct {
	mu   sync.Mutex
	list []reporters.Created
	say  func(format string, args ...any)
}

func (m *made) note(c reporters.Created) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.list = reporters.NoteCreated(m.list, c)
}

// tell prints it for a run that ends without a report.
func (m *made) tell() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range m.list {
		perhaps, deleted := "", ""
		if c.Unsure != "" {
			perhaps = "perhaps "
		}
		if c.Deleted {
			deleted = ", and deleted again"
		}
		m.say("made at the target: %s%s %s, by %s%s", perhaps, c.What, c.ID, c.Spec, deleted)
	}
}
