#!/usr/bin/env bash
# litestar 2.25.0, connexion 3.3.0 and fastapi 0.165.0 (PyPI).
#
# OpenAPI 3.0.3 and 3.1.0, Parameter Object, style
# (https://spec.openapis.org/oas/v3.1.0#parameter-object): the default for a header is "simple", so a
# list of 1 and 2 is "1,2". RFC 9110 section 5.3: two lines of a header mean the same as one
# with a comma in between, and a proxy may make one of them. Litestar makes a document with
# such a list, connexion takes one, and both compare the text as it came with the type
# array: no value of the header can be valid, in one line or two. FastAPI makes such a
# document, too, and takes one line for each item, but not the line that its document
# describes. A client that is generated from the document sends what the server refuses.
#
# Seen: "1,2", two lines, and "1" are refused by Litestar and connexion with 400; FastAPI
# refuses the first with 422 and reads the others. Without the header all are content.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check litestar==2.25.0 connexion==3.3.0 fastapi==0.165.0 httpx==0.28.1

cat >main.py <<'PY'
import asyncio
import logging
import sys
from typing import Annotated

import connexion
import fastapi
import httpx
import litestar
from litestar.params import Parameter

logging.disable()
LIST = {"type": "array", "items": {"type": "integer"}}


def with_litestar():
    @litestar.get("/x", sync_to_thread=False)
    def handler(x_list: Annotated[list[int] | None, Parameter(header="X-List")] = None) -> dict[str, list[int] | None]:
        return {"list": x_list}

    app = litestar.Litestar([handler])
    return app, app.openapi_schema.to_schema()


def with_fastapi():
    app = fastapi.FastAPI()

    @app.get("/x")
    def handler(x_list: Annotated[list[int] | None, fastapi.Header()] = None):
        return {"list": x_list}

    return app, app.openapi()


def handler():
    return {"list": None}


def with_connexion():
    parameter = {"name": "X-List", "in": "header", "schema": LIST}
    responses = {"200": {"description": "d", "content": {"application/json": {"schema": {}}}}}
    operation = {"operationId": "main.handler", "parameters": [parameter], "responses": responses}
    document = {"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {"/x": {"get": operation}}}
    app = connexion.AsyncApp("main")
    app.add_api(document)
    return app, document


async def statuses(app):
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        spellings = [[("X-List", "1,2")], [("X-List", "1"), ("X-List", "2")], [("X-List", "1")], []]
        return [(await client.get("/x", headers=headers)).status_code for headers in spellings]


def documented(document):
    """Whether the header is a list of integers, or nothing, without a style."""
    (parameter,) = document["paths"]["/x"]["get"]["parameters"]
    schema = parameter["schema"]
    lists = [s for s in schema.get("anyOf", schema.get("oneOf", [schema])) if s["type"] == "array"]
    return parameter["in"] == "header" and "style" not in parameter and lists == [LIST]


if __name__ == "__main__":
    same = True
    for name, (app, document), want in [
        ("litestar", with_litestar(), [400, 400, 400, 200]),
        ("connexion", with_connexion(), [400, 400, 400, 200]),
        ("fastapi", with_fastapi(), [422, 200, 200, 200]),
    ]:
        got = asyncio.run(statuses(app))
        print(f"{name}: a list without style in the document: {documented(document)};", end=" ")
        print("'1,2': %d, '1' and '2': %d, '1': %d, no header: %d" % tuple(got))
        same = same and got == want and documented(document)
    if not same:
        print("this is not what was seen")
    sys.exit(0 if same else 1)
PY
venv/bin/python main.py
