package har

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"
)

// sampleEntries returns the entries in recordings of real tools and of the suite.
func sampleEntries(t *testing.T) (list [][]byte) {
	t.Helper()
	files := [][]byte{write(t, exchanges(t))}
	for _, name := range []string{"chromium-clean.har", "chromium-faulty.har", "mitmproxy-clean.har", "mitmproxy-faulty.har"} {
		files = append(files, sample(t, name))
	}
	for _, data := range files {
		var file struct {
			Log struct{ Entries []json.RawMessage }
		}
		if err := json.Unmarshal(data, &file); err != nil {
			t.Fatal(err)
		}
		for _, e := range file.Log.Entries {
			list = append(list, e)
		}
	}
	return list
}

// TestQuick: the quick reader reads the same as the patient one, and does not give up on
// entries of real tools.
func TestQuick(t *testing.T) {
	for i, text := range sampleEntries(t) {
		var want *entry
		if err := json.Unmarshal(text, &want); err != nil {
			t.Fatal(err)
		}
		got, ok := quickEntry(text)
		if own := want.Own != nil; ok == own {
			t.Errorf("entry %d of the suite: %t, read in a hurry: %t", i, own, ok)
		}
		if ok && !reflect.DeepEqual(got, want) {
			t.Errorf("entry %d: %+v, want %+v", i, got, want)
		}
	}
}

// TestQuickOfAnything: if the quick reader does not give up on a JSON text, it loses
// nothing, whatever its bytes.
func TestQuickOfAnything(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	odd := []string{`"`, `\`, `{`, `}`, `[`, `]`, `,`, `:`, ` `, "0", "null", "false", "true", `\u00e5`, `\ud83d\ude00`, `\ud83d`, "\xff", "å", "\n", `"_fromCache":`, "URL", "-1", `"x":[{}]`}
	read, valid := 0, 0
	for _, text := range sampleEntries(t) {
		for range 200 {
			changed := bytes.Clone(text)
			for range 1 + rng.IntN(2) {
				at, until := rng.IntN(len(changed)), 0
				until = min(len(changed), at+rng.IntN(3))
				changed = bytes.Join([][]byte{changed[:at], []byte(odd[rng.IntN(len(odd))]), changed[until:]}, nil)
			}
			got, ok := quickEntry(changed)
			if !ok {
				continue
			}
			read++
			var want *entry
			if json.Unmarshal(changed, &want) != nil {
				continue
			}
			if valid++; !reflect.DeepEqual(got, want) {
				t.Fatalf("%s\nis read as %+v %+v %+v\nand is %+v %+v %+v", changed, got, got.Request, got.Response, want, want.Request, want.Response)
			}
		}
	}
	if valid < 100 {
		t.Errorf("%d texts were read, %d of them JSON: too few to say anything", read, valid)
	}
}
