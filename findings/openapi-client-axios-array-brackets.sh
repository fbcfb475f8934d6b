#!/usr/bin/env bash
# openapi-client-axios 7.9.1 (npm), with axios 1.21.1.
#
# OpenAPI 3.0.3, Parameter Object: an array in the query is l=1&l=2 by default (style form,
# explode true), l=1,2 with explode false, and l=1|2 in the style pipeDelimited. The client
# knows the document, and takes the places of parameters from it, but not their form:
# every array goes out as axios writes it, as l[]=1&l[]=2, which is no parameter of the
# document. A cookie parameter is not sent, even where it is required and given.
#
# Seen: l[]=1&l[]=2 for all three, and no cookie; headers and the path have their values.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$dir" openapi-client-axios@7.9.1 axios@1.21.1
cat > main.cjs <<'JS'
const http = require("node:http");
const { OpenAPIClientAxios } = require("openapi-client-axios");

const list = { type: "array", items: { type: "integer" } };
const forms = {
	"by default": {},
	"explode false": { explode: false },
	pipeDelimited: { style: "pipeDelimited", explode: false },
};

async function main() {
	let seen = true;
	const requests = [];
	const server = http.createServer((request, response) => {
		requests.push(request);
		response.end();
	});
	await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
	for (const [name, form] of Object.entries(forms)) {
		const parameters = [
			{ name: "id", in: "path", required: true, schema: { type: "string" } },
			{ name: "l", in: "query", required: true, schema: list, ...form },
			{ name: "X-H", in: "header", required: true, schema: { type: "string" } },
			{ name: "session", in: "cookie", required: true, schema: { type: "string" } },
		];
		const definition = {
			openapi: "3.0.3",
			info: { title: "t", version: "1" },
			servers: [{ url: `http://127.0.0.1:${server.address().port}` }],
			paths: { "/x/{id}": { get: { operationId: "read", parameters, responses: { 200: { description: "d" } } } } },
		};
		const client = await new OpenAPIClientAxios({ definition }).init();
		await client.read({ id: "a b", l: [1, 2], "X-H": "h", session: "s" });
		const { url, headers } = requests.pop();
		const got = `${decodeURIComponent(url)}, X-H: ${headers["x-h"]}, Cookie: ${headers.cookie ?? "none"}`;
		console.log(`${name}: ${got}`);
		seen &&= got === "/x/a b?l[]=1&l[]=2, X-H: h, Cookie: none";
	}
	server.close();
	if (!seen) {
		console.log("this is not what was seen");
		process.exitCode = 1;
	}
}
main();
JS
node main.cjs
