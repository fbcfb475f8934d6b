package orders

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hostup/api-conformance/reporters"
	"github.com/hostup/api-conformance/suites/env"
	"github.com/hostup/api-conformance/suites/hostup/flow"
	"github.com/hostup/api-conformance/suites/request"
	"github.com/hostup/api-conformance/suites/rule"
)

// noSuchTier looks like the documented example and is none of any account's tiers.
const noSuchTier = "storage-999983gb"

func registerRefusals(e *env.Env) {
	it := func(text, requirement string, body func(t *rule.T)) {
		rule.It(e, text, rule.Of(flow.Order, requirement), body)
	}

	// The two documented words, and nothing else: other methods of the same API
	// (swish is a method of transactions), other types.
	for _, wrong := range []any{"swish", "paypal", "accountCredit", "bogus", 1, true, []any{"card", "invoice"}, map[string]any{"type": "card"}} {
		text, _ := json.Marshal(wrong)
		it("refuses paymentMethod "+string(text), "ORD-PAYMETHOD-002", func(t *rule.T) {
			refuse(t, t.Valid().WithMember("paymentMethod", wrong).WithNote("paymentMethod "+string(text)), 400)
		})
	}
	// Frameworks that trim input, compare words without case, take an empty text for
	// none or a list of one word for the word do what was meant; that they must not,
	// the page does not say.
	for _, respelt := range []any{"CARD", "Invoice", "card ", "", []any{"card"}} {
		text, _ := json.Marshal(respelt)
		it("refuses paymentMethod "+string(text), "ORD-PAYMETHOD-003", func(t *rule.T) {
			refuse(t, t.Valid().WithMember("paymentMethod", respelt).WithNote("paymentMethod "+string(text)), 400)
		})
	}
	it("says that paymentMethod is wrong where it is", "PROB-ERRORS-003", func(t *rule.T) {
		a := flow.PlaceOrder(t, func() *rule.Answer {
			return t.Send(t.Valid().WithMember("paymentMethod", "bogus").WithNote("paymentMethod bogus"))
		})
		t.Blames(a, "paymentMethod")
	})
	it("says that addonId is wrong where it is", "PROB-ERRORS-003", func(t *rule.T) {
		for _, wrong := range []any{noSuchTier, 10} {
			a := flow.PlaceOrder(t, func() *rule.Answer {
				return t.Send(t.Valid().WithMember("addonId", wrong).WithNote(fmt.Sprintf("addonId %v", wrong)))
			})
			t.Blames(a, "addonId")
		}
	})
	// null may count as left out, which is documented, or as a value that is not.
	it("survives paymentMethod null", "HTTP-ROBUST-001", func(t *rule.T) {
		place(t, t.Valid().WithMember("paymentMethod", nil).WithNote("paymentMethod null"))
	})

	for _, unknown := range []string{noSuchTier, "", "storage", "-1"} {
		it(fmt.Sprintf("refuses addonId %q", unknown), "ORD-ADDON-001", func(t *rule.T) {
			refuse(t, t.Valid().WithMember("addonId", unknown).WithNote(fmt.Sprintf("addonId %q", unknown)), 400, 404)
		})
	}
	// An id that is read only up to its first odd character, or put into a query or
	// a path, is that of a tier again.
	for _, around := range []struct{ name, before, after string }{
		{"with more behind it", "", "-no-such-tier"}, {"with a quote behind it", "", "'--"}, {"with a path before it", "../", ""},
	} {
		it("refuses the addonId of a tier "+around.name, "ORD-ADDON-001", func(t *rule.T) {
			unknown := around.before + t.Datum("addonId") + around.after
			refuse(t, t.Valid().WithMember("addonId", unknown).WithNote(fmt.Sprintf("addonId %q", unknown)), 400, 404)
		})
	}
	it("refuses a tier that is not available", "ORD-ADDON-001", func(t *rule.T) {
		for _, tier := range flow.TierList(t.Env) {
			if !tier.Available {
				r := t.Valid().WithMember("addonId", tier.ID)
				for _, f := range []struct {
					name string
					r    request.Request
				}{
					{"with paymentMethod card", r.WithMember("paymentMethod", "card")},
					{"with paymentMethod invoice", r.WithMember("paymentMethod", "invoice")},
					{"without paymentMethod", r.WithoutMember("paymentMethod")},
				} {
					refuse(t, f.r.WithNote("a tier that is not available, "+f.name), 400, 403, 404, 409)
				}
				return
			}
		}
		if why := t.Env.NotOffered(flow.Tiers); why != "" {
			t.Skip(reporters.SkipNotOffered, "the tiers of the account cannot be listed: %s", why)
		}
		if t.Env.Data["accountId"] == "" {
			t.Skip(reporters.SkipConfiguration, "%s", t.Env.WhyMissing("accountId")) // nobody was asked for tiers
		}
		if len(flow.TierList(t.Env)) == 0 {
			t.Skip(reporters.SkipNoData, "the account has no tiers")
		}
		t.Skip(reporters.SkipNoData, "every tier of the account is available")
	})
	// A reader that makes text of a number finds no tier of that name, which may be
	// 404.
	for _, wrong := range []struct {
		name string
		of   func(t *rule.T, id string) any
	}{
		{"a number", func(t *rule.T, _ string) any { return unlisted(t, 10) }},
		{"1.5", func(*rule.T, string) any { return 1.5 }},
		{"true", func(*rule.T, string) any { return true }},
		{"the number in the id", func(t *rule.T, id string) any { return unlisted(t, numberIn(id)) }},
		{"a list of the id and another", func(_ *rule.T, id string) any { return []any{id, noSuchTier} }},
		{"an object with the id", func(_ *rule.T, id string) any { return map[string]any{"id": id} }},
	} {
		it("refuses as addonId "+wrong.name, "ORD-ADDON-002", func(t *rule.T) {
			value, statuses := wrong.of(t, t.Datum("addonId")), []int{400}
			switch value.(type) {
			case int, float64, bool:
				statuses = []int{400, 404}
			}
			refuse(t, t.Valid().WithMember("addonId", value).WithNote("as addonId "+wrong.name), statuses...)
		})
	}
	// Frameworks that convert values make the id of these that was meant: no page
	// says that they must not.
	it("refuses as addonId what could be made its id", "ORD-ADDON-003", func(t *rule.T) {
		id := t.Datum("addonId")
		refuse(t, t.Valid().WithMember("addonId", []any{id}).WithNote("as addonId a list of the id"), 400)
		if strconv.Itoa(numberIn(id)) == id {
			refuse(t, t.Valid().WithMember("addonId", numberIn(id)).WithNote("as addonId its number as a JSON number"), 400)
		}
	})
	// The page does not mark addonId as required, so an order without one may be
	// anything but a crash.
	for _, loose := range []struct {
		name   string
		change func(request.Request) request.Request
	}{
		{"without addonId", func(r request.Request) request.Request { return r.WithoutMember("addonId") }},
		{"with addonId null", func(r request.Request) request.Request { return r.WithMember("addonId", nil) }},
		{"with an empty object", func(r request.Request) request.Request { return r.WithJSON(map[string]any{}) }},
	} {
		it("survives an order "+loose.name, "HTTP-ROBUST-001", func(t *rule.T) {
			place(t, loose.change(t.Valid()).WithNote(loose.name))
		})
	}

	// ID stands for the id of a tier: a reader that makes an order of these finds one
	// that it can place.
	for _, b := range []struct{ name, body string }{
		{"an empty body", ""}, {"white space", " \r\n"}, {"a truncated object", `{"addonId":"ID"`}, {"an array", `[{"addonId":"ID"}]`},
		{"a string", `"ID"`}, {"a number", `10`}, {"null", `null`}, {"no JSON", `addonId=ID`}, {"a comma too much", `{"addonId":"ID",}`},
		{"single quotes", `{'addonId':'ID'}`}, {"a text in a text", `"{\"addonId\":\"ID\"}"`},
	} {
		it("refuses "+b.name+" as body", "ORD-BODY-001", func(t *rule.T) {
			body := strings.ReplaceAll(b.body, "ID", t.Datum("addonId"))
			refuse(t, t.Valid().WithBody("application/json", []byte(body)).WithNote(b.name), 400, 415)
		})
	}
	// Decoders that read one value from a stream (encoding/json in Go, Jackson) do not
	// look at what follows it.
	it("refuses two texts as body", "ORD-BODY-002", func(t *rule.T) {
		text := fmt.Sprintf(`{"addonId":%q}`, t.Datum("addonId"))
		refuse(t, t.Valid().WithBody("application/json", []byte(text+text)).WithNote("two texts"), 400, 415)
	})
	it("refuses an order without a body", "ORD-BODY-001", func(t *rule.T) {
		refuse(t, t.Valid().WithoutBody().WithNote("no body"), 400, 411, 415)
	})

	for _, unknown := range []string{"acct_01hxa3b4c5d6e7f8g9h0zzzzzz", "acct_", "no-such-account", "0", "20000"} {
		it("does not find the account "+unknown, "ORD-ACCOUNT-001", func(t *rule.T) {
			valid, own := t.Valid(), t.Datum("accountId")
			id := unknown
			if id != "0" && digits(id) && digits(own) {
				id = request.Unlike(own) // where ids are numbers, any small one may be that of an account
			}
			data := request.Data{"accountId": id, "addonId": t.Datum("addonId")}
			r, err := request.For(t.Operation(), data)
			if err != nil {
				panic(err)
			}
			statuses := []int{404, 403}
			if !strings.HasPrefix(id, "acct_") || !strings.HasPrefix(own, "acct_") || len(id) != len(own) {
				statuses = []int{404, 403, 400} // it does not even look like an id
			}
			refuse(t, r.WithAuth(valid.Auth).WithNote("account "+id), statuses...)
		})
	}
	registerNearAccounts(e)
	it("has one code for an account that does not exist", "PROB-CODE-001", func(t *rule.T) {
		r, err := request.For(t.Operation(), request.Data{"accountId": "acct_01hxa3b4c5d6e7f8g9h0zzzzzz", "addonId": t.Datum("addonId")})
		if err != nil {
			panic(err)
		}
		r = r.WithAuth(t.Valid().Auth).WithNote("an account that does not exist")
		if first, second := place(t, r), place(t, r); first.Status() >= 400 {
			t.SameCode(first, second)
		}
	})
}

