package hostup

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hostup/api-conformance/spec"
)

// clockTolerance is how far a timestamp may be from the time of its response. Ten minutes
// is twice what common authentication protocols allow for clock skew; a constant or local
// time written as UTC is further off.
const clockTolerance = 10 * time.Minute

func knowsNow(k *spec.Judgement) bool {
	if !k.Documented() {
		return false
	}
	_, known := k.Now()
	return known
}

func isSuccessOfNow(k *spec.Judgement) bool { return knowsNow(k) && k.IsSuccess() }

// timestamp returns the timestamp in a response as text and time; ok is false if it does
// not parse, which the schema reports.
func timestamp(k *spec.Judgement) (text string, t time.Time, ok bool) {
	if text, _ = k.Object()["timestamp"].(string); text == "" {
		return "", time.Time{}, false
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	return text, t, err == nil
}

// checkZone: timestamps in the envelope of v1 are in UTC.
func checkZone(k *spec.Judgement) {
	text, t, ok := timestamp(k)
	if _, offset := t.Zone(); ok && offset != 0 {
		k.Report("ENV-TIME-001", k.InBody("timestamp"), "utc", "an instant in UTC", strconv.Quote(text))
	}
}

// checkTimestamp: a timestamp is the time of the response.
func checkTimestamp(k *spec.Judgement) {
	now, _ := k.Now()
	if text, t, ok := timestamp(k); ok && (t.Sub(now) > clockTolerance || now.Sub(t) > clockTolerance) {
		k.Report("TIME-REAL-001", k.InBody("timestamp"), "now", "about "+now.UTC().Format(time.RFC3339), strconv.Quote(text))
	}
}

// recordTimes are the properties that say when something was recorded.
var recordTimes = map[string]bool{"createdAt": true, "addedAt": true}

// Records reports whether documented successes of the operation say when something was
// recorded.
func Records(u *spec.Universe, o *spec.Operation) bool {
	for i := range u.Of(o) {
		name := i.Text[strings.LastIndexByte(i.Text, '.')+1:]
		if i.Kind == spec.CoverProperty && i.Text[0] == '2' && recordTimes[name] {
			return true
		}
	}
	return false
}

func showsRecorded(k *spec.Judgement) bool {
	v, _ := k.Value()
	return hasRecorded(v)
}

// hasRecorded reports whether a value contains such a property.
func hasRecorded(v any) bool {
	switch x := v.(type) {
	case map[string]any:
		for name, child := range x {
			if _, isText := child.(string); isText && recordTimes[name] || hasRecorded(child) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(x, hasRecorded)
	}
	return false
}

// checkRecorded: recorded times are not in the future.
func checkRecorded(k *spec.Judgement) {
	now, _ := k.Now()
	v, _ := k.Value()
	recorded(k, v, nil, now)
}

func recorded(k *spec.Judgement, v any, path []string, now time.Time) {
	switch x := v.(type) {
	case map[string]any:
		for name := range recordTimes {
			text, ok := x[name].(string)
			if !ok {
				continue
			}
			if t, err := time.Parse(time.RFC3339Nano, text); err == nil && t.Sub(now) > clockTolerance {
				k.Report("TIME-PAST-001", k.InBody(append(path, name)...), "past", "no later than "+now.UTC().Format(time.RFC3339), strconv.Quote(text))
			}
		}
		for name, child := range x {
			switch child.(type) {
			case map[string]any, []any:
				recorded(k, child, append(path, name), now)
			}
		}
	case []any:
		for i, child := range x {
			recorded(k, child, append(path, strconv.Itoa(i)), now)
		}
	}
}
