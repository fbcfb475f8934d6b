package spec

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// An internal is a form in which a program exposes its internals. The plain parts, of
// which every such text has one, are searched for first (see signs): regular expressions
// are slow on long texts.
type internal struct {
	plain []string
	form  func() *regexp.Regexp // nil: the plain part is enough
	name  string
	in    reach
}

// A reach says of which APIs a form exposes internals. Some APIs are about databases,
// hosts or files: there it may be what the client asked about.
type reach int

const (
	ofPack    reach = iota // only those of a pack, which are known to be about something else
	inFailure              // others, too, if the server itself has failed (5xx)
	anywhere
)

var internals = []internal{
	{[]string{"SELECT ", "select "}, form(`\bSELECT\s[^;]{1,400}?\sFROM\s+["'\x60\[]?\w[\w."'\x60\]]*\s*(?:$|;|\bWHERE\b|\b(?:INNER |LEFT |RIGHT )?JOIN\b|\bORDER BY\b|\bLIMIT\b|\bAS\b)|\bselect\s[^;]{1,400}?\sfrom\s+["\x60\[]?\w[\w."\x60\]]*\s+where\s[^;]{0,200}?(?:=|in)\s*(?:\$\d|\?|:\w|'|\()`), "an SQL statement", anywhere},
	{[]string{"INSERT INTO ", "insert into "}, form(`(?i)\binsert into\s+["'\x60\[]?\w[\w."'\x60\]]*\s*(?:\([^)]*\)\s*(?:values|select)|values\s*\()`), "an SQL statement", anywhere},
	{[]string{"UPDATE ", "update "}, form(`\b(?:UPDATE\s+["'\x60\[]?\w[\w."'\x60\]]*\s+SET|update\s+["\x60\[]?\w[\w."\x60\]]*\s+set)\s+["'\x60\[]?\w[\w."'\x60\]]*\s*=`), "an SQL statement", anywhere},
	{[]string{"DELETE FROM ", "delete from "}, form(`(?i)\bdelete from\s+["'\x60\[]?\w[\w."'\x60\]]*\s+where\s+\S+\s*(?:=|in\b|<|>)`), "an SQL statement", anywhere},

	{[]string{"SQLSTATE"}, form(`\bSQLSTATE[ :=]+['"]?[0-9A-Z]{5}\b`), "the message of a database", anywhere},
	{[]string{"violates "}, form(`violates (?:foreign key|not-null|check|exclusion) constraint`), "the message of a database", anywhere},
	{[]string{"relation ", "column "}, form(`\b(?:relation|column) \\?"[\w.]+\\?" (?:of relation \\?"\w+\\?" )?does not exist`), "the message of a database", inFailure},
	{[]string{"Unknown column", "Duplicate entry", "doesn't exist", "Deadlock found", "Lock wait timeout", "Data too long"}, form(`Unknown column '[^']+' in '|Duplicate entry '[^']*' for key '|Table '[\w$-]+\.[\w$-]+' doesn't exist|Deadlock found when trying to get lock|Lock wait timeout exceeded|Data too long for column '`), "the message of a database", anywhere},
	{[]string{"Unclosed quotation mark", "Incorrect syntax near", "SQLITE_", "constraint failed", "E11000", "Mongo"}, form(`Unclosed quotation mark after the character string|Incorrect syntax near '|\bSQLITE_[A-Z]+\b|\b(?:UNIQUE|NOT NULL|FOREIGN KEY|CHECK) constraint failed|\bE11000 duplicate key|\bMongo(?:Server|Network|Bulk|Write)\w*(?:Error|Exception)\b`), "the message of a database", anywhere},
	{[]string{"Access denied for user", "authentication failed for user", "too many clients", "canceling statement"}, form(`Access denied for user '[^']*'@'|password authentication failed for user|\btoo many clients already\b|canceling statement due to`), "the message of a database", anywhere},
	{[]string{"unrecognized token", "syntax error", "no such table", "no such column", "deadlock detected"}, form(`unrecognized token: \\?"|near \\?"[^"]*\\?": syntax error|\bno such (?:table|column): \w|\bdeadlock detected\b`), "the message of a database", inFailure},
	{[]string{"ER_", "role ", "oo many connections"}, form(`\bER_[A-Z]+(?:_[A-Z]+)+\b|\brole \\?"\w+\\?" does not exist|\b[Tt]oo many connections\b`), "the message of a database", ofPack},
	{[]string{"Prisma", "Sequelize", "QueryFailedError", "sqlalchemy", "psycopg", "hibernate", "PDOException", "ActiveRecord::", "PG::", "Mysql2::", "SqlException", "java.sql.", "org.postgresql", "com.mysql", "SqlClient", "KnexTimeout", "Doctrine\\", "gorm", "OLE DB", "ODBC"}, form(`\bPrismaClient\w+Error\b|\bSequelize\w*Error\b|\bQueryFailedError\b|\bsqlalchemy\.exc\b|\bpsycopg2?\.|\borg\.hibernate\.|\bPDOException\b|\bActiveRecord::\w+|\bPG::\w+|\bMysql2::\w+|\bSqlException\b|\bjava\.sql\.\w+|\borg\.postgresql\.|\bcom\.mysql\.|System\.Data\.SqlClient|Microsoft\.Data\.SqlClient|\bKnexTimeoutError\b|Doctrine\\+DBAL|\bgorm\.io\b|\bPrisma error P\d{4}\b|\bOLE DB Provider\b|\[Microsoft\]\[ODBC`), "the name of a database driver's error", anywhere},

	{[]string{"://"}, form(`\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|sqlserver|jdbc:\w+|memcached|nats|kafka)://[^\s"'<>]+`), "the address of a database or a queue", inFailure},
	{[]string{"ECONN", "ENOTFOUND", "ETIMEDOUT", "EAI_AGAIN", "EHOSTUNREACH", "EPIPE"}, form(`\b(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|EPIPE)\b`), "the message of a network library", ofPack},
	{[]string{"dial tcp", "no such host", "getaddrinfo", "Connection refused", "connection refused", "cURL error", "Connection to ", "HTTPConnectionPool", "HTTPSConnectionPool", "upstream connect error"}, form(`\bdial tcp\b|\blookup [\w.-]+(?: on [\d.:]+)?: no such host|\bgetaddrinfo\b|\bcURL error \d+|\bHTTPS?ConnectionPool\(|[Cc]onnection (?:to \S+ )?refused|upstream connect error`), "the message of a network library", ofPack},
	{[]string{"ECONN", "EHOSTUNREACH", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN", "dial tcp", "read tcp", "no such host", "ConnectionPool("}, form(`\b(?:ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ETIMEDOUT|dial tcp|read tcp):? (?:10\.\d{1,3}\.\d{1,3}\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.\d{1,3}|192\.168\.\d{1,3}\.\d{1,3}|127\.0\.0\.1|::1|\[::1\]):\d{2,5}\b|\bgetaddrinfo (?:ENOTFOUND|EAI_AGAIN) \w|\blookup [\w.-]+(?: on [\d.:]+)?: no such host|\bHTTPS?ConnectionPool\(host=`), "the message of a network library", inFailure},
	{[]string{".internal", ".local", ".svc", ".lan", ".corp", ".intranet"}, form(`(?i)(?:^|[^\w.@-])[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.(?:internal|local|localdomain|lan|corp|intranet|svc)\b(?::\d{2,5})?(?:$|[^\w-])`), "a host inside", ofPack},
	{[]string{"10.", "172.", "192.168.", "127.0.0.1:", "localhost:"}, form(`(?:^|[^\w.])(?:10\.\d{1,3}\.\d{1,3}\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.\d{1,3}|192\.168\.\d{1,3}\.\d{1,3}|127\.0\.0\.1|localhost):\d{2,5}\b`), "a host inside", ofPack},

	{[]string{"/var/", "/home/", "/usr/", "/srv/", "/opt/", "/app/", "/etc/", "/root/", "/tmp/", "/Users/", "/workspace/", "/proc/"}, form(`(?:^|[^\w./:-])/(?:var|home|usr|srv|opt|app|etc|root|tmp|Users|workspace|proc)/[\w@.+-]+(?:/[\w@.+-]+)*\.(?:php|py|rb|m?js|cjs|ts|go|java|jar|class|cs|dll|sock|conf|cfg|ini|env|log|sql|db|sqlite3?|pem|key|so|sh|ya?ml|json|xml|properties|tmpl|twig|erb|html?)\b`), "a file of the server", ofPack},
	{[]string{"/var/www", "/usr/src/", "/usr/local/", "/etc/"}, form(`(?:^|[^\w./:-])/(?:var/www|usr/src|usr/local|etc)/[\w@.+-]+`), "a file of the server", ofPack},
	{[]string{`:\`}, form(`(?:^|[^\w])[A-Z]:\\{1,2}(?:inetpub|Users|Program Files|Windows|www|sites|apps?|src|projects?)\\`), "a file of the server", ofPack},
	{[]string{"file://"}, form(`\bfile:///\w`), "a file of the server", ofPack},
}

// findInternal returns the name of what a text exposes, "" for nothing, of forms that
// expose something as far as reached. said reports whether the request contains the same
// text: an echo exposes nothing new to the client.
func findInternal(text string, reached reach, said func(text string) bool) string {
	begun := signs.in(text)
	for i, in := range internals {
		if in.in >= reached && begun.has(len(traces)+i) && shows(in.form(), text, said) {
			return in.name
		}
	}
	return ""
}

// reached returns which forms expose internals in a response.
func (k *Judgement) reached() reach {
	switch {
	case k.c.pack != nil:
		return ofPack
	case k.ex.Response.Status >= 500:
		return inFailure
	}
	return anywhere
}

// databases are names of what APIs about databases speak of. Their errors may be about
// those of the client.
var databases = []string{"sql", "sqlstate", "postgresql", "postgres", "postgrest", "mysql", "mariadb", "sqlite", "mongodb", "sqlserver"}

// exposes reports whether what a response says of a database is of the inside.
func (k *Judgement) exposes() bool {
	return k.hasBody() && !k.c.Unbound("LEAK-INTERNAL-001") && (k.c.pack != nil || !slices.ContainsFunc(databases, k.c.Word))
}

// shows reports whether a text matches the form in words that the request does not
// contain.
func shows(form *regexp.Regexp, text string, said func(text string) bool) bool {
	return slices.ContainsFunc(form.FindAllString(text, 8), func(found string) bool {
		return !said(strings.Trim(found, " \t\n\"'()[]<>,;=."))
	})
}

// checkInternals searches all texts of a response for what only the operator of a server
// should know. The finding never repeats it.
func (k *Judgement) checkInternals() {
	const shortest = 8
	body, begun := k.bodyText()
	escaped := strings.Contains(body, `\`) // without escapes the body contains every text literally
	look := func(p Place, text string) {
		if len(text) < shortest {
			return
		}
		if name := k.internal(text); name != "" {
			k.Report("LEAK-INTERNAL-001", p, "internal", "no view into the inside of the server", name)
		}
	}
	switch {
	case !begun.some(len(traces)) && !escaped:
	case !k.wholly():
		for _, s := range k.ownWords() {
			look(k.InBody(s.path...), s.text)
		}
	case !k.decoded:
		look(InPart("body"), body)
	default:
		eachText(k.value, nil, func(path []string, text string) { look(k.InBody(path...), text) })
	}
}

// internal is findInternal for a text without a stack trace, which has its own rule.
func (k *Judgement) internal(text string) string {
	name := findInternal(text, k.reached(), k.said)
	if name != "" && findTrace(text) != "" {
		return ""
	}
	return name
}

// said reports whether the request contains a text: in its URL, a header or its body, or
// as its host. Both texts may be JSON-escaped.
func (k *Judgement) said(text string) bool {
	plain := strings.TrimSpace(unescaped.Replace(text))
	return slices.ContainsFunc(k.sent(), func(part string) bool {
		return strings.Contains(part, text) || strings.Contains(part, plain)
	})
}

// sent returns the texts of the request.
func (k *Judgement) sent() []string {
	r := k.ex.Request
	list := []string{string(r.Body), unescaped.Replace(string(r.Body))}
	if r.URL != nil {
		query, _ := url.QueryUnescape(r.URL.RawQuery)
		list = append(list, r.URL.Host, r.URL.Path, query)
	}
	for _, values := range r.Header {
		list = append(list, values...)
	}
	return list
}

// unescaped decodes common JSON escapes.
var unescaped = strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\/`, `/`, `\n`, "\n", `\t`, "\t", `\u003c`, "<", `\u003e`, ">", `\u0026`, "&")
