package secret

import (
	"regexp"
	"slices"
	"strings"
)

// How far back from a number its name, and the object that it is in, are looked for.
const (
	farName   = 64
	farObject = 256
)

// referred reports whether what names the digits at i says that they are no card number
// but an id, a reference, a time or a quantity: a property, an enclosing list or object, a
// parameter, a header, or the word in front of them.
func referred(text string, i int) bool {
	before := text[max(0, i-farName):i]
	if list := strings.LastIndexByte(before, '['); list >= 0 && strings.Trim(before[list:], "[0123456789,\" \t\r\n") == "" {
		before = before[:list]
	}
	before = trimSpaces(before)
	named := hasSuffix(before, ":", "=", ">")
	name := wordBefore(strings.TrimRight(before, " :=>\\\"'#."))
	switch {
	case name == "":
		return false
	case !named:
		return textRefers(strings.TrimRight(before, " :#."), name)
	case slices.Contains(placeholders, squash(name)):
		return partOfOther(text[max(0, i-farObject):i])
	}
	return otherNumber(name, text[max(0, i-farObject):i])
}

// trimSpaces cuts spaces and quotes from the end of a text, also those of URLs and forms.
func trimSpaces(text string) string {
	for {
		cut := strings.TrimRight(text, " \t\r\n\\\"'+")
		for _, s := range separators {
			if s != "-" {
				cut = strings.TrimSuffix(cut, s)
			}
		}
		if cut == text {
			return cut
		}
		text = cut
	}
}

func wordBefore(s string) string {
	from := len(s)
	for from > 0 && wordy(s[from-1]) {
		from--
	}
	return s[from:]
}

// textRefers reports whether the last words of a text announce an id or a reference: "OCR
// 4242…", "Payment for invoice no. 4242…".
func textRefers(before, name string) bool {
	if slices.Contains(placeholders, squash(name)) {
		before = strings.TrimRight(strings.TrimSuffix(before, name), " .:#")
		name = wordBefore(before)
	}
	return name != "" && otherNumber(name, "")
}

// described matches what an object says of itself.
var described = regexp.MustCompile(`"(?:type|kind|scheme|name|label|system)"\s*:\s*"([^"]*)"`)

// partOfOther reports whether the object that a text ends in, or its name, says that a
// number in it is none of a card: {"tracking": {"number": …}}, {"type": "ocr", "value": …}.
func partOfOther(before string) bool {
	open := unclosed(before, '{', '}')
	if open < 0 {
		return false
	}
	for _, m := range described.FindAllStringSubmatch(before[open:], -1) {
		if m[1] != "" && otherNumber(m[1], "") {
			return true
		}
	}
	name := objectName(before[:open])
	return name != "" && otherNumber(name, "")
}

// objectName returns the name of the object that begins behind a text, or of the list
// that it is in; "" for none.
func objectName(before string) string {
	before = strings.TrimRight(before, " \t\r\n")
	if hasSuffix(before, "[", ",") {
		open := unclosed(before, '[', ']')
		if open < 0 {
			return ""
		}
		before = before[:open]
	}
	return wordBefore(strings.TrimRight(before, " \t\r\n\\\":'"))
}

// ofCard reports whether the object that a text ends in is a payment card by its name:
// some call its number accountNumber, as banks call others.
func ofCard(before string) bool {
	open := unclosed(before, '{', '}')
	if open < 0 {
		return false
	}
	words := splitWords(objectName(before[:open]))
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(strings.TrimSuffix(w, "s"), "card") })
}

// unclosed returns the index of the last open bracket, -1 for none. Brackets inside
// strings count as well: here a wrong answer is a number that is found.
func unclosed(s string, open, closed byte) int {
	depth := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch s[i] {
		case closed:
			depth++
		case open:
			if depth--; depth < 0 {
				return i
			}
		}
	}
	return -1
}

