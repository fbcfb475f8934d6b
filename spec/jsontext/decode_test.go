package jsontext

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestDecode(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       string // keywords of the faults, in order
		path       string // of the first fault
	}{
		{"an object", `{"a":[1,-2.5e+3,"x\n\u00e9é",true,false,null]}`, "", ""},
		{"a scalar", ` 1 `, "", ""},
		{"a surrogate pair", `"\ud83d\ude00"`, "", ""},
		{"nothing", "", "empty", ""},
		{"white space", " \r\n\t", "empty", ""},
		{"a byte order mark", "\xef\xbb\xbf{}", "bom", ""},
		{"truncated in a string", `{"a":"b`, "syntax", ""},
		{"truncated after a comma", `[1,`, "syntax", ""},
		{"trailing bytes", `{} x`, "trailing", ""},
		{"two texts", `{}{}`, "trailing", ""},
		{"HTML", `<html>`, "syntax", ""},
		{"NaN", `[NaN]`, "syntax", ""},
		{"a leading zero", `[01]`, "syntax", ""},
		{"a bare point", `[1.]`, "syntax", ""},
		{"a comment", `{}//`, "trailing", ""},
		{"a raw control character", "\"a\x00\"", "syntax", ""},
		{"a bad escape", `"\x41"`, "syntax", ""},
		{"duplicate members", `{"a":{"b":1,"b":2}}`, "duplicate", "a/b"},
		{"duplicates spelt differently", `{"a":1,"\u0061":1}`, "duplicate", "a"},
		{"not UTF-8", "[\"ok\",\"\xff\"]", "utf-8", "1"},
		{"an overlong encoding", "\"\xc0\xaf\"", "utf-8 utf-8", ""},
		{"half a pair", `{"t":"\ud800"}`, "surrogate", "t"},
		{"halves in the wrong order", `"\ude00\ud83d"`, "surrogate surrogate", ""},
		{"a number beyond binary64", `[1e309]`, "", ""},
		{"the largest numbers", `[1.7976931348623157e308,1e-320]`, "", ""},
		{"a number beyond reason", `[1e999999999]`, "", ""},
		{"smaller than binary64 can hold", `[1e-401,-1e-999999999,0e999999999]`, "", ""},
		{"more digits than binary64 can hold", "[1." + strings.Repeat("3", 1_000_000) + "]", "", ""},
		{"an integer of a million digits", strings.Repeat("3", 1_000_000), "", ""},
		{"too deep", strings.Repeat("[", 2000), "depth", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, faults, _ := Decode([]byte(tt.text))
			var got []string
			for _, f := range faults {
				got = append(got, f.Keyword)
			}
			if strings.Join(got, " ") != tt.want {
				t.Fatalf("faults of %q = %v, want %q", tt.text, faults, tt.want)
			}
			if tt.path != "" && strings.Join(faults[0].Path, "/") != tt.path {
				t.Errorf("path = %q, want %q", strings.Join(faults[0].Path, "/"), tt.path)
			}
		})
	}
}

// If encoding/json and this decoder both accept a text, they agree on its value.
func FuzzDecodeText(f *testing.F) {
	for _, s := range []string{`{"a":[1,2.5,"x"]}`, `"\ud83d\ude00"`, "\xef\xbb\xbf{}", `[1e5,-0]`, `{"a":1,"a":2}`, "\"\xff\""} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		value, faults, ok := Decode(text)
		d := json.NewDecoder(strings.NewReader(string(text)))
		d.UseNumber()
		var std any
		stdOK := json.Valid(text) && d.Decode(&std) == nil
		clean := ok && len(faults) == 0
		if clean && !stdOK {
			t.Fatalf("%q is accepted, encoding/json refuses it", text)
		}
		if !clean && stdOK {
			for _, f := range faults {
				switch f.Keyword {
				case "duplicate", "utf-8", "surrogate", "depth":
					return
				}
			}
			t.Fatalf("%q is refused (%v), encoding/json accepts it", text, faults)
		}
		if clean {
			if !utf8.Valid(text) {
				t.Fatalf("%q is not UTF-8 and was accepted", text)
			}
			if !reflect.DeepEqual(value, std) {
				t.Fatalf("%q = %#v, encoding/json says %#v", text, value, std)
			}
		}
	})
}

