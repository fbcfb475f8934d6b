package reporters

func sampleCoverage() *Coverage {
	c := &Coverage{Operations: []OperationCoverage{
		{Operation: activity, Items: []CoveredItem{
			{Key: "a status 200", Kind: "status", Text: "200", Count: 39},
			{Key: "a status 500", Kind: "status", Text: "500", Reason: "a fault of the server cannot be brought about from outside"},
			{Key: "a property 200 $.entries[*].amount", Kind: "property", Text: "200 $.entries[*].amount", Count: 12},
			{Key: "a enum 200 $.entries[*].method = swish", Kind: "enum", Text: "200 $.entries[*].method = swish"},
			{Key: "a input query page minimum 0", Kind: "input", Text: "query page minimum 0", Count: 2},
		}},
		{Operation: pay, Items: []CoveredItem{
			{Key: "p status 200", Kind: "status", Text: "200"},
			{Key: "p credential none", Kind: "credential", Text: "none"},
		}},
	}}
	c.recount()
	return c
}
