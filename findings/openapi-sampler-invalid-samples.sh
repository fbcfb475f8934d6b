#!/usr/bin/env bash
# openapi-sampler 1.7.10 (npm), which makes the examples of Redoc and Redocly.
#
# JSON Schema: an instance meets all keywords of its schema. Each of minimum, maximum,
# maxLength and minItems alone is met by the sample, so that one takes samples for valid;
# multipleOf and uniqueItems are not, nor maxLength beside a format. Whoever copies the
# sample of such documentation into a request gets a 400 from the server that it is of.
#
# Seen: five samples that meet their schema and four that do not.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$dir" openapi-sampler@1.7.10 ajv@8.17.1 ajv-formats@3.0.1
cat > main.cjs <<'JS'
const Ajv = require("ajv/dist/2020").default;
const formats = require("ajv-formats").default;
const { sample } = require("openapi-sampler");

const ajv = new Ajv();
formats(ajv);
let seen = true;
for (const [schema, want] of [
	[{ type: "integer", minimum: 5 }, true],
	[{ type: "integer", exclusiveMinimum: 5 }, true],
	[{ type: "integer", maximum: -1 }, true],
	[{ type: "string", maxLength: 3 }, true],
	[{ type: "array", items: { type: "integer" }, minItems: 2 }, true],
	[{ type: "integer", minimum: 1, multipleOf: 7 }, false],
	[{ type: "array", items: { type: "integer" }, minItems: 2, uniqueItems: true }, false],
	[{ type: "string", format: "email", maxLength: 10 }, false],
	[{ type: "string", format: "uri", maxLength: 10 }, false],
]) {
	const value = sample(schema);
	const valid = ajv.validate(schema, value);
	console.log(`${JSON.stringify(schema)}: ${JSON.stringify(value)} is ${valid ? "valid" : "invalid"}`);
	seen &&= valid === want;
}
if (!seen) {
	console.log("this is not what was seen");
	process.exitCode = 1;
}
JS
node main.cjs
