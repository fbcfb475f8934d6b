package secret

import (
	"regexp"
	"slices"
	"strings"
)

// Header reports whether the name of a header field says that its value is secret. It
// does not distinguish fields of which only a part is secret (Authorization, Cookie,
// Set-Cookie).
func Header(name string) bool {
	n := squash(name)
	switch n {
	case "cookie", "setcookie", "cookie2", "setcookie2":
		return true
	}
	if strong(n) || often(strings.TrimPrefix(n, "x")) || strings.TrimPrefix(n, "x") == "pin" || endsIn(n, secretHeaders) {
		return true
	}
	before, key := strings.CutSuffix(n, "key")
	return key && !hasSuffix(before, harmlessKeys...) && !slices.Contains(words, strings.ToLower(name[strings.LastIndexAny(name, "-_")+1:]))
}

// Access reports whether the name of a header field says that whoever has its value has
// access: a key, a secret, a password. Tokens are left out that a server gives to the
// client in a body: those of a session, against forgery, for a refresh.
func Access(name string) bool {
	n := squash(name)
	before, token := strings.CutSuffix(n, "token")
	switch n {
	case "authorization", "proxyauthorization", "cookie", "setcookie": // of these, a part is secret
		return false
	}
	return token && hasSuffix(before, "access", "auth", "api", "private", "bearer", "security", "admin") ||
		!token && endsIn(n, accessNames)
}

// Parameter reports whether the name of a parameter of a query, a form or a cookie says
// that the value is secret. Some names ("code", "sig", "key") are ambiguous even in a URL:
// their value must look machine-generated.
func Parameter(name, value string) bool {
	n := squash(name)
	if property(name, n) || endsIn(n, oftenSecret) {
		return true
	}
	return (n == "code" || n == "sign" || often(n) || endsIn(n, sessionCookies)) && random(value)
}

// saysSecret reports whether the name of a property, an element or a part of a form says
// that a value is secret: always, or if the value looks machine-generated.
func saysSecret(name, value string) bool {
	n := squash(name)
	return property(name, n) || often(n) && random(value)
}

// secretList reports whether the name of a property says that its value is a list of
// secrets. A list under the name of one of them is more often what is wrong with it.
func secretList(name string) bool { return endsIn(squash(name), secretLists) }

// neverSecret reports whether saysSecret is false for every value.
func neverSecret(name string) bool {
	n := squash(name)
	return !property(name, n) && !often(n) && !endsIn(n, secretLists)
}

// often reports whether a squashed name is used for secrets and for other things.
func often(n string) bool {
	switch n {
	case "sig", "key", "sid", "auth", "ticket", "samlresponse", "samlrequest", "bearer", "dpop", "sas", "pass", "pw", "crumb", "refresh", "credentials", "clientcert":
		return true
	}
	return endsIn(n, oftenSecret)
}

// Property reports whether the name of a JSON property says that its value, a string or a
// number, is secret. A name with a hyphen is read as that of a header.
func Property(name string) bool { return property(name, squash(name)) }

// Password reports whether the name of a property says that its value is a password or
// what is made of one: what no answer has a reason to show.
func Password(name string) bool {
	return endsIn(squash(name), passwords)
}

// property is Property for a name that is squashed already.
func property(name, n string) bool {
	switch n {
	case "authorization", "proxyauthorization", "cookie", "setcookie", "pan", "pin", "credential":
		return true
	}
	return strong(n) || strings.Contains(name, "-") && Header(name)
}

// strong reports whether a squashed name always means a secret. Names of pagination and
// idempotency tokens end like those of access tokens.
func strong(n string) bool {
	if before, ok := strings.CutSuffix(n, "token"); ok {
		return !hasSuffix(before, harmlessTokens...) || hasSuffix(before, secretTokens...)
	}
	return (endsIn(n, secretNames) || endsIn(n, passwords)) && !strings.HasPrefix(n, "masked")
}

