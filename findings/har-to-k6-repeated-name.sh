#!/usr/bin/env bash
# har-to-k6 0.14.16 (npm).
#
# HAR 1.2, queryString and params: both are lists of pairs, in which a name may occur
# again, as ?a=1&a=2 and forms with several boxes ticked do. The script that is made of
# such a recording sends something else: the query gets the last value once more, and
# the fields of a form become one, joined by a comma.
#
# Seen: ?a=1&a=2 becomes ?a=1&a=2&a=2, and b=1, b=2 becomes b=1%2C2. Names that occur once
# stay as they are.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$dir" har-to-k6@0.14.16

# recording QUERY FIELD: of a request with a and QUERY in the query, b and FIELD in the form
recording() {
	cat <<JSON
{"log": {"version": "1.2", "creator": {"name": "t", "version": "1"}, "entries": [{
  "startedDateTime": "2026-01-01T00:00:00.000Z", "time": 1, "cache": {}, "timings": {"send": 0, "wait": 1, "receive": 0},
  "request": {
    "method": "POST", "url": "http://localhost/x?a=1&$1=2", "httpVersion": "HTTP/1.1", "cookies": [], "headersSize": -1, "bodySize": 7,
    "headers": [{"name": "Content-Type", "value": "application/x-www-form-urlencoded"}],
    "queryString": [{"name": "a", "value": "1"}, {"name": "$1", "value": "2"}],
    "postData": {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "b", "value": "1"}, {"name": "$2", "value": "2"}]}
  },
  "response": {
    "status": 200, "statusText": "OK", "httpVersion": "HTTP/1.1", "cookies": [], "headers": [], "redirectURL": "",
    "content": {"size": 0, "mimeType": ""}, "headersSize": -1, "bodySize": 0
  }
}]}}
JSON
}
status=0
while IFS=: read -r query field url body; do
	recording "$query" "$field" >recording.har
	node_modules/.bin/har-to-k6 recording.har -o script.js >/dev/null
	script=$(tr -s '\n ' ' ' <script.js)
	echo "names a and $query in the query, b and $field in the form: post${script#*http.post}"
	case $script in
	*"http.post('http://localhost/x?$url', $body, {"* | *"http.post( 'http://localhost/x?$url', $body, {"*) ;;
	*) echo "this is not what was seen"; status=1 ;;
	esac
done <<'CASES'
a:b:a=1&a=2&a=2:'b=1%2C2'
c:d:a=1&c=2:{ b: '1', d: '2', }
CASES
exit $status
