#!/usr/bin/env bash
# openapi-format 1.33.6 (npm), option --overlayFile.
#
# Overlay 1.0.0, Action Object, update: if the target selects an array, the value is an
# entry to append to it. Here an entry that is an object is not appended, and one that is
# a text takes the place of the whole list, so that the document is no longer valid
# OpenAPI. Either way the command says that all is well and exits with 0. Objects are
# merged, as the specification says.
#
# Seen: "servers" stays as it was, "tags" becomes a text, the title is replaced.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$dir" openapi-format@1.33.6

cat >document.json <<'JSON'
{"openapi": "3.1.0", "info": {"title": "old", "version": "1"}, "servers": [{"url": "/first"}],
 "paths": {"/x": {"get": {"tags": ["first"], "responses": {"204": {"description": "done"}}}}}}
JSON
status=0
# check TARGET UPDATE EXPRESSION WANT: what the expression is after the action
check() {
	cat >overlay.json <<JSON
{"overlay": "1.0.0", "info": {"title": "o", "version": "1"}, "actions": [{"target": "$1", "update": $2}]}
JSON
	rm -f out.json
	node_modules/.bin/openapi-format document.json --overlayFile overlay.json --no-sort --output out.json >/dev/null 2>&1
	got=$(node -p "const d = JSON.parse(require('fs').readFileSync('out.json')); JSON.stringify($3)")
	echo "$1, update $2: $3 is $got"
	if [ "$got" != "$4" ]; then echo "this is not what was seen"; status=1; fi
}
check '$.servers' '{"url": "/second"}' d.servers '[{"url":"/first"}]'                # both by the specification
check "\$.paths['/x'].get.tags" '"second"' "d.paths['/x'].get.tags" '"second"' # ["first","second"] by it
check '$.info' '{"title": "new"}' d.info.title '"new"'
check '$' '{"servers": [{"url": "/second"}]}' d.servers '[{"url":"/first"},{"url":"/second"}]'
exit $status
