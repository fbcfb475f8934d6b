package spec

// Check judges one exchange by the contract and returns its violations, in a stable
// order, each cause once. It is a pure function: it does no I/O, does not modify ex and
// is safe for concurrent use.
//
// It judges what a single exchange shows: that there is a complete response, that its
// status, media type, headers and body are documented, that the JSON is valid, that the
// body meets its schema and is consistent (the status of a Problem document is the HTTP
// status, ids are unique, times are UTC), and that nothing leaks. It does not judge
// whether a request should have been accepted: a documented refusal of a valid request is
// a clean exchange.
//
// An exchange that belongs to no operation (unknown path, undocumented method) is judged
// by the rules for any HTTP response.
func (c *Contract) Check(ex Exchange) []Finding { return c.Judge(ex).findings }

// Judge is [Contract.Check] for callers that need more of the exchange: the body is
// decoded only once.
//
// If several operations of the document share an address ("/files/{id}" and
// "/files/{name}", or "/files/{id}#shared"), the response may be that of any of them.
func (c *Contract) Judge(ex Exchange) *Judgement {
	k := c.judge(ex)
	if len(k.findings) == 0 || k.op == nil {
		return k
	}
	for _, o := range c.Alike(k.op) {
		if o == k.op {
			continue
		}
		ex.Operation = o.ID
		if other := c.judge(ex); len(other.findings) == 0 {
			return other
		}
	}
	return k
}

func (c *Contract) judge(ex Exchange) *Judgement {
	k := c.judgement(&ex)
	for _, r := range c.rules {
		if r.Check != nil && r.applies(k) {
			r.Check(k)
		}
		if k.partial {
			break
		}
	}
	k.known()
	SortFindings(k.findings)
	return k
}

// operationOf returns the operation that the sender named, else the one that method and
// path match. HEAD without its own operation is judged as GET.
func (c *Contract) operationOf(ex *Exchange) *Operation {
	if ex.Operation != "" {
		if o := c.Operation(ex.Operation); o != nil && (o.Method == ex.Request.Method || o.Method == "GET" && ex.Request.Method == "HEAD") {
			return o
		}
	}
	return c.Locate(ex.Request.Method, ex.Request.Path())
}

// OperationName returns the operation of an exchange as findings name it: method and path
// template, even if the path is documented for other methods only, so that signatures
// contain no ids of a target. An undocumented path is named as it was sent.
func (c *Contract) OperationName(ex Exchange) string {
	if o := c.operationOf(&ex); o != nil {
		return ex.Request.Method + " " + o.Path
	}
	return ex.Request.Method + " " + c.Template(ex.Request.Path())
}
