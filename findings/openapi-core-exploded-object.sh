#!/usr/bin/env bash
# openapi-core 0.23.1 (PyPI), with the requests of Werkzeug 3.1.9.
#
# OpenAPI 3.0.3 and 3.1.0, Parameter Object: a parameter of the query that is an object
# is written by default (style form, explode true) as one pair for each member,
# ?a=1&b=2; its own name does not occur. Here such a parameter is looked for by its name:
# a required one is always missing, and the members of an optional one are not checked.
# In the form that has the name (explode: false, ?p=a,1) the members are checked.
#
# Seen: ?a=1 is refused for a required p, ?a=text is valid for an optional one.
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
from openapi_core.exceptions import OpenAPIError
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request


def document(version, required, explode):
    schema = {"type": "object", "properties": {"a": {"type": "integer"}}}
    parameter = {"name": "p", "in": "query", "required": required, "explode": explode, "schema": schema}
    operation = {"parameters": [parameter], "responses": {"204": {"description": "done"}}}
    return {"openapi": version, "info": {"title": "t", "version": "1"}, "paths": {"/x": {"get": operation}}}


def judge(version, required, explode, query):
    request = Request(EnvironBuilder("/x", query_string=query).get_environ())
    try:
        OpenAPI.from_dict(document(version, required, explode)).validate_request(WerkzeugOpenAPIRequest(request))
        return "valid"
    except OpenAPIError as e:
        return type(e).__name__


seen = True
for version in ("3.0.3", "3.1.0"):
    for required, explode, query, want in (
        (True, True, "a=1", "MissingRequiredParameter"),  # valid by the specification
        (False, True, "a=text", "valid"),  # not valid by it
        (True, False, "p=a,1", "valid"),
        (False, False, "p=a,text", "ParameterValidationError"),
    ):
        got = judge(version, required, explode, query)
        print(f"{version}, required {required}, explode {explode}: ?{query}: {got}")
        seen = seen and got == want
if not seen:
    sys.exit("this is not what was seen")
PY
venv/bin/python main.py
