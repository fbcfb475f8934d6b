package spec

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// An internal is a form in which a program writes about its own inside. The plain
// parts are searched for first (see signs), one of which every such text has: regular
// expressions are slow on long lists. In lists of customers' own data some forms are no
// leak.
type internal struct {
	plain      []string
	form       *regexp.Regexp // nil: the plain part says enough
	name       string
	errorsOnly bool // looked for in answers that say that something went wrong
}

var internals = []internal{
	{[]string{"SELECT ", "select "}, regexp.MustCompile(`\bSELECT\s[^;]{1,400}?\sFROM\s+["'\x60\[]?\w[\w."'\x60\]]*\s*(?:$|;|\bWHERE\b|\b(?:INNER |LEFT |RIGHT )?JOIN\b|\bORDER BY\b|\bLIMIT\b|\bAS\b)|\bselect\s[^;]{1,400}?\sfrom\s+["\x60\[]?\w[\w."\x60\]]*\s+where\s[^;]{0,200}?(?:=|in)\s*(?:\$\d|\?|:\w|'|\()`), "an SQL statement", false},
	{[]string{"INSERT INTO ", "insert into "}, regexp.MustCompile(`(?i)\binsert into\s+["'\x60\[]?\w[\w."'\x60\]]*\s*(?:\([^)]*\)\s*(?:values|select)|values\s*\()`), "an SQL statement", false},
	{[]string{"UPDATE ", "update "}, regexp.MustCompile(`\b(?:UPDATE\s+["'\x60\[]?\w[\w."'\x60\]]*\s+SET|update\s+["\x60\[]?\w[\w."\x60\]]*\s+set)\s+["'\x60\[]?\w[\w."'\x60\]]*\s*=`), "an SQL statement", false},
	{[]string{"DELETE FROM ", "delete from "}, regexp.MustCompile(`(?i)\bdelete from\s+["'\x60\[]?\w[\w."'\x60\]]*\s+where\s+\S+\s*(?:=|in\b|<|>)`), "an SQL statement", false},

	{[]string{"SQLSTATE"}, regexp.MustCompile(`\bSQLSTATE[ :=]+['"]?[0-9A-Z]{5}\b`), "the message of a database", false},
	{[]string{"violates "}, regexp.MustCompile(`violates (?:foreign key|not-null|check|exclusion) constraint`), "the message of a database", false},
	{[]string{"relation ", "column "}, regexp.MustCompile(`\b(?:relation|column) \\?"[\w.]+\\?" (?:of relation \\?"\w+\\?" )?does not exist`), "the message of a database", false},
	{[]string{"Unknown column", "Duplicate entry", "doesn't exist", "Deadlock found", "Lock wait timeout", "Data too long"}, regexp.MustCompile(`Unknown column '[^']+' in '|Duplicate entry '[^']*' for key '|Table '[\w.]+' doesn't exist|Deadlock found when trying to get lock|Lock wait timeout exceeded|Data too long for column '`), "the message of a database", false},
	{[]string{"Unclosed quotation mark", "Incorrect syntax near", "unrecognized token", "syntax error"}, regexp.MustCompile(`Unclosed quotation mark after the character string|Incorrect syntax near '|unrecognized token: \\?"|near \\?"[^"]*\\?": syntax error`), "the message of a database", false},
	{[]string{"SQLITE_", "no such table", "no such column", "constraint failed"}, regexp.MustCompile(`\bSQLITE_[A-Z]+\b|\bno such (?:table|column): \w|\b(?:UNIQUE|NOT NULL|FOREIGN KEY|CHECK) constraint failed`), "the message of a database", false},
	{[]string{"ER_", "E11000", "Mongo"}, regexp.MustCompile(`\bER_[A-Z]+(?:_[A-Z]+)+\b|\bE11000 duplicate key|\bMongo(?:Server|Network|Bulk|Write)\w*(?:Error|Exception)\b`), "the message of a database", false},
	{[]string{"Access denied for user", "authentication failed for user", "role ", "deadlock detected", "too many connections", "too many clients", "canceling statement"}, regexp.MustCompile(`Access denied for user '[^']*'@'|password authentication failed for user|\brole \\?"\w+\\?" does not exist|\bdeadlock detected\b|\b[Tt]oo many connections\b|\btoo many clients already\b|canceling statement due to`), "the message of a database", true},
	{[]string{"Prisma", "Sequelize", "QueryFailedError", "sqlalchemy", "psycopg", "hibernate", "PDOException", "ActiveRecord::", "PG::", "Mysql2::", "SqlException", "java.sql.", "org.postgresql", "com.mysql", "SqlClient", "KnexTimeout", "Doctrine\\", "gorm", "OLE DB", "ODBC"}, regexp.MustCompile(`\bPrismaClient\w+Error\b|\bSequelize\w*Error\b|\bQueryFailedError\b|\bsqlalchemy\.exc\b|\bpsycopg2?\.|\borg\.hibernate\.|\bPDOException\b|\bActiveRecord::\w+|\bPG::\w+|\bMysql2::\w+|\bSqlException\b|\bjava\.sql\.\w+|\borg\.postgresql\.|\bcom\.mysql\.|System\.Data\.SqlClient|Microsoft\.Data\.SqlClient|\bKnexTimeoutError\b|Doctrine\\+DBAL|\bgorm\.io\b|\bPrisma error P\d{4}\b|\bOLE DB Provider\b|\[Microsoft\]\[ODBC`), "the name of a database driver's error", false},

	{[]string{"://"}, regexp.MustCompile(`\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|sqlserver|jdbc:\w+|memcached|nats|kafka)://[^\s"'<>]+`), "the address of a database or a queue", false},
	{[]string{"ECONN", "ENOTFOUND", "ETIMEDOUT", "EAI_AGAIN", "EHOSTUNREACH", "EPIPE"}, regexp.MustCompile(`\b(?:ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|EPIPE)\b`), "the message of a network library", true},
	{[]string{"dial tcp", "no such host", "getaddrinfo", "Connection refused", "connection refused", "cURL error", "Connection to ", "HTTPConnectionPool", "HTTPSConnectionPool", "upstream connect error"}, regexp.MustCompile(`\bdial tcp\b|\blookup [\w.-]+(?: on [\d.:]+)?: no such host|\bgetaddrinfo\b|\bcURL error \d+|\bHTTPS?ConnectionPool\(|[Cc]onnection (?:to \S+ )?refused|upstream connect error`), "the message of a network library", true},
	{[]string{".internal", ".local", ".svc", ".lan", ".corp", ".intranet"}, regexp.MustCompile(`(?i)(?:^|[^\w.@-])[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.(?:internal|local|localdomain|lan|corp|intranet|svc)\b(?::\d{2,5})?(?:$|[^\w-])`), "a host inside", true},
	{[]string{"10.", "172.", "192.168.", "127.0.0.1:", "localhost:"}, regexp.MustCompile(`(?:^|[^\w.])(?:10\.\d{1,3}\.\d{1,3}\.\d{1,3}|172\.(?:1[6-9]|2\d|3[01])\.\d{1,3}\.\d{1,3}|192\.168\.\d{1,3}\.\d{1,3}|127\.0\.0\.1|localhost):\d{2,5}\b`), "a host inside", true},

	{[]string{"/var/", "/home/", "/usr/", "/srv/", "/opt/", "/app/", "/etc/", "/root/", "/tmp/", "/Users/", "/workspace/", "/proc/"}, regexp.MustCompile(`(?:^|[^\w./:-])/(?:var|home|usr|srv|opt|app|etc|root|tmp|Users|workspace|proc)/[\w@.+-]+(?:/[\w@.+-]+)*\.(?:php|py|rb|m?js|cjs|ts|go|java|jar|class|cs|dll|sock|conf|cfg|ini|env|log|sql|db|sqlite3?|pem|key|so|sh|ya?ml|json|xml|properties|tmpl|twig|erb|html?)\b`), "a file of the server", true},
	{[]string{"/var/www", "/usr/src/", "/usr/local/", "/etc/"}, regexp.MustCompile(`(?:^|[^\w./:-])/(?:var/www|usr/src|usr/local|etc)/[\w@.+-]+`), "a file of the server", true},
	{[]string{`:\`}, regexp.MustCompile(`(?:^|[^\w])[A-Z]:\\{1,2}(?:inetpub|Users|Program Files|Windows|www|sites|apps?|src|projects?)\\`), "a file of the server", true},
	{[]string{"file://"}, regexp.MustCompile(`\bfile:///\w`), "a file of the server", true},
}

// findInternal names what of its inside a text shows, "" for none. Said reports
// whether the request says the same text: an echo shows nothing that the sender did
// not know.
func findInternal(text string, failed bool, said func(text string) bool) string {
	begun := signs.in(text)
	for i, in := range internals {
		if in.errorsOnly && !failed || !begun.has(len(traces)+i) {
			continue
		}
		for _, found := range in.form.FindAllString(text, 8) {
			if !said(strings.Trim(found, " \t\n\"'()[]<>,;=.")) {
				return in.name
			}
		}
	}
	return ""
}

// checkInternals searches the texts of an answer, wherever they stand, for what only
// the operator of a server is to know. What it finds is never repeated in the finding.
func (k *Judgement) checkInternals() {
	body, begun := k.bodyText()
	if !k.decoded {
		if name := k.internal(body); name != "" {
			k.Report("LEAK-INTERNAL-001", InPart("body"), "internal", "no view into the inside of the server", name)
		}
		return
	}
	if k.hasText() && !begun.some(len(traces)) && !strings.Contains(body, `\`) {
		return // without escapes every text stands in the body as it is
	}
	k.internalsOf(k.value, nil)
}

func (k *Judgement) internalsOf(v any, path []string) {
	switch x := v.(type) {
	case string:
		const shortest = 8
		if len(x) < shortest {
			return
		}
		if name := k.internal(x); name != "" {
			k.Report("LEAK-INTERNAL-001", k.InBody(path...), "internal", "no view into the inside of the server", name)
		}
	case map[string]any:
		for name, child := range x {
			k.internalsOf(child, append(path, name))
		}
	case []any:
		for i, child := range x {
			k.internalsOf(child, append(path, strconv.Itoa(i)))
		}
	}
}

// internal is findInternal for a text that shows no stack trace, which says more.
func (k *Judgement) internal(text string) string {
	name := findInternal(text, k.IsError(), k.said)
	if name != "" && findTrace(text) != "" {
		return ""
	}
	return name
}

// said reports whether the request holds a text: in its address, a header or its
// body, or as the host that was asked.
func (k *Judgement) said(text string) bool {
	r := k.ex.Request
	if r.URL != nil {
		query, _ := url.QueryUnescape(r.URL.RawQuery)
		if strings.Contains(r.URL.Host, text) || strings.Contains(r.URL.Path, text) || strings.Contains(query, text) {
			return true
		}
	}
	for _, values := range r.Header {
		if slices.ContainsFunc(values, func(v string) bool { return strings.Contains(v, text) }) {
			return true
		}
	}
	return strings.Contains(string(r.Body), text)
}
