#!/usr/bin/env bash
# newman 6.2.2 (npm), the runner of Postman, with its reporter "junit".
#
# JUnit XML has a testcase for each test, and a reader counts its failure, error and skipped
# children: GitLab and Jenkins do not look at the counts of a testsuite. The reporter has a
# testcase for each name of an assertion, not for each assertion, and it is that of the
# last one: of three assertions "every row" in a loop the first fails, and the testcase
# passes. A request without a response and a test script that throws have no testcase, and
# a test that pm.test.skip skips is a testcase that passes. The exit code of newman is 1.
#
# Seen: six failures of the run are two testcases that fail; the first row and the skipped
# test pass.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$dir" newman@6.2.2
cat > main.cjs <<'JS'
const fs = require("node:fs");
const http = require("node:http");
const newman = require("newman");

const item = (name, url, ...exec) => ({ name, request: { method: "GET", url }, event: [{ listen: "test", script: { exec } }] });
const rows = (name, condition) => item(name, "{{up}}", `for (const id of [1, 2, 3]) pm.test("every row", () => pm.expect(id)${condition});`);

const server = http.createServer((_, response) => response.end("{}")).listen(0, "127.0.0.1", () => {
	const closed = http.createServer().listen(0, "127.0.0.1", () => {
		const down = `http://127.0.0.1:${closed.address().port}/`;
		closed.close(() => {
			const collection = {
				info: { name: "c", schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
				item: [
					item("nothing answers", down),
					item("nothing answers a test", down, `pm.test("status", () => pm.response.to.have.status(200));`),
					item("a script throws", "{{up}}", "nothing.of(this);"),
					item("a test is skipped", "{{up}}", `pm.test.skip("later", () => {});`),
					rows("the first row fails", ".to.be.above(1)"),
					rows("the last row fails", ".to.be.below(3)"),
				],
			};
			const envVar = [{ key: "up", value: `http://127.0.0.1:${server.address().port}/` }];
			newman.run({ collection, envVar, reporters: ["junit"], reporter: { junit: { export: "junit.xml" } } }, judge);
		});
	});
});

function judge(error, summary) {
	server.close();
	if (error) throw error;
	const of = {};
	for (const [, name, cases] of fs.readFileSync("junit.xml", "utf8").matchAll(/<testsuite name="([^"]*)"[^>]*>([\s\S]*?)<\/testsuite>/g)) {
		of[name] = (cases.match(/<testcase\b[^>]*?\/>|<testcase\b[\s\S]*?<\/testcase>/g) ?? [])
			.map((c) => (c.includes("<failure") || c.includes("<error") ? "failed" : c.includes("<skipped") ? "skipped" : "passed"))
			.join(" ");
	}
	console.log(`failures of the run: ${summary.run.failures.length}`);
	for (const [name, cases] of Object.entries(of)) console.log(`${name}: ${cases || "no testcase"}`);
	const seen = {
		"nothing answers": "",
		"nothing answers a test": "failed",
		"a script throws": "",
		"a test is skipped": "passed",
		"the first row fails": "passed",
		"the last row fails": "failed",
	};
	if (summary.run.failures.length !== 6 || JSON.stringify(of) !== JSON.stringify(seen)) {
		console.log("this is not what was seen");
		process.exitCode = 1;
	}
}
JS
node main.cjs
