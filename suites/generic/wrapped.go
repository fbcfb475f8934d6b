package generic

import "slices"

// unwrapped returns the object in a body without what is around it.
func unwrapped(v any) map[string]any {
	o, _ := v.(map[string]any)
	for {
		_, inner := wrapped(o)
		if inner == nil {
			return o
		}
		o = inner
	}
}

// wrappers returns the names of the objects that unwrapped goes through, from outside.
func wrappers(v any) (names []string) {
	o, _ := v.(map[string]any)
	for {
		name, inner := wrapped(o)
		if inner == nil {
			return names
		}
		names, o = append(names, name), inner
	}
}

// meant returns the object in a body of a request without what is around it, and the names
// of that. What the resource itself has as an object is none of it: a change may name one
// property alone.
func meant(body, resource any) (o map[string]any, around []string) {
	o, _ = body.(map[string]any)
	shown := unwrapped(resource)
	for {
		name, inner := wrapped(o)
		if _, own := shown[name].(map[string]any); inner == nil || own {
			return o, around
		}
		o, around = inner, append(around, name)
	}
}

// wrapped returns the object that another only wraps, and its name: the one property of an
// object or, in an envelope, the data beside words about the response. Their names ("status",
// "message") are also those of properties of resources, which they say nothing about.
func wrapped(o map[string]any) (name string, inner map[string]any) {
	for name, v := range o {
		inner, isObject := v.(map[string]any)
		if isObject && (len(o) == 1 || holds(name) && envelope(o)) {
			return name, inner
		}
	}
	return "", nil
}

func holds(name string) bool {
	return slices.Contains([]string{"data", "result", "payload"}, plainName(name))
}

// envelope reports whether all properties of an object are those of an envelope.
func envelope(o map[string]any) bool {
	about := []string{
		"status", "statuscode", "code", "success", "ok", "message", "msg", "error", "errors", "warnings", "meta", "metadata",
		"links", "included", "jsonapi", "timestamp", "requestid", "traceid", "service", "resource", "operation", "version", "time",
	}
	held := 0
	for name := range o {
		switch {
		case holds(name):
			held++
		case !slices.Contains(about, plainName(name)):
			return false
		}
	}
	return held == 1
}
