#!/usr/bin/env bash
# json-schema-faker 0.6.3 (npm), judged by ajv 8.20.0.
#
# JSON Schema 2020-12 (validation) section 6.3: pattern and minLength both hold. Here a
# text that the pattern gave and that is too short is filled up with other characters, so
# that it no longer matches. The pattern of a longer text, ^[a-z]{20}$, is kept to.
#
# Seen: of 50 values for pattern ^[a-z]+$ with minLength 20 less than 5 match the
# pattern, and all are long enough; with the length in the pattern all 50 match.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$dir" json-schema-faker@0.6.3 ajv@8.20.0
cat > main.mjs <<'JS'
import Ajv from "ajv/dist/2020.js";
import { generate } from "json-schema-faker";

const runs = 50;

// matches counts the values made for the schema that meet another one.
async function matches(schema, other) {
	const valid = new Ajv.default().compile(other);
	let n = 0;
	let last;
	for (let seed = 1; seed <= runs; seed++) {
		last = await generate(schema, { seed });
		if (valid(last)) n++;
	}
	console.log(`${JSON.stringify(schema)}: ${n} of ${runs} meet ${JSON.stringify(other)}; the last is ${JSON.stringify(last)}`);
	return n;
}

const both = { type: "string", pattern: "^[a-z]+$", minLength: 20 };
const pattern = await matches(both, { type: "string", pattern: both.pattern });
const length = await matches(both, { type: "string", minLength: both.minLength });
const inside = await matches({ type: "string", pattern: "^[a-z]{20}$" }, both);
if (pattern >= 5 || length !== runs || inside !== runs) {
	console.log("this is not what was seen");
	process.exitCode = 1;
}
JS
node main.mjs
