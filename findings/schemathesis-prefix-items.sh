#!/usr/bin/env bash
# schemathesis 4.32.5 with jsonschema-rs 0.60.3 (PyPI), "schemathesis run".
#
# OpenAPI 3.1.0, Schema Object (https://spec.openapis.org/oas/v3.1.0#schema-object): schemas are JSON
# Schema 2020-12, in which prefixItems has a schema for each place of a list (core, section
# 10.3.1.1) and items is a schema, never a list. Schemathesis writes prefixItems as a list
# in items, which is draft 7, and then judges that by 2020-12: "Invalid Schema Object in
# response definition", and the response fails whatever it is. FastAPI and Litestar write
# prefixItems for every tuple, so a sound server of theirs fails response_schema_conformance.
# In 3.0.3, which has no prefixItems, the same document is judged.
#
# Seen: [1, "a"] fails for prefixItems of an integer and a text in 3.1.0, and as a member of
# an object, and passes in 3.0.3; a list without it passes, and one of texts fails, in both.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; wait; rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check schemathesis==4.32.5 jsonschema-rs==0.60.3

cat >server.py <<'PY'
import http.server
import json

TUPLE = {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}]}
LIST = {"type": "array", "items": {"type": "integer"}}
CASES = {  # schema, body
    "/tuple": (TUPLE, [1, "a"]),
    "/member": ({"type": "object", "properties": {"t": TUPLE}}, {"t": [1, "a"]}),
    "/list": (LIST, [1]),
    "/texts": (LIST, ["a"]),
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps(CASES[self.path][1]).encode() if self.path in CASES else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


paths = {}
for path, (schema, _) in CASES.items():
    response = {"description": "d", "content": {"application/json": {"schema": schema}}}
    paths[path] = {"get": {"responses": {"200": response}}}
for version in ("3.0.3", "3.1.0"):
    with open(f"{version}.json", "w") as file:
        json.dump({"openapi": version, "info": {"title": "t", "version": "1"}, "paths": paths}, file)
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
PY
mkfifo port
venv/bin/python server.py >port &
pid=$!
read -r port <port

status=0
while read -r version path validity want; do
	got=passes
	venv/bin/schemathesis run "$version.json" --url "http://127.0.0.1:$port" --include-path "$path" \
		--checks response_schema_conformance --phases coverage,fuzzing --max-examples 1 >log 2>&1 || got=fails
	why=$(grep -o 'Invalid Schema Object in response definition\|Response violates schema' log | sort -u || true)
	echo "$version $path, which is $validity: $got${why:+ ($why)}"
	if [ "$got" != "$want" ]; then echo "this is not what was seen"; status=1; fi
done <<'CASES'
3.1.0 /tuple valid fails
3.1.0 /member valid fails
3.1.0 /list valid passes
3.1.0 /texts invalid fails
3.0.3 /tuple valid passes
3.0.3 /list valid passes
3.0.3 /texts invalid fails
CASES
exit $status
