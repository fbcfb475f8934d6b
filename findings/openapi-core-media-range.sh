#!/usr/bin/env bash
# openapi-core 0.23.1 (PyPI), with the answers of Werkzeug 3.1.9.
#
# OpenAPI 3.0.3 and 3.1.0, Response Object, content: a key is a media type or a media type
# range, and the schema below application/* describes an answer of application/json as
# it does below application/json. Here the range is found, but the body is decoded by
# the key and not by what was sent: its bytes are compared with the schema, and no JSON
# meets it.
#
# Seen: {"a": 1} is valid below application/json, and not an object below application/*.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openapi-core==0.23.1 openapi-schema-validator==0.8.1 werkzeug==3.1.9
cat > main.py <<'PY'
import sys

from openapi_core import OpenAPI
from openapi_core.contrib.werkzeug import WerkzeugOpenAPIRequest, WerkzeugOpenAPIResponse
from openapi_core.exceptions import OpenAPIError
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response


def judge(version, key, body):
    schema = {"type": "object", "properties": {"a": {"type": "integer"}}}
    responses = {"200": {"description": "d", "content": {key: {"schema": schema}}}}
    document = {"openapi": version, "info": {"title": "t", "version": "1"}, "paths": {"/x": {"get": {"responses": responses}}}}
    request = WerkzeugOpenAPIRequest(Request(EnvironBuilder("/x").get_environ()))
    response = WerkzeugOpenAPIResponse(Response(body, status=200, content_type="application/json"))
    try:
        OpenAPI.from_dict(document).validate_response(request, response)
        return "valid"
    except OpenAPIError as e:
        print("  ", e)
        return type(e).__name__


seen = True
for version in ("3.0.3", "3.1.0"):
    for key, body, want in (
        ("application/*", '{"a": 1}', "InvalidData"),  # valid by the specification
        ("application/json", '{"a": 1}', "valid"),
        ("application/json", '{"a": "text"}', "InvalidData"),
    ):
        got = judge(version, key, body)
        print(f"{version}, {key}: {body}: {got}")
        seen = seen and got == want
if not seen:
    sys.exit("this is not what was seen")
PY
venv/bin/python main.py
