package env

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/hostup/api-conformance/spec"
	"github.com/hostup/api-conformance/spec/packs"
)

func TestClock(t *testing.T) {
	contract, err := packs.Default()
	if err != nil {
		t.Fatal(err)
	}
	start := time.Date(2026, 4, 27, 12, 0, 0, 0, time.UTC)
	answer := func(path, body, date string, after time.Duration) spec.Exchange {
		ex := spec.Exchange{ID: "x", Request: spec.Request{Method: "GET", URL: &url.URL{Path: path}}}
		ex.Response = &spec.Response{Status: 400, Header: http.Header{"Date": {date}}, Body: []byte(body), Received: start.Add(after)}
		return ex
	}
	const v1, v2 = "/api/billing/cards", "/api/v2/billing/cards"
	const noon = `{"timestamp":"2026-04-27T12:00:00.000Z"}`
	for _, test := range []struct {
		name   string
		second spec.Exchange
		want   bool
	}{
		{"at once", answer(v1, noon, "b", 0), false},
		{"within the second", answer(v1, noon, "b", time.Second), false},
		{"much later", answer(v1, noon, "b", 3*time.Second), true},
		{"much later, from a cache with its date", answer(v1, noon, "a", 3*time.Second), false},
		{"of the other version", answer(v2, noon, "b", 3*time.Second), false},
		{"with another time", answer(v1, `{"timestamp":"2026-04-27T12:00:03.000Z"}`, "b", 3*time.Second), false},
		{"with no time", answer(v1, `{"timestamp":"noon"}`, "b", 3*time.Second), false},
		{"on no documented path", answer("/elsewhere", noon, "b", 3*time.Second), false},
	} {
		var k clock
		if _, ok := k.Stopped(contract, contract.Judge(answer(v1, noon, "a", 0))); ok {
			t.Fatal("the first answer is reported")
		}
		if f, ok := k.Stopped(contract, contract.Judge(test.second)); ok != test.want {
			t.Errorf("%s: %v, want %v: %+v", test.name, ok, test.want, f)
		}
	}
}

// Profiles, messages and events have their own timestamp, which does not move.
func TestClockOfOthers(t *testing.T) {
	contract, err := packs.LoadText("events.yaml", []byte(`
openapi: 3.1.0
info: {title: events, version: "1"}
paths: {/event: {get: {responses: {"200": {description: an event, content: {application/json: {schema: {type: object}}}}}}}}
`))
	if err != nil {
		t.Fatal(err)
	}
	var k clock
	for after := range 3 {
		ex := spec.Exchange{ID: "x", Request: spec.Request{Method: "GET", URL: &url.URL{Path: "/event"}}}
		ex.Response = &spec.Response{
			Status: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(`{"timestamp":"2026-04-27T12:00:00.000Z"}`),
			Received: time.Date(2026, 4, 27, 12, after, 0, 0, time.UTC),
		}
		if f, ok := k.Stopped(contract, contract.Judge(ex)); ok {
			t.Errorf("after %d minutes: %+v", after, f)
		}
	}
}
