#!/usr/bin/env bash
# openapi-to-postmanv2 6.3.3 (npm), the converter of Postman that Portman builds on.
#
# OpenAPI 3.0.3, Parameter Object: a required cookie has to be sent, and a parameter with
# "content" is sent in that media type. The converter leaves cookies out of the request,
# as header or in any other form, and sends a parameter with content without a value,
# though the document has an example. It reports success and no warning. Parameters of
# the query and headers with a schema get their examples.
#
# Seen: the query is q=1&f= and the only header is X-H; no word of the cookie's name.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$dir" openapi-to-postmanv2@6.3.3
cat > main.cjs <<'JS'
const { convertV2 } = require("openapi-to-postmanv2");

const parameters = [
	{ name: "q", in: "query", required: true, schema: { type: "integer" }, example: 1 },
	{ name: "f", in: "query", required: true, content: { "application/json": { schema: { type: "object" }, example: { a: 1 } } } },
	{ name: "X-H", in: "header", required: true, schema: { type: "string" }, example: "h" },
	{ name: "session", in: "cookie", required: true, schema: { type: "string" }, example: "s" },
];
const get = { parameters, responses: { 204: { description: "done" } } };
const data = { openapi: "3.0.3", info: { title: "t", version: "1" }, servers: [{ url: "http://localhost" }], paths: { "/x": { get } } };

convertV2({ type: "json", data }, { parametersResolution: "Example" }, (error, { result, reason, output }) => {
	if (error || !result) throw error ?? new Error(reason);
	const collection = output[0].data;
	const requests = [];
	const walk = (item) => (item.item ? item.item.forEach(walk) : requests.push(item.request));
	walk(collection);
	const query = requests[0].url.query.map((p) => `${p.key}=${p.value ?? ""}`).join("&");
	const header = requests[0].header.map((p) => `${p.key}: ${p.value}`).join(", ");
	const cookie = JSON.stringify(collection).includes("session");
	console.log(`${requests.length} request, query ${query}, headers ${header}, the cookie's name occurs: ${cookie}`);
	if (requests.length !== 1 || query !== "q=1&f=" || header !== "X-H: h" || cookie) {
		console.log("this is not what was seen");
		process.exitCode = 1;
	}
});
JS
node main.cjs
