package command

import (
	"runtime/debug"
	"testing"
)

// TestBuild: the version of a binary, for each way of building it.
func TestBuild(t *testing.T) {
	const (
		revision = "7afab0812345678901234567890123456789abcd"
		date     = "2026-11-27T15:58:01Z"
	)
	vcs := []debug.BuildSetting{{Key: "vcs.revision", Value: revision}, {Key: "vcs.time", Value: date}}
	tests := []struct {
		name    string
		linked  Build
		module  string
		setting []debug.BuildSetting
		want    Build
	}{
		{"a release", Build{"v1.2.3", revision, date}, "(devel)", nil, Build{"v1.2.3", revision, date}},
		{"a release with stamps", Build{"v1.2.3", revision, date}, "v9.9.9", vcs, Build{"v1.2.3", revision, date}},
		{"a version alone", Build{Version: "v1.2.3"}, "(devel)", vcs, Build{"v1.2.3", revision, date}},
		{"go install of a tag", Build{}, "v1.2.3", nil, Build{Version: "v1.2.3"}},
		{"go install of a commit", Build{}, "v1.2.4-0.20261127155801-7afab0812345", nil, Build{"v1.2.4-0.20261127155801-7afab0812345", "7afab0812345", date}},
		{"go build in a clone", Build{}, "v1.2.4-0.20261127155801-7afab0812345+dirty", vcs, Build{"v1.2.4-0.20261127155801-7afab0812345+dirty", revision, date}},
		{"go build of an older Go in a clone", Build{}, "(devel)", vcs, Build{"dev-7afab0812345", revision, date}},
		{"go build without git", Build{}, "(devel)", nil, Build{Version: "dev"}},
		{"no build information", Build{}, "", nil, Build{Version: "dev"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			info := &debug.BuildInfo{Main: debug.Module{Version: test.module}, Settings: test.setting}
			if got := test.linked.or(stamped(info)); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}