// otherNumber reports whether the name of a value says that it is a number of something
// else than a payment card. enclosing is the text before the value.
func otherNumber(name, enclosing string) bool {
	all, n := splitWords(name), squash(name)
	if len(all) == 0 {
		return false
	}
	isA := func(list []string) func(string) bool {
		return func(w string) bool {
			return slices.Contains(list, w) || slices.Contains(list, strings.TrimSuffix(w, "s"))
		}
	}
	last := all[len(all)-1]
	switch {
	case hasSuffix(n, "pan", "primaryaccountnumber"), slices.Contains([]string{"accountnumber", "accountno"}, n) && ofCard(enclosing):
		return false
	case last == "id" || last == "ids" || hasSuffix(n, "uuid", "guid"):
		return true
	case slices.ContainsFunc(all, func(w string) bool { return strings.Contains(w, "card") || strings.Contains(w, "kort") }):
		return slices.ContainsFunc(all, isA(otherCards))
	}
	return hasSuffix(n, references...) || slices.ContainsFunc(all, isA(otherThings))
}

// splitWords returns the words of a name in lower case: "trackingNo", "tracking_no",
// "Tracking-No".
func splitWords(name string) (words []string) {
	var word []byte
	for i := range len(name) {
		c := name[i]
		upper := c >= 'A' && c <= 'Z'
		if !wordy(c) || c == '_' || c == '-' || upper && i > 0 && (name[i-1] < 'A' || name[i-1] > 'Z') {
			if len(word) > 0 {
				words, word = append(words, string(word)), nil
			}
		}
		if wordy(c) && c != '_' && c != '-' {
			word = append(word, lower(c))
		}
	}
	if len(word) > 0 {
		words = append(words, string(word))
	}
	return words
}

var (
	// placeholders are names that say nothing of a number.
	placeholders = []string{"number", "num", "no", "nr", "nummer", "value", "code"}

	// otherCards are words that make a card one that pays nothing by itself.
	otherCards = []string{"gift", "presentkort", "loyalty", "bonus", "membership", "member", "library", "sim", "student"}

	// otherThings are words for what has a number, for references, times and quantities.
	otherThings = []string{
		"tracking", "parcel", "consignment", "waybill", "shipment", "barcode", "ean", "ean13", "gtin", "isbn", "sku", "serial", "imei", "imsi", "iccid", "sim",
		"meter", "metering", "phone", "mobile", "msisdn", "telephone", "fax", "invoice", "faktura", "order", "customer", "kund", "client", "transaction",
		"booking", "ticket", "case", "claim", "policy", "member", "membership", "loyalty", "receipt", "voucher", "coupon", "remittance", "mandate",
		"reference", "referens", "ref", "ocr", "kid", "viitenumero", "bankgiro", "plusgiro", "iban", "bic", "vat", "bank", "clearing", "konto", "acct", "ssn", "personnummer", "rf", "creditor", //nolint:misspell // Swedish
		"snowflake", "cursor", "after", "before", "since", "until", "offset", "seq", "sequence", "revision", "version", "lsn", "etag", "hash", "checksum",
		"digest", "crc", "trace", "span", "correlation", "request", "session", "ray", "mac", "uid", "gid", "pid", "steamid", "channel",
		"size", "byte", "length", "count", "total", "amount", "balance", "price", "sum", "quota", "duration", "ns", "nano", "micro", "ms", "milli",
		"millisecond", "nanosecond", "second", "epoch", "time", "timestamp", "ts", "expire", "expiry", "date", "created", "updated", "modified",
	}

	// references are the ends of names for numbers that are no cards.
	references = []string{
		"ocr", "ocrnumber", "reference", "ref", "referens", "nummerocr", "referensnummer", "ocrnummer", "fakturanummer", "fakturanr", "invoicenumber", //nolint:misspell // Swedish
		"kontonummer", "kontonr", "accountno", "organisationsnummer", "orgnummer", "orgnr", "ordernr", "ordrenummer", "bokningsnummer", "serienummer", "artikelnummer",
		"rechnungsnummer", "kundennummer", "auftragsnummer", "bestellnummer", "sendungsnummer", "vertragsnummer", "referencia", "verwendungszweck",
		"ordernumber", "kundnummer", "kundnr", "ordernummer", "kollinummer", "accountnumber", "serialnumber", "trackingnumber", "uid", "timestamp",
	}
)
