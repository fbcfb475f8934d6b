#!/usr/bin/env bash
# @stoplight/prism-cli 5.14.2 (npm), "prism mock".
#
# OpenAPI 3.1.0, Schema Object: schemas are JSON Schema 2020-12 unless the document says
# otherwise; its keywords include dependentRequired, dependentSchemas, prefixItems,
# minContains and unevaluatedProperties. Prism loads such a document without a word and
# judges requests by draft 7: what it does not know is ignored, and items beside
# prefixItems, and contains beside minContains, mean something else there, so that valid
# requests are refused. If jsonSchemaDialect names 2020-12 it is right.
#
# Seen: five invalid bodies are accepted with 204 and two valid ones refused with 422;
# none with jsonSchemaDialect.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; wait; rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$dir" @stoplight/prism-cli@5.14.2

cat >document.mjs <<'JS'
const schemas = {
	dependentRequired: { dependentRequired: { a: ["b"] } },
	dependentSchemas: { dependentSchemas: { a: { required: ["b"] } } },
	prefixItems: { properties: { l: { type: "array", prefixItems: [{ type: "string" }] } } },
	unevaluatedProperties: { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false },
	minContains: { properties: { l: { type: "array", contains: { const: 1 }, minContains: 2 } } },
	minContains0: { properties: { l: { type: "array", contains: { const: 1 }, minContains: 0 } } },
	items: { properties: { l: { type: "array", prefixItems: [{ type: "string" }], items: { type: "integer" } } } },
	required: { required: ["b"] },
};
const paths = {};
for (const [name, schema] of Object.entries(schemas)) {
	const content = { "application/json": { schema: { type: "object", ...schema } } };
	paths[`/${name}`] = { post: { requestBody: { required: true, content }, responses: { 204: { description: "d" } } } };
}
const dialect = process.argv[2] ? { jsonSchemaDialect: process.argv[2] } : {};
console.log(JSON.stringify({ openapi: "3.1.0", info: { title: "t", version: "1" }, ...dialect, paths }));
JS

status=0
# judge NAME DIALECT: what Prism says of each body by the document with the dialect
judge() {
	node document.mjs "$2" >document.json
	port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); });')
	rm -f log
	mkfifo log
	node_modules/.bin/prism mock --host 127.0.0.1 --port "$port" document.json >log 2>&1 &
	pid=$!
	exec 3<log
	while read -r line <&3; do case $line in *"is listening"*) break ;; esac; done
	cat <&3 >/dev/null &
	while read -r name body plain valid; do
		got=$(curl -s -o /dev/null -w '%{http_code}' -H 'Content-Type: application/json' -d "$body" "http://127.0.0.1:$port/$name")
		echo "$1: $name: $body, which is $valid: $got"
		want=$plain
		if [ -n "$2" ]; then want=204; [ "$valid" = valid ] || want=422; fi
		if [ "$got" != "$want" ]; then echo "this is not what was seen"; status=1; fi
	done <<'CASES'
dependentRequired {"a":1} 204 invalid
dependentSchemas {"a":1} 204 invalid
prefixItems {"l":[1]} 204 invalid
unevaluatedProperties {"a":1,"b":1} 204 invalid
minContains {"l":[1]} 204 invalid
minContains0 {"l":[]} 422 valid
items {"l":["a",1]} 422 valid
required {"a":1} 422 invalid
required {"b":1} 204 valid
CASES
	kill "$pid"
	wait "$pid" || true
	pid=
}
judge "no dialect" ""
judge "jsonSchemaDialect" "https://json-schema.org/draft/2020-12/schema"
exit $status
