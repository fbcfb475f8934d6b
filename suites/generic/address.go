package generic

import (
	"net/url"
	"strings"
)

// fromAddress extracts a parameter from the URL of a resource, such as Location: at the end
// of it where that fits, because "/{owner}/{name}" fits the begin of most addresses, too.
func fromAddress(address, path, name string) (value string, ok bool) {
	before, _, named := strings.Cut(path, "{"+name+"}")
	u, err := url.Parse(address)
	if address == "" || !named || err != nil {
		return "", false
	}
	want := strings.Split(before, "/")[1:]
	is := strings.Split(u.EscapedPath(), "/")[1:]
	if last := len(is) - 1; last >= 0 && is[last] == "" {
		is = is[:last]
	}
	from := len(is) - len(want)
	if from < 0 {
		return "", false
	}
	if value, ok = atSegments(want, is[from:]); ok {
		return value, true
	}
	for i := range from {
		if value, ok = atSegments(want, is[i:i+len(want)]); ok {
			return value, true
		}
	}
	return "", false
}

// atSegments returns what follows the last segment of a template, "" for a whole one, if
// the others fit.
func atSegments(want, is []string) (value string, ok bool) {
	last := len(want) - 1
	for i, segment := range want[:last] {
		if rest, ok := afterTemplate(segment, is[i]); !ok || rest != "" && !strings.HasSuffix(segment, "}") {
			return "", false
		}
	}
	rest, ok := afterTemplate(want[last], is[last])
	if !ok || rest == "" {
		return "", false
	}
	value, err := url.PathUnescape(rest)
	return value, err == nil
}

// afterTemplate is what follows a segment of a template in a segment of a path. A
// placeholder stands for some text, as little as can be; one at the end for all of it.
func afterTemplate(template, text string) (rest string, ok bool) {
	for {
		before, after, more := strings.Cut(template, "{")
		if text, ok = strings.CutPrefix(text, before); !ok || !more {
			return text, ok
		}
		_, template, _ = strings.Cut(after, "}")
		next, _, _ := strings.Cut(template, "{")
		i := strings.Index(text[min(1, len(text)):], next)
		if text == "" || i < 0 {
			return "", false
		}
		if text = text[i+1:]; template == "" {
			return text, true
		}
	}
}
