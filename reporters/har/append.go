package har

import (
	"encoding/json"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// append returns b with the JSON text of an entry of ours, in a third of the time that
// encoding/json takes: a recorded run writes thousands of entries. Properties that only
// other tools write are left out. A test compares the text with that of encoding/json.
func (e *entry) append(b []byte) ([]byte, error) {
	b = appendText(append(b, `{"startedDateTime":`...), e.Started)
	b = appendNumber(append(b, `,"time":`...), e.Time)
	b = e.Request.append(append(b, `,"request":`...))
	b = e.Response.append(append(b, `,"response":`...))
	b = appendNumber(append(b, `,"cache":{},"timings":{"send":`...), e.Timings.Send)
	b = appendNumber(append(b, `,"wait":`...), e.Timings.Wait)
	b = appendNumber(append(b, `,"receive":`...), e.Timings.Receive)
	b, err := e.Own.append(append(b, `},"_hostup":`...))
	return append(b, '}'), err
}

func (o *own) append(b []byte) ([]byte, error) {
	b = appendText(append(b, `{"id":`...), o.ID)
	b = appendGiven(b, `,"operation":`, o.Operation)
	b = appendGiven(b, `,"url":`, o.URL)
	b = appendGiven(b, `,"failure":`, o.Failure)
	b = appendGiven(b, `,"failureKind":`, o.FailureKind)
	b = appendGiven(b, `,"readFailure":`, o.ReadFailure)
	b = appendGiven(b, `,"readCause":`, o.ReadCause)
	if o.RequestCut {
		b = append(b, `,"requestCut":true`...)
	}
	if o.ResponseCut {
		b = append(b, `,"responseCut":true`...)
	}
	if len(o.Leaks) > 0 {
		leaks, err := json.Marshal(o.Leaks)
		if err != nil {
			return b, err
		}
		b = append(append(b, `,"leaks":`...), leaks...)
	}
	return append(b, '}'), nil
}

func (r *request) append(b []byte) []byte {
	b = appendText(append(b, `{"method":`...), r.Method)
	b = appendText(append(b, `,"url":`...), r.URL)
	b = appendText(append(b, `,"httpVersion":`...), r.Version)
	b = appendPairs(append(b, `,"cookies":`...), r.Cookies)
	b = appendPairs(append(b, `,"headers":`...), r.Headers)
	b = appendPairs(append(b, `,"queryString":`...), r.Query)
	if p := r.Body; p != nil {
		b = appendText(append(b, `,"postData":{"mimeType":`...), p.Type)
		b = appendText(append(b, `,"text":`...), *p.Text)
		b = appendPairs(append(b, `,"params":`...), p.Params)
		b = appendGiven(b, `,"_encoding":`, p.Encoding)
		b = appendGiven(b, `,"comment":`, p.Comment)
		b = append(b, '}')
	}
	b = appendNumber(append(b, `,"headersSize":-1,"bodySize":`...), *r.BodySize)
	return append(b, '}')
}

func (r *response) append(b []byte) []byte {
	b = appendNumber(append(b, `{"status":`...), r.Status)
	b = appendText(append(b, `,"statusText":`...), r.Text)
	b = appendText(append(b, `,"httpVersion":`...), r.Version)
	b = appendPairs(append(b, `,"cookies":`...), r.Cookies)
	b = appendPairs(append(b, `,"headers":`...), r.Headers)
	b = appendNumber(append(b, `,"content":{"size":`...), r.Content.Size)
	b = appendText(append(b, `,"mimeType":`...), r.Content.Type)
	if r.Content.Text != nil {
		b = appendText(append(b, `,"text":`...), *r.Content.Text)
	}
	b = appendGiven(b, `,"encoding":`, r.Content.Encoding)
	b = appendGiven(b, `,"comment":`, r.Content.Comment)
	b = appendText(append(b, `},"redirectURL":`...), r.Redirect)
	b = appendNumber(append(b, `,"headersSize":-1,"bodySize":`...), r.BodySize)
	b = appendGiven(b, `,"_error":`, r.Error)
	return append(b, '}')
}

func appendPairs(b []byte, list []pair) []byte {
	b = append(b, '[')
	for i, p := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(append(b, `{"name":`...), p.Name)
		b = appendText(append(b, `,"value":`...), p.Value)
		b = append(b, '}')
	}
	return append(b, ']')
}

// appendGiven appends a property unless its value is "".
func appendGiven[T ~string](b []byte, name string, value T) []byte {
	if value == "" {
		return b
	}
	return appendText(append(b, name...), value)
}

// appendText appends a JSON string. Bytes that are not UTF-8 become U+FFFD, as with
// encoding/json.
func appendText[T ~string](b []byte, s T) []byte {
	b, _ = jsontext.AppendQuote(b, s) // the error says that there were such bytes
	return b
}

func appendNumber(b []byte, n number) []byte {
	return strconv.AppendFloat(b, float64(n), 'f', -1, 64)
}
