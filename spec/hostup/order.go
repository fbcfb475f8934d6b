package hostup

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/spec"
)

// invoiceID accepts every character that a URL need not escape: the alphabet of ids is
// undocumented.
var invoiceID = regexp.MustCompile(`inv_[0-9A-Za-z._~-]+`)

var prefixedID = regexp.MustCompile(`^[a-z]+_`)

func hasEmptyRedirect(k *spec.Judgement) bool { return k.Object()["redirectUrl"] == "" }

// checkRedirect checks what a schema cannot say about a storage order: redirectUrl names
// the invoice of this order. Another page writes such URLs with the number of the
// invoice, so only another invoice's id is wrong.
func checkRedirect(k *spec.Judgement) {
	o := k.Object()
	invoice, ok := o["invoiceId"].(string)
	redirect, isText := o["redirectUrl"].(string)
	if isText && redirect == "" {
		k.Report("ORD-FORM-001", k.InBody("redirectUrl"), "empty", "an address, or null where there is none", strconv.Quote(redirect))
		return
	}
	if !ok || !strings.HasPrefix(invoice, "inv_") {
		return
	}
	// A parameter called invoice holds this invoice, by id or by number, and never an id
	// of another type, "undefined" or nothing.
	if u, err := url.Parse(redirect); err == nil {
		if named := u.Query().Get("invoice"); u.Query().Has("invoice") && named != invoice && (prefixedID.MatchString(named) || !strings.ContainsAny(named, "0123456789")) {
			k.Report("ORD-REDIRECT-001", k.InBody("redirectUrl"), "equal", "an address that names "+strconv.Quote(invoice), strconv.Quote(redirect))
			return
		}
	}
	if plain, err := url.QueryUnescape(redirect); err == nil {
		redirect = plain
	}
	for _, named := range invoiceID.FindAllString(redirect, -1) {
		if named != invoice && strings.TrimRight(named, "._~-") != invoice && !cutShort(named, invoice) {
			k.Report("ORD-REDIRECT-001", k.InBody("redirectUrl"), "equal", "an address that names "+strconv.Quote(invoice), strconv.Quote(redirect))
			return
		}
	}
}

// cutShort reports whether the search ended inside the id itself, at a character that a
// URL must escape.
func cutShort(named, invoice string) bool {
	rest, ok := strings.CutPrefix(invoice, named)
	return ok && rest != "" && !invoiceID.MatchString("inv_"+rest[:1])
}
