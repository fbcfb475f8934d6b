#!/usr/bin/env bash
# express-openapi-validator 5.6.2 (npm), with express 5.1.0.
#
# OpenAPI 3.0.3, Parameter Object, style: the default of a header is "simple", so a list
# in a header needs no style in the document. Here such a header refuses every request,
# also one that leaves the optional header out: 400, "style has incorrect value
# undefined". The same list in a path, whose default is "simple" too, and a header
# with style: simple written out are read as lists.
#
# Seen: 400 with and without the header if style is not written, 200 and [1,2] if it is.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$dir" express-openapi-validator@5.6.2 express@5.1.0
cat > main.cjs <<'JS'
const express = require("express");
const validator = require("express-openapi-validator");

// ask starts a server for the parameter and returns the answer to one request.
async function ask(parameter, route, path, headers) {
	const schema = { type: "array", items: { type: "integer" } };
	const operation = { parameters: [{ ...parameter, schema }], responses: { 200: { description: "d" } } };
	const apiSpec = { openapi: "3.0.3", info: { title: "t", version: "1" }, paths: { [route]: { get: operation } } };
	const app = express();
	app.use(validator.middleware({ apiSpec, validateResponses: false }));
	app.get(route.replace("{p}", ":p"), (q, r) => r.json(q.params.p ?? q.headers.p ?? null));
	app.use((error, q, r, next) => r.status(error.status ?? 500).json(error.message));
	const server = await new Promise((ready) => { const s = app.listen(0, "127.0.0.1", () => ready(s)); });
	const answer = await fetch(`http://127.0.0.1:${server.address().port}${path}`, { headers });
	const text = `${answer.status} ${await answer.text()}`;
	server.closeAllConnections();
	server.close();
	return text;
}

(async () => {
	let seen = true;
	for (const [parameter, route, path, headers, want] of [
		[{ name: "p", in: "header" }, "/x", "/x", { p: "1,2" }, "400"], // valid by the specification
		[{ name: "p", in: "header" }, "/x", "/x", {}, "400"], // valid by the specification
		[{ name: "p", in: "header", style: "simple" }, "/x", "/x", { p: "1,2" }, "200 [1,2]"],
		[{ name: "p", in: "header", style: "simple" }, "/x", "/x", { p: "1,a" }, "400"],
		[{ name: "p", in: "path", required: true }, "/x/{p}", "/x/1,2", {}, "200 [1,2]"],
	]) {
		const got = await ask(parameter, route, path, headers);
		console.log(`${JSON.stringify(parameter)}: GET ${path} ${JSON.stringify(headers)}: ${got}`);
		seen &&= got.startsWith(want);
	}
	if (!seen) {
		console.log("this is not what was seen");
		process.exitCode = 1;
	}
})();
JS
node main.cjs
