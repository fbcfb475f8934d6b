package har

import "github.com/hostup/api-conformance/spec"

// The types follow HAR 1.2. Properties that begin with an underscore are extensions,
// which HAR allows. Properties that are optional, or that some exporter leaves out, are
// pointers if their absence means something. Properties that HAR requires but this
// package does not need are written and not read: see lenient.go.

type document struct {
	Log log `json:"log"`
}

// A log without its entries, which are written and read one by one.
type log struct {
	Version string  `json:"version"`
	Creator creator `json:"creator"`
	Comment string  `json:"comment,omitempty"`
}

type creator struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type entry struct {
	Started  text      `json:"startedDateTime"`
	Time     number    `json:"time"` // milliseconds
	Request  *request  `json:"request"`
	Response *response `json:"response"`
	Cache    cache     `json:"cache"`
	Timings  timings   `json:"timings"`

	Own *own `json:"_hostup,omitempty"`
	elsewhere
	FetchType text `json:"_fetchType,omitempty"`    // Safari: "Network Load", "Disk Cache", "Service Worker", …
	Fulfilled flag `json:"_wasFulfilled,omitempty"` // Playwright: a test mocked the response
}

// Properties by which recorders say that a response does not come from the server. Some
// write them into the entry, others into the response.
type elsewhere struct {
	FromCache  flag `json:"_fromCache,omitempty"`               // Chromium: "disk", "memory"
	FromDisk   flag `json:"_fromDiskCache,omitempty"`           // recorders that use the DevTools protocol, like the next three
	FromMemory flag `json:"_fromMemoryCache,omitempty"`         //
	Prefetched flag `json:"_fromPrefetchCache,omitempty"`       //
	FromWorker flag `json:"_fromServiceWorker,omitempty"`       //
	ViaWorker  flag `json:"_fetchedViaServiceWorker,omitempty"` // Chromium, in the response
}

func (e elsewhere) told() bool {
	return bool(e.FromCache || e.FromDisk || e.FromMemory || e.Prefetched || e.FromWorker || e.ViaWorker)
}

type timings struct {
	Send    number `json:"send"`
	Wait    number `json:"wait"`
	Receive number `json:"receive"`
}

type request struct {
	Method      string  `json:"method"`
	URL         string  `json:"url"`
	Version     label   `json:"httpVersion"`
	Cookies     pairs   `json:"cookies"`
	Headers     []pair  `json:"headers"`
	Query       pairs   `json:"queryString"`
	Body        *posted `json:"postData,omitempty"`
	HeadersSize unknown `json:"headersSize"`
	BodySize    *number `json:"bodySize"` // bytes, -1 if unknown
}

type posted struct {
	Type     label   `json:"mimeType"`
	Text     *string `json:"text,omitempty"`
	File     text    `json:"_file,omitempty"` // as of content
	Params   pairs   `json:"params"`
	Encoding string  `json:"_encoding,omitempty"` // "base64": HAR 1.2 has no property for it
	Coded    text    `json:"encoding,omitempty"`  // the same, as Reqable and others write it
	Comment  label   `json:"comment,omitempty"`
}

type response struct {
	Status      number  `json:"status"` // 0: no response
	Text        label   `json:"statusText"`
	Version     text    `json:"httpVersion"`
	Cookies     pairs   `json:"cookies"`
	Headers     []pair  `json:"headers"`
	Content     content `json:"content"`
	Redirect    label   `json:"redirectURL"`
	HeadersSize unknown `json:"headersSize"`
	BodySize    number  `json:"bodySize"`
	Error       text    `json:"_error,omitempty"`       // Chromium: "net::ERR_CONNECTION_REFUSED"
	Failure     text    `json:"_failureText,omitempty"` // Playwright
	Outcome     text    `json:"_charlesStatus,omitempty"`
	Transferred *number `json:"_transferSize,omitempty"` // Chromium: bytes from the network, headers included
	elsewhere
}

type content struct {
	Size     number  `json:"size"` // bytes of the decoded body; mitmproxy writes those of the encoded one
	Type     label   `json:"mimeType"`
	Text     *string `json:"text,omitempty"`
	Encoding string  `json:"encoding,omitempty"` // "base64"
	Comment  text    `json:"comment,omitempty"`
	File     text    `json:"_file,omitempty"` // Playwright: the body is in this file beside the recording
}

type pair struct {
	Name  text `json:"name"`
	Value text `json:"value"`
}

// own holds what the suite knows of its own exchanges and HAR has no property for.
type own struct {
	ID        string `json:"id"`
	Operation string `json:"operation,omitempty"` // operationId that the sender intended

	URL string `json:"url,omitempty"` // as sent and redacted, if that is not a URI

	Failure     string           `json:"failure,omitempty"`
	FailureKind spec.FailureKind `json:"failureKind,omitempty"`
	ReadFailure string           `json:"readFailure,omitempty"`
	ReadCause   string           `json:"readCause,omitempty"`

	RequestCut  bool `json:"requestCut,omitempty"`
	ResponseCut bool `json:"responseCut,omitempty"`

	Leaks []spec.Finding `json:"leaks,omitempty"` // found in what redaction removed from the response
}
