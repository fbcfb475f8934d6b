#!/usr/bin/env bash
# openapi-core 0.23.1 (PyPI), with the requests of Werkzeug 3.1.9.
#
# OpenAPI 3.0.3 and 3.1.0, Parameter Object, Style Examples: a list in style
# spaceDelimited is written ?p=1%202, where %20 is a space in the encoding of URLs. Here
# the value is split at the three characters "%20" after it was decoded: the list that
# the specification shows is one item, and only one that is encoded twice is a list.
# pipeDelimited, ?p=1%7C2, is read as it should be.
#
# Seen: 1%202 is no list of integers, 1%25202 is one, and so is 1%7C2 with pipes.
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
from openapi_core.contrib.werkzeug import WerkzeugOpenAPIRequest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request


def read(style, query):
    schema = {"type": "array", "items": {"type": "integer"}}
    parameter = {"name": "p", "in": "query", "style": style, "explode": False, "schema": schema}
    operation = {"parameters": [parameter], "responses": {"204": {"description": "done"}}}
    document = {"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {"/x": {"get": operation}}}
    request = Request(EnvironBuilder("/x", query_string=query).get_environ())
    result = OpenAPI.from_dict(document).unmarshal_request(WerkzeugOpenAPIRequest(request))
    return type(result.errors[0]).__name__ if result.errors else result.parameters.query["p"]


seen = True
for style, query, want in (
    ("spaceDelimited", "p=1%202", "ParameterValidationError"),  # [1, 2] by the specification
    ("spaceDelimited", "p=1%25202", [1, 2]),
    ("pipeDelimited", "p=1%7C2", [1, 2]),
    ("form", "p=1,2", [1, 2]),
):
    got = read(style, query)
    print(f"{style}: ?{query}: {got}")
    seen = seen and got == want
if not seen:
    sys.exit("this is not what was seen")
PY
venv/bin/python main.py
