#!/usr/bin/env bash
# swagger2openapi 7.0.8 (npm).
#
# Swagger 2.0, Parameter Object: a list in a form has collectionFormat csv unless the
# document says otherwise, and comes as g=a,b; "multi" is g=a&g=b. In OpenAPI 3.0.3
# (Encoding Object, explode) g=a&g=b is the default of a form, and commas need an encoding
# with explode: false. The converter writes no encoding, so both become "multi", and
# clients of the new document send what the server does not read. For a list in the
# query it writes explode: false.
#
# Seen: no encoding of the form for csv, the same document for csv and multi; explode
# false and true for the query.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$dir" swagger2openapi@7.0.8

# converted PLACE FORMAT: the operation with a list in the place
converted() {
	cat >swagger.json <<JSON
{"swagger": "2.0", "info": {"title": "t", "version": "1"}, "paths": {"/x": {"post": {
  "consumes": ["application/x-www-form-urlencoded"],
  "parameters": [{"name": "g", "in": "$1", "type": "array", "collectionFormat": "$2", "items": {"type": "string"}}],
  "responses": {"204": {"description": "done"}}
}}}}
JSON
	node_modules/.bin/swagger2openapi swagger.json | node -e '
		const { parameters, requestBody } = JSON.parse(require("fs").readFileSync(0)).paths["/x"].post;
		console.log(JSON.stringify(parameters ?? requestBody));'
}
form='{"content":{"application/x-www-form-urlencoded":{"schema":{"type":"object","properties":{"g":{"type":"array","items":{"type":"string"}}}}}}}'
status=0
for format in csv multi; do
	got=$(converted formData $format)
	echo "formData, $format: $got"
	if [ "$got" != "$form" ]; then echo "this is not what was seen"; status=1; fi
	got=$(converted query $format)
	echo "query, $format: $got"
	explode=true
	if [ $format = csv ]; then explode=false; fi
	case $got in
	*"\"explode\":$explode"*) ;;
	*) echo "this is not what was seen"; status=1 ;;
	esac
done
exit $status
