package generic

import (
	"encoding/json"
	"testing"
)

func TestLeastOf(t *testing.T) {
	for name, want := range map[string]string{
		"minprice": "price", "pricemin": "price", "pricegte": "price", "createdafter": "created", "createdsince": "created", "startsfrom": "starts",
		"after": "", "since": "", "from": "", "price": "", "pricemax": "", "createdbefore": "",
	} {
		if member, least := leastOf(name); least != (want != "") || least && member != want {
			t.Errorf("leastOf(%s) = %s, %v", name, member, least)
		}
	}
}

func TestToldWithin(t *testing.T) {
	for text, want := range map[string]bool{
		`{"results": [{"index": 0, "error": "invalid"}]}`:     true,
		`{"results": [{"index": 0, "errors": ["too long"]}]}`: true,
		`[{"ok": false}]`: true,
		`{"items": [{"status": 201}, {"status": 422}]}`:                   true,
		`{"items": [{"status": "Failed"}]}`:                               true,
		`{"results": [{"index": 0, "status": "created", "error": null}]}`: false,
		`{"results": [{"index": 0, "errors": []}]}`:                       false,
		`[{"ok": true}]`:                       false,
		`{"items": [{"status": 200}]}`:         false,
		`{"id": 7, "error": "none of a list"}`: false,
		`{"id": 7}`:                            false,
		`[]`:                                   false,
		`null`:                                 false,
	} {
		var body any
		if err := json.Unmarshal([]byte(text), &body); err != nil {
			t.Fatal(err)
		}
		if got := toldWithin(body); got != want {
			t.Errorf("toldWithin(%s) = %v", text, got)
		}
	}
}

func TestChangedTexts(t *testing.T) {
	for _, c := range []struct {
		sent, shown string
		cut, moved  bool
	}{
		{"a name-abcdefgh", "a name-ab", true, false},
		{"a name-abcdefgh", "a name-abcdefgh", false, false},
		{"a name!!! --", "a name", false, false}, // signs
		{"a name-abcdefgh", "other", false, false},
		{"2024-05-01T09:00:00Z", "2024-05-01T11:00:00Z", false, true},
		{"2024-05-01T09:00:00Z", "2024-05-01T11:00:00+02:00", false, false}, // the same moment
		{"2024-05-01T09:00:00Z", "2024-05-01T00:00:00Z", false, false},      // the day of it
		{"2024-05-01T09:00:00Z", "2024-05-01T09:00:30Z", false, false},
		{"2024-05-01T09:00:00Z", "2024-05-03T11:00:00Z", false, false}, // a choice of the server
		{"2024-05-01T09:00:00Z", "2024-05-01T11:00:00", false, false},  // of what zone?
	} {
		if got := cut(c.sent, c.shown); got != c.cut {
			t.Errorf("cut(%q, %q) = %v", c.sent, c.shown, got)
		}
		if got := shifted(c.sent, c.shown); got != c.moved {
			t.Errorf("shifted(%q, %q) = %v", c.sent, c.shown, got)
		}
	}
}
