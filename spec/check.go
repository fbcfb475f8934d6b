package spec

// Check judges one exchange by the contract and returns what it violates, in a
// stable order, each cause once. It is pure: it needs no network, changes
// nothing and is safe for concurrent use.
//
// It judges what a single exchange shows: that an answer came and is complete,
// that its status, media type, headers and body are documented, that the JSON
// is sound, that the body meets its schema and means what it says (the status
// of a Problem document is the HTTP status, ids are unique, times are UTC), and
// that nothing leaks. Whether a request should have been accepted is not its
// business: a documented refusal of a valid request is a clean exchange.
//
// An exchange that belongs to no operation (unknown path, undocumented method)
// is judged by what holds for every HTTP answer.
func (c *Contract) Check(ex Exchange) []Finding { return c.Judge(ex).findings }

// Judge is [Contract.Check] for who asks more of the same exchange: its body is
// decoded once for all of it.
//
// Where a document has several operations of one address ("/files/{id}" and
// "/files/{name}", or "/files/{id}#shared"), a target may answer as any of them does.
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

// operationOf is the operation that the sender meant, else the one that the
// method and path match. HEAD without an operation of its own is judged as its GET
// operation.
func (c *Contract) operationOf(ex *Exchange) *Operation {
	if ex.Operation != "" {
		if o := c.Operation(ex.Operation); o != nil && (o.Method == ex.Request.Method || o.Method == "GET" && ex.Request.Method == "HEAD") {
			return o
		}
	}
	return c.Locate(ex.Request.Method, ex.Request.Path())
}

// OperationName is the operation of an exchange as findings name it: method and
// path template, also where the path is documented for other methods only, so that
// no id of a target stands in a signature. A path that no page documents is named
// as it was sent.
func (c *Contract) OperationName(ex Exchange) string {
	if o := c.operationOf(&ex); o != nil {
		return ex.Request.Method + " " + o.Path
	}
	return ex.Request.Method + " " + c.Template(ex.Request.Path())
}
