#!/usr/bin/env bash
# @apiture/openapi-down-convert 0.14.2 (npm), which makes OpenAPI 3.0 of 3.1.
#
# JSON Schema 2020-12 (core) section 10.3.2.1, properties
# (https://json-schema.org/draft/2020-12/json-schema-core#section-10.3.2.1): its members are names
# of properties, which may be any text, and their values are schemas. default is a value
# (validation, section 9.2). The converter, which says that it drops or replaces keywords that 3.0
# lacks, does so wherever the name occurs: properties that are called like a keyword
# are gone, though "required" still has them, const becomes a property "enum" whose
# schema is a list, and a default is another value. Who tests by the converted document
# misses properties that the API promises, or refuses what it sends.
#
# Seen: of nine properties that are called like keywords seven are gone and one is named
# anew; {"const": 1} as default becomes {"enum": [1]}. Other names stay.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$dir" @apiture/openapi-down-convert@0.14.2

cat >document.mjs <<'JS'
const lost = ["contentMediaType", "patternProperties", "propertyNames", "unevaluatedProperties", "$id", "$schema", "$comment"];
const names = [...lost, "const", "type", "title"];
const schema = {
	type: "object", required: names, default: { const: 1 },
	properties: Object.fromEntries(names.map((name) => [name, { type: "string" }])),
};
const content = { "application/json": { schema } };
const paths = { "/x": { get: { responses: { 200: { description: "d", content } } } } };
console.log(JSON.stringify({ openapi: "3.1.0", info: { title: "t", version: "1" }, paths }));
JS
node document.mjs >document.json
node_modules/.bin/openapi-down-convert --input document.json --output converted.json >/dev/null 2>&1

cat >compare.mjs <<'JS'
import { readFileSync } from "node:fs";

const schema = (file) => {
	const document = JSON.parse(readFileSync(file));
	return [document.openapi, document.paths["/x"].get.responses[200].content["application/json"].schema];
};
const [from, before] = schema("document.json");
const [to, after] = schema("converted.json");
let same = from === "3.1.0" && to.startsWith("3.0.");
for (const name of [...Object.keys(before.properties), "enum"]) {
	const was = JSON.stringify(before.properties[name]), is = JSON.stringify(after.properties[name]);
	console.log(`property ${name}: ${was} in ${from}, ${is} in ${to}`);
	const want = { type: was, title: was, enum: '[{"type":"string"}]' }[name];
	same &&= is === want;
}
console.log(`required: ${after.required}`);
console.log(`default: ${JSON.stringify(before.default)} in ${from}, ${JSON.stringify(after.default)} in ${to}`);
same &&= after.required.length === before.required.length && JSON.stringify(after.default) === '{"enum":[1]}';
if (!same) console.log("this is not what was seen");
process.exit(same ? 0 : 1);
JS
node compare.mjs
