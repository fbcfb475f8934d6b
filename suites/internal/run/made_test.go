package run

import (
	"slices"
	"testing"

	"github.com/hostup/api-conformance/reporters"
)

// Resources that a process has created and deleted are reported as deleted, even if the
// process is killed before its spec has a record.
func TestDeletedByADeadProcess(t *testing.T) {
	s := &Session{}
	var told []reporters.Created
	s.opt.OnCreated = func(c reporters.Created) { told = append(told, c) }
	f := &follower{s: s}
	kept := reporters.Created{What: "POST /pets request", ID: "/pets/1", Spec: "a"}
	gone := reporters.Created{What: "POST /pets request", ID: "/pets/2", Spec: "a"}
	deleted := gone
	deleted.Deleted = true
	for _, line := range []string{
		`{"Created":{"what":"POST /pets request","id":"/pets/1","spec":"a"}}`,
		`{"Created":{"what":"POST /pets request","id":"/pets/2","spec":"a"}}`,
		`{"Created":{"what":"POST /pets request","id":"/pets/2","spec":"a","deleted":true}}`,
	} {
		f.hear(1, []byte(line))
	}
	s.completeCreated()
	if want := []reporters.Created{kept, deleted}; !slices.Equal(s.discovery.Created, want) {
		t.Errorf("the result lists %v, want %v", s.discovery.Created, want)
	}
	if want := []reporters.Created{kept, gone, deleted}; !slices.Equal(told, want) {
		t.Errorf("told of %v, want %v", told, want)
	}
}
