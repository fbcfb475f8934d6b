package har

// The types follow HAR 1.2. Members that begin with an underscore are extensions,
// which the specification allows. What is optional there, or left out by some
// exporter, is a pointer where its absence means something.

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
	Started  string    `json:"startedDateTime"`
	Time     float64   `json:"time"` // milliseconds
	Request  *request  `json:"request"`
	Response *response `json:"response"`
	Cache    struct{}  `json:"cache"`
	Timings  timings   `json:"timings"`
	Comment  string    `json:"comment,omitempty"`

	Own       *own `json:"_hostup,omitempty"`
	FromCache any  `json:"_fromCache,omitempty"`               // Chromium: "disk", "memory"
	Worker    any  `json:"_fetchedViaServiceWorker,omitempty"` // Chromium: true
}

type timings struct {
	Send    float64 `json:"send"`
	Wait    float64 `json:"wait"`
	Receive float64 `json:"receive"`
}

type request struct {
	Method      string  `json:"method"`
	URL         string  `json:"url"`
	Version     string  `json:"httpVersion"`
	Cookies     []pair  `json:"cookies"`
	Headers     []pair  `json:"headers"`
	Query       []pair  `json:"queryString"`
	Body        *posted `json:"postData,omitempty"`
	HeadersSize int     `json:"headersSize"`
	BodySize    float64 `json:"bodySize"` // bytes, -1: not known
}

type posted struct {
	Type     string  `json:"mimeType"`
	Text     *string `json:"text,omitempty"`
	Params   []param `json:"params"`
	Encoding string  `json:"_encoding,omitempty"` // "base64": HAR 1.2 has no way to say so
	Comment  string  `json:"comment,omitempty"`
}

type param struct {
	Name  string `json:"name"`
	Value string `json:"value,omitempty"`
}

type response struct {
	Status      float64 `json:"status"` // 0: no answer
	Text        string  `json:"statusText"`
	Version     string  `json:"httpVersion"`
	Cookies     []pair  `json:"cookies"`
	Headers     []pair  `json:"headers"`
	Content     content `json:"content"`
	Redirect    string  `json:"redirectURL"`
	HeadersSize int     `json:"headersSize"`
	BodySize    float64 `json:"bodySize"`
	Error       any     `json:"_error,omitempty"` // Chromium: "net::ERR_CONNECTION_REFUSED"
}

type content struct {
	Size     float64 `json:"size"` // bytes of the decoded body, of the encoded one in files of mitmproxy
	Type     string  `json:"mimeType"`
	Text     *string `json:"text,omitempty"`
	Encoding string  `json:"encoding,omitempty"` // "base64"
	Comment  string  `json:"comment,omitempty"`
}

type pair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// own is what the suite knows of an exchange of its own and HAR has no place for.
type own struct {
	ID        string `json:"id,omitempty"`
	Operation string `json:"operation,omitempty"` // operationId that the sender meant

	Failure     string `json:"failure,omitempty"`
	ReadFailure string `json:"readFailure,omitempty"`
	ReadCause   string `json:"readCause,omitempty"`

	RequestCut  bool `json:"requestCut,omitempty"`
	ResponseCut bool `json:"responseCut,omitempty"`
}
