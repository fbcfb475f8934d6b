package sample

import (
	"github.com/hostup/api-conformance/reporters"
)

// Coverage returns the coverage of [Run]: two operations, half of what can be seen.
func Coverage() *reporters.Coverage {
	c := &reporters.Coverage{Operations: []reporters.OperationCoverage{
		{Operation: Activity, Items: []reporters.CoveredItem{
			{Key: "a status 200", Kind: "status", Text: "200", Count: 39},
			{Key: "a status 500", Kind: "status", Text: "500", Reason: "a fault of the server cannot be brought about from outside"},
			{Key: "a property 200 $.entries[*].amount", Kind: "property", Text: "200 $.entries[*].amount", Count: 12},
			{Key: "a enum 200 $.entries[*].method = swish", Kind: "enum", Text: "200 $.entries[*].method = swish"},
			{Key: "a input query page minimum 0", Kind: "input", Text: "query page minimum 0", Count: 2},
		}},
		{Operation: Pay, Items: []reporters.CoveredItem{
			{Key: "p status 200", Kind: "status", Text: "200"},
			{Key: "p credential none", Kind: "credential", Text: "none"},
		}},
	}}
	c.Recount()
	return c
}
