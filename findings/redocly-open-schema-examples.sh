#!/usr/bin/env bash
# @redocly/cli 2.77.0 (npm), "redocly lint" with its recommended rules.
#
# OpenAPI 3.1.0, Schema Object, and JSON Schema 2020-12: an absent additionalProperties is
# that of the value true, so that an example may have properties that the schema does not
# name. The rules no-invalid-media-type-examples and no-invalid-schema-examples judge
# examples as if the schema had unevaluatedProperties: false, a keyword that it has not, and
# that the message names. With additionalProperties: true or {}, which say the same as
# none, nothing is told, nor of the same schema alone in allOf.
#
# Seen: "must NOT have unevaluated properties" for the example of an open schema, and
# nothing for the three that differ from it in form only.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$dir" @redocly/cli@2.77.0
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true
cat >document.mjs <<'JS'
const a = { type: "object", properties: { a: { type: "integer" } } };
const schemas = {
	open: a,
	openInAllOf: { allOf: [a] },
	additionalTrue: { ...a, additionalProperties: true },
	additionalEmpty: { ...a, additionalProperties: {} },
	additionalFalse: { ...a, additionalProperties: false },
};
const paths = {};
for (const [name, schema] of Object.entries(schemas)) {
	const content = { "application/json": { schema, example: { a: 1, b: 2 } } };
	paths[`/${name}`] = { get: { responses: { 200: { description: "d", content } } } };
}
console.log(JSON.stringify({ openapi: "3.1.0", info: { title: "t", version: "1" }, paths }));
JS
node document.mjs >document.json
node_modules/.bin/redocly lint --extends recommended --format json document.json >lint.json 2>log || true
cat >judge.mjs <<'JS'
import { readFileSync } from "node:fs";

const text = readFileSync("lint.json", "utf8");
const { problems } = JSON.parse(text.slice(text.indexOf("{")));
const got = {};
for (const name of ["open", "openInAllOf", "additionalTrue", "additionalEmpty", "additionalFalse"]) {
	const about = problems.filter((p) => p.ruleId === "no-invalid-media-type-examples" && p.location[0].pointer.startsWith(`#/paths/~1${name}/`));
	got[name] = about.map((p) => p.message.replace("Example value must conform to the schema: ", "")).join() || "nothing";
	console.log(`${name}: ${got[name]}`);
}
const none = (name) => got[name] === "nothing";
const unevaluated = (name) => got[name].startsWith("must NOT have unevaluated properties");
if (!(unevaluated("open") && none("openInAllOf") && none("additionalTrue") && none("additionalEmpty") && !none("additionalFalse"))) {
	console.log("this is not what was seen");
	process.exitCode = 1;
}
JS
node judge.mjs
