#!/usr/bin/env bash
# schemathesis 4.32.5 (PyPI), check response_headers_conformance.
#
# OpenAPI 3.1.0 (https://spec.openapis.org/oas/v3.1.0): a header has a schema or a content (Header
# Object), a list in it is written with commas (style simple), and a header documented as
# Content-Type "SHALL be ignored" (Response Object, headers). RFC 9110 section 5.3: lines of one
# name are one list. JSON Schema: a boolean is true or false. The check looks at the first line
# only, takes "yes" for a boolean, does not look at content, and judges Content-Type. So broken
# headers pass the check that is there for them, and a sound answer is a failure.
#
# Seen: a text in the second line of a list of integers, "yes" for a boolean, and a text for
# an integer in content are valid to it, while the same list in one line, another text for
# the boolean, and a text for an integer with a schema are not. Content-Type is not valid if
# the document says that it is an integer.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check schemathesis==4.32.5

cat >main.py <<'PY'
import http.server
import sys
import threading

import schemathesis
from schemathesis.checks import load_all_checks
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import response_headers_conformance

INTEGER = {"schema": {"type": "integer"}}
LIST = {"schema": {"type": "array", "items": {"type": "integer"}}}
BOOLEAN = {"schema": {"type": "boolean"}}
CONTENT = {"content": {"application/json": {"schema": {"type": "integer"}}}}
CASES = {  # name, header, lines, its validity, what is seen
    "two-lines": ("X-H", LIST, ["1", "text"], "invalid", "valid"),
    "one-line": ("X-H", LIST, ["1,text"], "invalid", "invalid"),
    "good-lines": ("X-H", LIST, ["1", "2"], "valid", "valid"),
    "boolean-yes": ("X-H", BOOLEAN, ["yes"], "invalid", "valid"),
    "boolean-text": ("X-H", BOOLEAN, ["text"], "invalid", "invalid"),
    "content": ("X-H", CONTENT, ['"text"'], "invalid", "valid"),
    "integer": ("X-H", INTEGER, ["text"], "invalid", "invalid"),
    "type": ("Content-Type", INTEGER, [], "valid", "invalid"),
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        name, _, lines, _, _ = CASES[self.path[1:]]
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        for line in lines:
            self.send_header(name, line)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = "http://127.0.0.1:%d" % server.server_address[1]

paths = {}
for name, (header, definition, _, _, _) in CASES.items():
    response = {"description": "d", "headers": {header: definition}, "content": {"application/json": {"schema": {}}}}
    paths[f"/{name}"] = {"get": {"responses": {"200": response}}}
schema = schemathesis.openapi.from_dict({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths})
load_all_checks()

same = True
for name, (header, _, lines, validity, want) in CASES.items():
    case = schema[f"/{name}"]["GET"].Case()
    response = case.call(base_url=url)
    got = "valid"
    try:
        case.validate_response(response, checks=[response_headers_conformance])
    except (Failure, FailureGroup):
        got = "invalid"
    print(f"{name}: {header} {lines or 'application/json'}, which is {validity}: {got}")
    same = same and got == want and response.status_code == 200
if not same:
    print("this is not what was seen")
sys.exit(0 if same else 1)
PY
venv/bin/python main.py
