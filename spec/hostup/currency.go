package hostup

import (
	"math/big"
	"slices"
	"strings"

	"golang.org/x/text/currency"
)

func upperCode(code string) bool {
	return len(code) == 3 && strings.IndexFunc(code, func(c rune) bool { return c < 'A' || c > 'Z' }) < 0
}

// youngCurrencies are codes added to ISO 4217 since the tables of golang.org/x/text were
// made.
var youngCurrencies = []string{"SLE", "UYW", "VED", "XAD", "XCG", "ZWG"}

func isCurrency(code string) bool {
	_, err := currency.ParseISO(code)
	return err == nil || slices.Contains(youngCurrencies, code)
}

// minorUnits returns the decimals of a currency in ISO 4217; ok is false for those
// without (gold, test codes). golang.org/x/text has the decimals in everyday use, which
// are fewer: none for the Serbian dinar.
func minorUnits(code string) (scale int, ok bool) {
	switch code {
	case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF":
		return 0, true
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		return 3, true
	case "CLF", "UYW":
		return 4, true
	case "XCD", "XCG":
		return 2, true
	}
	return 2, code[0] != 'X'
}

// decimals counts the decimals that a JSON number needs: 1.50 and 15e-1 need one.
func decimals(n string) int {
	if !strings.ContainsAny(n, "eE") { // nearly all
		_, fraction, _ := strings.Cut(n, ".")
		return len(strings.TrimRight(fraction, "0"))
	}
	r, ok := new(big.Rat).SetString(n)
	if !ok {
		return 0
	}
	count := 0
	for ten := big.NewRat(10, 1); !r.IsInt() && count < 30; count++ {
		r.Mul(r, ten)
	}
	return count
}
