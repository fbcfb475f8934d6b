package spec_test

import (
	"strconv"
	"testing"

	"github.com/hostup/api-conformance/spec"
)

// failed sets the detail of an error document.
func failed(text string) edit {
	return func(t testing.TB, ex *spec.Exchange) { set("/detail", strconv.Quote(text))(t, ex) }
}

// TestInternals: texts in which programs reveal their internals, in the words of their
// libraries.
func TestInternals(t *testing.T) {
	found := func(where, what string) []string {
		return []string{"SHOULD LEAK-INTERNAL-001 " + where + " internal | no view into the inside of the server | " + what}
	}
	var table []judgement
	for text, what := range map[string]string{
		`SELECT * FROM invoices WHERE id = 49332`:                                                "an SQL statement",
		`select "id", "total" from "invoices" where "id" = $1 - timeout`:                         "an SQL statement",
		`failed: INSERT INTO transactions (id, amount) VALUES ('txn_1', 9)`:                      "an SQL statement",
		`update "invoices" set "status" = $1`:                                                    "an SQL statement",
		"DELETE FROM `cards` WHERE id = 3":                                                       "an SQL statement",
		`ERROR: relation "billing.invoices" does not exist (SQLSTATE 42P01)`:                     "the message of a database",
		`insert or update on table "orders" violates foreign key constraint "orders_account_fk"`: "the message of a database",
		"Unknown column 'kind' in 'where clause'":                                                "the message of a database",
		"Duplicate entry 'ord_1' for key 'orders.PRIMARY'":                                       "the message of a database",
		"ER_LOCK_DEADLOCK: Deadlock found when trying to get lock; try restarting transaction":   "the message of a database",
		"SQLITE_CONSTRAINT: UNIQUE constraint failed: orders.id":                                 "the message of a database",
		"E11000 duplicate key error collection: billing.orders":                                  "the message of a database",
		"Access denied for user 'billing'@'10.0.3.7' (using password: YES)":                      "the message of a database",
		`FATAL: password authentication failed for user "billing"`:                               "the message of a database",
		"PrismaClientKnownRequestError: invalid invocation":                                      "the name of a database driver's error",
		"(psycopg2.OperationalError) server closed the connection unexpectedly":                  "the name of a database driver's error",
		"org.hibernate.exception.JDBCConnectionException: could not extract ResultSet":           "the name of a database driver's error",
		"could not reach postgres://billing@pg-1:5432/billing":                                   "the address of a database or a queue",
		"connect ECONNREFUSED 10.0.3.7:5432":                                                     "the message of a network library",
		"dial tcp: lookup pg-1 on 10.96.0.10:53: no such host":                                   "the message of a network library",
		"getaddrinfo failed for the billing service":                                             "the message of a network library",
		"cURL error 7: Failed to connect":                                                        "the message of a network library",
		"upstream billing-core.prod.svc.cluster.local:8080 is slow":                              "a host inside",
		"no answer from db01.internal":                                                           "a host inside",
		"upstream 192.168.4.20:9000 timed out":                                                   "a host inside",
		"upstream localhost:9000 timed out":                                                      "a host inside",
		"cannot open /srv/billing/config/production.yml":                                         "a file of the server",
		"include(/var/www/billing/lib): failed to open stream":                                   "a file of the server",
		`cannot open C:\inetpub\billing\web.config`:                                              "a file of the server",
	} {
		table = append(table,
			judgement{text, "activity-internal-error", does(failed(text)), found("$.detail", what)},
			judgement{"a customer's own: " + text, "activity-transactions", does(described(text)), nil},
			judgement{"the sender says it: " + text, "activity-internal-error", does(failed(text), sentWith("X-Asked", text)), nil},
		)
	}
	table = append(table,
		judgement{"in a member of a row that no page documents", "activity-transactions", does(set("/entries/0/debug", `{"query":"SELECT 1 FROM cards WHERE id = 1"}`)), found("$.entries[0].debug.query", "an SQL statement")},
		judgement{"in a member that no page documents", "activity-internal-error", does(set("/debug", `{"query":["SELECT 1 FROM cards WHERE id = 1"]}`)), found("$.debug.query[0]", "an SQL statement")},
	)
	judge(t, table)
}

// TestNoInternals: texts for humans, data of customers, and repeated input.
func TestNoInternals(t *testing.T) {
	var table []judgement
	for _, text := range []string{
		"The database is not available at the moment. Try again later.",
		"Our MySQL servers are being updated; PostgreSQL is not affected.",
		"Please select a card from the list, where one is primary.",
		"Select one tier from the list.", "SELECT A PLAN FROM THE LIST",
		"Update your address and set a new card.", "Delete from the list what you do not need.",
		"The column \"amount\" is missing in the file that you sent.",
		"You have too many orders.", "Access denied.", "The connection timed out.", "The connection was refused by your bank.",
		"Your request came from 10.0.0.5.", "The local time of the server is 12:30:15.", "The ratio is 16:9, at 10:30.",
		"Contact support@hostup.internal-affairs.se", "See https://developer.hostup.se/errors/internal_error",
		"See https://developer.hostup.se/docs/app/config.yml", "The invoice is at /billing/invoices/49332.pdf.",
		"Interner Fehler: internal error", "the local part of the address", "An ER_ROR is no error.",
		"The file /home is not yours.", "Call us at +46:8:123.",
	} {
		table = append(table, judgement{text, "activity-internal-error", does(failed(text)), nil})
	}
	for _, text := range []string{
		"Domain db01.internal registered", "Backup of /home/user/public_html/index.php", "Server 192.168.4.20:9000", "MySQL database, 10 GB", "Connection refused fee",
	} {
		table = append(table, judgement{"bought: " + text, "activity-transactions", does(described(text)), nil})
	}
	echo := "There is no kind db01.internal:8080."
	table = append(table, judgement{"an echo", "activity-unknown-kind", does(failed(echo), sentWith("X-Asked", "db01.internal:8080")), nil})
	judge(t, table)
}
