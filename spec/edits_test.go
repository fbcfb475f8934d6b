package spec_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hostup/api-conformance/spec"
)

type edit func(t testing.TB, ex *spec.Exchange)

func does(edits ...edit) []edit { return edits }

// set replaces a value in the body by another one, written as JSON.
func set(pointer, value string) edit {
	return func(t testing.TB, ex *spec.Exchange) {
		if !json.Valid([]byte(value)) {
			t.Fatalf("%s is not JSON", value)
		}
		ex.Response.Body = edited(t, ex.Response.Body, pointer, json.RawMessage(value))
	}
}

// drop removes a property from the body.
func drop(pointer string) edit {
	return func(t testing.TB, ex *spec.Exchange) { ex.Response.Body = edited(t, ex.Response.Body, pointer, nil) }
}

func edited(t testing.TB, text []byte, pointer string, value any) []byte {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var root any
	if err := d.Decode(&root); err != nil {
		t.Fatal(err)
	}
	var put func(v any, path []string) any
	put = func(v any, path []string) any {
		if len(path) == 0 {
			return value
		}
		switch x := v.(type) {
		case map[string]any:
			if next := put(x[path[0]], path[1:]); next == nil {
				delete(x, path[0])
			} else {
				x[path[0]] = next
			}
			return x
		case []any:
			i, err := strconv.Atoi(path[0])
			if path[0] == "-" || err == nil && i == len(x) {
				return append(x, put(nil, path[1:]))
			}
			if err != nil || i >= len(x) {
				t.Fatalf("%s leads nowhere", pointer)
			}
			x[i] = put(x[i], path[1:])
			return x
		}
		t.Fatalf("%s leads nowhere", pointer)
		return nil
	}
	var path []string
	if pointer != "" {
		path = strings.Split(pointer[1:], "/")
	}
	out, err := json.Marshal(put(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func body(text string) edit {
	return func(_ testing.TB, ex *spec.Exchange) { ex.Response.Body = []byte(text) }
}

func replaced(old, new string) edit {
	return func(t testing.TB, ex *spec.Exchange) {
		if !bytes.Contains(ex.Response.Body, []byte(old)) {
			t.Fatalf("the body has no %s", old)
		}
		ex.Response.Body = bytes.ReplaceAll(ex.Response.Body, []byte(old), []byte(new))
	}
}

func header(name string, values ...string) edit {
	return func(_ testing.TB, ex *spec.Exchange) {
		ex.Response.Header.Del(name)
		for _, v := range values {
			ex.Response.Header.Add(name, v)
		}
	}
}

func status(n int) edit {
	return func(_ testing.TB, ex *spec.Exchange) { ex.Response.Status = n }
}

// problem sets the status of both the problem document and the response.
func problem(n int) edit {
	return func(t testing.TB, ex *spec.Exchange) {
		status(n)(t, ex)
		set("/status", strconv.Itoa(n))(t, ex)
	}
}

func query(raw string) edit {
	return func(_ testing.TB, ex *spec.Exchange) { ex.Request.URL.RawQuery = raw }
}

// sent makes it another request, for no operation in particular.
func sent(method, path string) edit {
	return func(t testing.TB, ex *spec.Exchange) {
		u, err := url.Parse("https://cloud.hostup.se" + path)
		if err != nil {
			t.Fatal(err)
		}
		ex.Operation, ex.Request.Method, ex.Request.URL = "", method, u
	}
}

func asHead(_ testing.TB, ex *spec.Exchange) {
	ex.Request.Method, ex.Response.Body = http.MethodHead, nil
}

func credential(name, value string) edit {
	return func(_ testing.TB, ex *spec.Exchange) { ex.Request.Header.Set(name, value) }
}

func length(n int64) edit {
	return func(_ testing.TB, ex *spec.Exchange) { ex.Response.Length = n }
}

func brokenOff(cause, words string) edit {
	return func(_ testing.TB, ex *spec.Exchange) {
		ex.Response.ReadCause, ex.Response.ReadFailure = cause, words
		ex.Response.Body = ex.Response.Body[:len(ex.Response.Body)/2]
	}
}

func noAnswer(failure string) edit {
	return func(_ testing.TB, ex *spec.Exchange) { ex.Response, ex.Failure = nil, failure }
}

func received(at time.Time) edit {
	return func(_ testing.TB, ex *spec.Exchange) { ex.Response.Received = at }
}