// A number of any length is cheap to compare, and keeps what a schema can check.
func TestBoundedNumber(t *testing.T) {
	zeros := strings.Repeat("0", 1000)
	for in, want := range map[string]string{
		"1.5":                       "1.5",
		"-0":                        "0",
		"12345678901234567890.5e-3": "12345678901234567890.5e-3",
		"1e-400":                    "1e-400",
		"1e-402":                    "1e-400",
		"-1e-999999999":             "-1e-400",
		"-1e-99999999999999999999":  "-1e-400",
		"0e999999999":               "0",
		"0." + zeros + "1":          "1e-400",
		"1." + zeros:                "1" + zeros[:399] + "e-399",
		"1." + zeros + "1":          "1" + zeros[:399] + "1e-400",
		"1" + zeros + "e-1000":      "1" + zeros[:399] + "e-399",
		"1E+3":                      "1E+3",
		"-1e309":                    "-1e309",
		"1e999999999":               "1e400",
		"-1e99999999999999999999":   "-1e400",
		"1" + zeros:                 "1e400",
	} {
		if got := boundedNumber(in); string(got) != want {
			t.Errorf("%.20s… becomes %s, want %s", in, got, want)
		}
	}
}

// A text of millions of tiny values is not kept in memory, whatever they are.
func TestMemoryOfText(t *testing.T) {
	for name, text := range map[string]string{
		"empty objects": "[" + strings.Repeat("{},", 2_000_000) + "{}]",
		"numbers":       "[" + strings.Repeat("1,", 2_000_000) + "1]",
	} {
		if _, faults, ok := Decode([]byte(text)); !ok || len(faults) > 0 {
			t.Errorf("%s: %v", name, faults)
		}
	}
	for name, text := range map[string]string{
		"objects": "[" + strings.Repeat(`{"a":1},`, 1_000_000) + "{}]",
		"arrays":  "[" + strings.Repeat(`[[]],`, 2_000_000) + "1]",
	} {
		if _, faults, ok := Decode([]byte(text)); ok || len(faults) != 1 || faults[0].Keyword != "size" {
			t.Errorf("%s: %v %v", name, ok, faults)
		}
	}
}

// TestReader: lines that are held together are bounded as one text is, and are read
// each for itself.
func TestReader(t *testing.T) {
	var r Reader
	for i, text := range []string{`{"a":1}`, `{"a":`, `[2] x`, `{"a":3}`} {
		want, wantFaults, wantOK := Decode([]byte(text))
		value, faults, ok := r.Decode([]byte(text))
		if !reflect.DeepEqual(value, want) || !reflect.DeepEqual(faults, wantFaults) || ok != wantOK {
			t.Errorf("text %d: %v, %v, %v, want %v, %v, %v", i, value, faults, ok, want, wantFaults, wantOK)
		}
	}
	line, n := []byte(`{"id":1,"x":2}`), 0
	for ; n < 1_000_000; n++ {
		if _, faults, ok := r.Decode(line); !ok {
			if faults[0].Keyword != "size" {
				t.Errorf("line %d: %v, want that it is too much", n, faults)
			}
			break
		}
	}
	if most := mostMemory / objectSize; n < most/2 || n > most {
		t.Errorf("%d lines were read, want at most %d", n, most)
	}
}

// TestRenew: a renewed reader measures and reads a text as a new one does, whatever it
// has read before.
func TestRenew(t *testing.T) {
	var r Reader
	for _, text := range []string{`{"a":[1,2,3],"b":{"a":1}}`, `[[1],[22,333],4444]`, `{"a":1,"q":{"a":2,"b":[]}}`, `[{"a":1},{"a":"x"}`, `{"a":1,"a":2}`} {
		var fresh Reader
		want, wantFaults, wantOK := fresh.Decode([]byte(text))
		value, faults, ok := r.Decode([]byte(text))
		if !reflect.DeepEqual(value, want) || !reflect.DeepEqual(faults, wantFaults) || ok != wantOK || r.d.size != fresh.d.size {
			t.Errorf("%s: %v, %v, %v, size %d, want %v, %v, %v, %d", text, value, faults, ok, r.d.size, want, wantFaults, wantOK, fresh.d.size)
		}
		r.Renew()
	}
}