var (
	harmlessTokens = []string{
		"page", "paging", "pagination", "next", "previous", "prev", "continuation", "continue", "cursor", "sync", "resume", "delta", "skip",
		"scroll", "start", "after", "before", "offset", "position", "watch", "change", "idempotency", "lock", "conflict", "version",
		"clientrequest", "snapshot", "query", "sequence", "consistency", "nft", "fungible",
	}
	// secretTokens end like harmless ones. The starting tokens are those of BankID.
	secretTokens = []string{"unlock", "emailchange", "passwordchange", "autostart", "qrstart"}

	harmlessKeys = []string{
		"idempotency", "websocket", "surrogate", "cache", "partition", "correlation", "request", "public", "dedup", "deduplication", "sort",
		"routing", "primary", "row", "tracing", "trace", "object", "ordering", "event", "issue", "translation", "message", "error", "i18n",
		"locale", "foreign", "lookup", "index", "shard", "hash", "range", "group", "bucket", "feature", "metric", "resource", "country", "currency",
	}
	// words end in "key" and are none.
	words = []string{"monkey", "donkey", "turkey", "hockey", "jockey", "whiskey", "hotkey", "mickey", "lackey"}

	oftenSecret = byLast(
		"signature", "hmac", "credential", "apicredentials", "assertion", "session", "codeverifier", "apisign", "accesssign", "ssoticket", "authticket",
		"rememberme", "authinfo",
	)
	// secretHeaders are names that mean something else elsewhere: a property "auth" may
	// name a method.
	secretHeaders = byLast("authorization", "authorisation", "authentication", "auth", "sig", "appcheck", "wsse", "honeycombteam")
	// sessionCookies are those of common frameworks whose names do not say it.
	sessionCookies = byLast("connectsid", "aspxauth", "applicationcookie", "identityapplication")
	// passwords are the words of a few languages, without letters that are not ASCII, and
	// what a second factor is made of.
	passwords = byLast(
		"password", "passwd", "pwd", "passphrase", "passwordsalt", "passworddigest", "passwordencrypted", "totpsecret", "mfasecret", "otpsecret",
		"twofactorsecret", "losenord", "lsenord", "passord", "passwort", "kennwort", "wachtwoord", "motdepasse", "adgangskode", "salasana", "contrasena", "contrasea",
	)
	secretNames = byLast(
		"secret", "passcode", "otp", "otpcode", "mfacode", "verificationcode", "recoverycode", "seedphrase", "recoveryphrase", "mnemonicphrase",
		"jwt", "csrf", "xsrf", "jenkinscrumb", "wpnonce", "sessionid", "sessid", "sessionkey", "cvc", "cvc2", "cvv", "cvv2", "securitycode", "securityanswer", "cardpin", "cardnumber",
		"connectionstring", "backupcode", "authcode", "eppcode", "kubeconfig", "snmpcommunity", "psk",
		"dbpass", "userpass", "rootpass", "adminpass", "smtppass", "imappass", "ftppass", "mysqlpass", "rootpw", "userpw", "adminpw", "dbpw",
		"apikey", "appkey", "applicationkey", "privatekey", "privatekeypem", "accesskey", "secretkey", "subscriptionkey", "authkey", "signingkey", "signaturekey",
		"encryptionkey", "sharedkey", "masterkey", "accountkey", "storagekey", "functionskey", "functionkey", "licensekey", "hmackey", "webhookkey",
		"clientkeydata", "unsealkey", "unlockkey", "activationkey",
	)
	accessNames = byLast(
		"secret", "password", "apikey", "appkey", "applicationkey", "privatekey", "accesskey", "secretkey", "subscriptionkey", "authkey", "masterkey",
		"accountkey", "functionskey", "functionkey", "authorization",
	)
	// secretLists are names of lists of secrets, which are shown once.
	secretLists = byLast("recoverycodes", "backupcodes", "passwords", "apikeys", "unsealkeys", "privatekeys")
)

// endings are suffixes by their last two bytes: every property of every body is checked.
type endings map[[2]byte][]string

func byLast(suffixes ...string) endings {
	e := endings{}
	for _, s := range suffixes {
		e[lastTwo(s)] = append(e[lastTwo(s)], s)
	}
	return e
}

func lastTwo(s string) [2]byte { return [2]byte{s[len(s)-2], s[len(s)-1]} }

func endsIn(s string, e endings) bool { return len(s) > 1 && hasSuffix(s, e[lastTwo(s)]...) }

func hasSuffix(s string, suffixes ...string) bool {
	for _, suffix := range suffixes {
		if strings.HasSuffix(s, suffix) {
			return true
		}
	}
	return false
}

// squash returns a name in lower case without word separators and without final words
// that say in which form the value is.
func squash(name string) string {
	var b strings.Builder
	b.Grow(len(name))
	for _, c := range []byte(name) {
		if c = lower(c); c >= 'a' && c <= 'z' || digit(c) {
			b.WriteByte(c)
		}
	}
	n := b.String()
	for _, c := range []string{"cvc2", "cvv2", "cookie2"} {
		if strings.HasSuffix(n, c) {
			return n
		}
	}
	for {
		short := strings.TrimRight(n, "0123456789")
		if short != n {
			short = strings.TrimSuffix(strings.TrimSuffix(short, "v"), "base")
		}
		if len(short) > 1 {
			for _, form := range valueForms[lastTwo(short)] {
				short = strings.TrimSuffix(short, form)
			}
		}
		if short == n || short == "" {
			return n
		}
		n = short
	}
}

// valueForms are final words of names that say in which form the value is.
var valueForms = byLast("sha", "md", "bcrypt", "hash", "hashed", "value", "plain", "confirmation", "confirm", "repeat", "again")

var dateTime = regexp.MustCompile(`^\d{4}-\d\d-\d\d(?:T|$)`)

// random reports whether a value looks machine-generated: long, and of letters and digits
// in no form that a person would write.
func random(value string) bool {
	letters, digits := 0, 0
	for _, c := range []byte(value) {
		switch {
		case digit(c):
			digits++
		case lower(c) >= 'a' && lower(c) <= 'z':
			letters++
		case c == ' ' || c == ',':
			return false
		}
	}
	if strings.Contains(value, "://") || dateTime.MatchString(value) {
		return false
	}
	return len(value) >= 10 && (letters > 0 && digits > 0 || len(value) >= 24)
}
