package config

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// OperationLabel returns the label of specs that test the operation with this
// operationId: the operationId, with characters that a label cannot contain
// percent-encoded, such as "orders%2Flist" for "orders/list".
func OperationLabel(id string) string {
	var b strings.Builder
	for _, r := range id {
		if strings.ContainsRune("&|!,()/:%", r) {
			fmt.Fprintf(&b, "%%%02X", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// LabelledOperation returns the operation that a label names, or nil.
func LabelledOperation(contract *spec.Contract, label string) *spec.Operation {
	id, err := url.PathUnescape(label)
	if err != nil {
		return nil
	}
	return contract.Operation(id)
}