// registerNearAccounts: an account is found by its whole id and by nothing that
// resembles it. Case is left out, for no page says whether it counts.
func registerNearAccounts(e *env.Env) {
	for _, near := range []struct {
		name string
		of   func(id string) string
	}{
		{"without its last characters", func(id string) string { return id[:len(id)-min(3, len(id)-1)] }},
		{"with more behind it", func(id string) string { return id + "zz" }},
		{"with a wildcard for its end", func(id string) string { return id[:len(id)-min(3, len(id)-1)] + "*" }},
	} {
		rule.It(e, "does not find the id of the account "+near.name, rule.Of(flow.Order, "ORD-ACCOUNT-001"), func(t *rule.T) {
			valid, own := t.Valid(), t.Datum("accountId")
			if digits(own) {
				t.Skip(reporters.SkipNoData, "ids of accounts are numbers, of which a part may be that of another account of the customer")
			}
			r, err := request.For(t.Operation(), request.Data{"accountId": near.of(own), "addonId": t.Datum("addonId")})
			if err != nil {
				panic(err)
			}
			refuse(t, r.WithAuth(valid.Auth).WithNote("the id of the account "+near.name), 404, 403, 400)
		})
	}
}

func digits(id string) bool { return id != "" && strings.Trim(id, "0123456789") == "" }

