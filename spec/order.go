package spec

import (
	"regexp"
	"strconv"
)

var invoiceID = regexp.MustCompile(`inv_[0-9A-Za-z]+`)

// checkOrder judges what a schema cannot say of a storage order: redirectUrl
// names the invoice of this order. Another page writes such addresses with the
// number of the invoice, so only another invoice's id is wrong.
func (k *check) checkOrder() {
	o := k.object()
	if k.op.ID != "orderStorageAddon" || !k.isSuccess() || o == nil {
		return
	}
	invoice, ok := o["invoiceId"].(string)
	redirect, _ := o["redirectUrl"].(string)
	if !ok {
		return
	}
	for _, named := range invoiceID.FindAllString(redirect, -1) {
		if named != invoice {
			k.report("ORD-REDIRECT-001", k.inBody("redirectUrl"), "equal", "an address that names "+strconv.Quote(invoice), strconv.Quote(redirect))
			return
		}
	}
}
