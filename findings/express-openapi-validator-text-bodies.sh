#!/usr/bin/env bash
# express-openapi-validator 5.6.2 (npm), with Express 4.22.3 and validateResponses: true.
#
# OpenAPI 3.0.3, Response Object: the schema of application/json describes the body that is
# sent, by whatever method of Express. The middleware judges what is given to res.json, or
# as an object to res.send, which calls it. The same JSON as text to res.send, res.end or
# res.write is not judged, nor is a status that the document does not have, if it comes
# without a body. Nothing is logged, so a handler that serialises by itself, or a proxy,
# looks like one whose responses are valid.
#
# Seen: the same invalid body is 500 through json and send of an object, and 200 through the
# others; the undocumented 204 is sent, 404 with a body is 500.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$dir" express-openapi-validator@5.6.2 express@4.22.3
cat > main.cjs <<'JS'
const express = require("express");
const http = require("node:http");
const { middleware } = require("express-openapi-validator");

const invalid = { a: "text" };
const text = JSON.stringify(invalid);
const handlers = {
	json: [500, (response) => response.json(invalid)],
	"send an object": [500, (response) => response.send(invalid)],
	"send a text": [200, (response) => response.type("json").send(text)],
	end: [200, (response) => response.type("json").end(text)],
	write: [200, (response) => response.type("json").write(text) && response.end()],
	"404 with a body": [500, (response) => response.status(404).json(invalid)],
	"204": [204, (response) => response.status(204).end()],
};

const schema = { type: "object", required: ["a"], properties: { a: { type: "integer" } } };
const get = { responses: { 200: { description: "d", content: { "application/json": { schema } } } } };
const parameters = [{ name: "how", in: "path", required: true, schema: { type: "string" } }];
const apiSpec = { openapi: "3.0.3", info: { title: "t", version: "1" }, paths: { "/{how}": { parameters, get } } };

const app = express();
app.use(middleware({ apiSpec, validateResponses: true }));
app.get("/:how", (request, response) => handlers[request.params.how][1](response));
app.use((error, request, response, next) => response.status(error.status ?? 500).end(error.message));

const server = http.createServer(app).listen(0, "127.0.0.1", async () => {
	for (const [how, [want]] of Object.entries(handlers)) {
		const response = await fetch(`http://127.0.0.1:${server.address().port}/${encodeURIComponent(how)}`);
		console.log(`${how}: ${response.status} ${await response.text()}`);
		if (response.status !== want) {
			console.log("this is not what was seen");
			process.exitCode = 1;
		}
	}
	server.close();
});
JS
node main.cjs