// numberIn is the digits of an id as a number, as a reader may compare the two that
// is careless about types; 10 if it has none.
func numberIn(id string) int {
	digits := strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, id)
	if n, err := strconv.Atoi(digits); err == nil {
		return n
	}
	return 10
}

// unlisted is a number, n or one above it, that does not spell the id of a tier.
func unlisted(t *rule.T, n int) int {
	spelt := func(id string) bool { return id == strconv.Itoa(n) }
	for spelt(t.Datum("addonId")) || slices.ContainsFunc(flow.TierList(t.Env), func(tier flow.Tier) bool { return spelt(tier.ID) }) {
		n++
	}
	return n
}

// refuse is an order that has to be refused. The gate of the account may be closed,
// by an order of this run for one, and a target may look at that first.
func refuse(t *rule.T, r request.Request, statuses ...int) {
	a := flow.PlaceOrder(t, func() *rule.Answer { return t.Send(r) })
	if a.Status() == 409 || a.Status() == 403 && !slices.Contains(statuses, 403) {
		if closed := flow.GateClosed(t); closed != "" {
			t.Skip(reporters.SkipNoData, "the gate was asked before the input: %s", closed)
		}
	}
	t.MustRefuseInput(a, r.Note, statuses...)
}

// place sends an order that is not known to be valid and notes what it created.
func place(t *rule.T, r request.Request) *rule.Answer {
	return flow.PlaceOrder(t, func() *rule.Answer { return t.Survives(r) })
}
