package spec

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// clockTolerance is how far a timestamp may lie from the time of its answer.
// Ten minutes is twice what common authentication protocols allow for the clocks
// of two machines; a constant or local time written as UTC is further off.
const clockTolerance = 10 * time.Minute

// checkTimes judges the instants of an answer beyond their form: the envelope of
// v1 says UTC, a timestamp is the time of the answer, and what is on record does
// not lie in the future.
func (k *check) checkTimes() {
	now, known := k.now()
	if o := k.object(); o != nil {
		if text, ok := o["timestamp"].(string); ok {
			k.checkTimestamp(text, now, known)
		}
	}
	if known && k.isSuccess() {
		k.checkRecorded(k.value, nil, now)
	}
}

func (k *check) checkTimestamp(text string, now time.Time, known bool) {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return // the form is the schema's business
	}
	if _, offset := t.Zone(); k.version == "v1" && offset != 0 {
		k.report("ENV-TIME-001", k.inBody("timestamp"), "utc", "an instant in UTC", strconv.Quote(text))
	}
	if known && (t.Sub(now) > clockTolerance || now.Sub(t) > clockTolerance) {
		k.report("TIME-REAL-001", k.inBody("timestamp"), "now", "about "+now.UTC().Format(time.RFC3339), strconv.Quote(text))
	}
}

// recordTimes are the members that say when something was recorded.
var recordTimes = map[string]bool{"createdAt": true, "addedAt": true}

// Records reports whether the document has a success of the operation say when
// something was recorded.
func Records(u *Universe, o *Operation) bool {
	return slices.ContainsFunc(u.items, func(i CoverageItem) bool {
		name := i.Text[strings.LastIndexByte(i.Text, '.')+1:]
		return i.Operation == o.Name() && i.Kind == CoverProperty && i.Text[0] == '2' && recordTimes[name]
	})
}

func (k *check) checkRecorded(v any, path []string, now time.Time) {
	switch x := v.(type) {
	case map[string]any:
		for name := range recordTimes {
			text, _ := x[name].(string)
			if t, err := time.Parse(time.RFC3339Nano, text); err == nil && t.Sub(now) > clockTolerance {
				k.report("TIME-PAST-001", k.inBody(append(path, name)...), "past", "no later than "+now.UTC().Format(time.RFC3339), strconv.Quote(text))
			}
		}
		for name, child := range x {
			switch child.(type) {
			case map[string]any, []any:
				k.checkRecorded(child, append(path, name), now)
			}
		}
	case []any:
		for i, child := range x {
			k.checkRecorded(child, append(path, strconv.Itoa(i)), now)
		}
	}
}

// now is the time of the answer: what its Date header says, which is free of the
// difference between two clocks, else when it was received.
func (k *check) now() (time.Time, bool) {
	if t, err := time.Parse(time.RFC1123, k.ex.Response.Header.Get("Date")); err == nil {
		if r := k.ex.Response.Received; r.IsZero() || t.Sub(r) < 24*time.Hour && r.Sub(t) < 24*time.Hour {
			return t, true
		}
	}
	return k.ex.Response.Received, !k.ex.Response.Received.IsZero()
}
