package content

import "strings"

// IsLines reports whether a media type, without parameters, is a sequence of JSON texts.
func IsLines(mediaType string) bool {
	switch mediaType {
	case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonl", "application/jsonlines",
		"application/x-jsonlines", "application/json-lines", "application/x-json-stream", "application/stream+json", "application/json-seq", "application/geo+json-seq":
		return true
	}
	return false
}

// Lines returns the JSON texts of such a body: those between record separators in
// application/json-seq (RFC 7464), else the non-empty lines.
func Lines(mediaType, body string) (texts []string) {
	separator := "\n"
	if strings.HasSuffix(mediaType, "json-seq") {
		separator = "\x1e"
	}
	for text := range strings.SplitSeq(body, separator) {
		if text = strings.TrimSpace(text); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// Events returns the events of text/event-stream (HTML, section 9.2.6), in the form that
// OpenAPI 3.2 applies schemas to: objects with the sent fields of data, event, id and
// retry.
func (f *Form) Events(body string) (events []any) {
	event := map[string]any{}
	body = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(body, "\ufeff"))
	for line := range strings.SplitSeq(body, "\n") {
		if line == "" {
			if len(event) > 0 {
				events = append(events, event)
			}
			event = map[string]any{}
			continue
		}
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch name {
		case "data":
			if before, more := event["data"].(string); more {
				value = before + "\n" + value
			}
			event["data"] = value
		case "event", "id":
			event[name] = value
		case "retry":
			event[name] = f.property(name).Scalar(value)
		}
	}
	return events // an event without a final empty line is incomplete
}
