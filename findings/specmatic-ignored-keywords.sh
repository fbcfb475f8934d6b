#!/usr/bin/env bash
# specmatic 2.55.3 (PyPI, which brings the command of the same version), "specmatic test".
#
# OpenAPI 3.0.3, Schema Object (https://spec.openapis.org/oas/v3.0.3#schema-object): multipleOf,
# uniqueItems, minItems, maxItems, oneOf and not have the meaning of JSON Schema, and an
# integer has no fraction (the Wright draft 00 of JSON Schema, which the section refers to).
# The contract test does not look at them: responses that violate them succeed, one of 1.5 for an
# integer too, and no line says what was left out. An allOf of two numbers refuses all
# of them. Enough is checked (minimum, pattern, minProperties) to look as if all were, and
# the summary counts an API coverage of 100%.
#
# Seen: the responses of seven operations are invalid and succeed, three are invalid and fail,
# and one is valid and fails.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; wait; rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check --no-deps --target lib specmatic==2.55.3

cat >server.py <<'PY'
import http.server
import json

integer = {"type": "integer"}
cases = [  # schema of v, v, its validity, what is seen
    ("multipleOf", {"type": "integer", "multipleOf": 5}, 3, "invalid", "SUCCEEDED"),
    ("uniqueItems", {"type": "array", "items": integer, "uniqueItems": True}, [1, 1], "invalid", "SUCCEEDED"),
    ("minItems", {"type": "array", "items": integer, "minItems": 2}, [1], "invalid", "SUCCEEDED"),
    ("maxItems", {"type": "array", "items": integer, "maxItems": 2}, [1, 2, 3], "invalid", "SUCCEEDED"),
    ("integer", integer, 1.5, "invalid", "SUCCEEDED"),
    ("not", {"type": "string", "not": {"enum": ["a"]}}, "a", "invalid", "SUCCEEDED"),
    ("oneOf", {"oneOf": [{"type": "integer", "minimum": 1}, {"type": "integer", "maximum": 5}]}, 3, "invalid", "SUCCEEDED"),
    ("allOf", {"allOf": [{"type": "integer", "minimum": 3}, {"type": "integer", "maximum": 5}]}, 4, "valid", "FAILED"),
    ("minimum", {"type": "integer", "minimum": 3}, 2, "invalid", "FAILED"),
    ("pattern", {"type": "string", "pattern": "^a+$"}, "b", "invalid", "FAILED"),
    ("minProperties", {"type": "object", "minProperties": 2, "additionalProperties": integer}, {"a": 1}, "invalid", "FAILED"),
    ("maximum", {"type": "integer", "maximum": 5}, 4, "valid", "SUCCEEDED"),
]
bodies, paths = {}, {}
for name, schema, value, _, _ in cases:
    body = {"type": "object", "required": ["v"], "properties": {"v": schema}}
    response = {"description": "d", "content": {"application/json": {"schema": body}}}
    paths["/" + name] = {"get": {"responses": {"200": response}}}
    bodies["/" + name] = json.dumps({"v": value}).encode()
with open("document.json", "w") as file:
    json.dump({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": paths}, file)
with open("cases", "w") as file:
    for name, _, value, validity, seen in cases:
        print(name, json.dumps(value, separators=(",", ":")), validity, seen, file=file)


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = bodies.get(self.path, b"")
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
PY
mkfifo port
venv/bin/python server.py >port &
pid=$!
read -r port <port
java -jar lib/specmatic/core/specmatic.jar test --testBaseURL="http://127.0.0.1:$port" document.json >log 2>&1 || true

status=0
while read -r name value validity want; do
	got=$(sed -n "s|^Scenario: GET /$name -> 200 has \([A-Z]*\).*|\1|p" log)
	echo "$name: $value, which is $validity: ${got:-nothing}"
	if [ "$got" != "$want" ]; then echo "this is not what was seen"; status=1; fi
done <cases
exit $status
