#!/usr/bin/env bash
# fastapi 0.165.0 with starlette 1.10.0, and litestar 2.25.0 (PyPI).
#
# RFC 9110 section 10.2.1 (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.1): Allow lists
# the methods of the target resource, and section 15.5.6 wants all that it supports in a
# response with status 405. The resource /x below has GET, POST and DELETE, as the document of
# either framework says. FastAPI names the method of the route that was declared first;
# Litestar has all of them with 405, and for OPTIONS those of one function only. Clients and
# gateways that follow Allow never send the others, and a test that compares it with the
# document fails by the order of declarations.
#
# Seen: FastAPI has GET, and POST if that is declared first; with one route for all three
# methods it has all. Litestar has three and OPTIONS with 405, and one and OPTIONS with 204.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check fastapi==0.165.0 starlette==1.10.0 litestar==2.25.0 httpx==0.28.1

cat >main.py <<'PY'
import asyncio
import logging
import sys
import warnings

import fastapi
import httpx
import litestar

logging.disable()
warnings.simplefilter("ignore")  # of a route with three methods: one operationId
METHODS = ["GET", "POST", "DELETE"]


def with_fastapi(*routes):
    app = fastapi.FastAPI()
    for methods in routes:
        app.add_api_route("/x", lambda: 1, methods=methods)
    return app, app.openapi()["paths"]["/x"]


def with_litestar():
    @litestar.get("/x", sync_to_thread=False)
    def read() -> int:
        return 1

    @litestar.post("/x", sync_to_thread=False)
    def create() -> int:
        return 1

    @litestar.delete("/x", sync_to_thread=False)
    def remove() -> None:
        return None

    app = litestar.Litestar([read, create, remove])
    return app, app.openapi_schema.to_schema()["paths"]["/x"]


async def allow(app, method):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        response = await client.request(method, "/x")
    return response.status_code, sorted(m.strip() for m in response.headers["Allow"].split(","))


same = True
for name, (app, operations), method, status, want in [
    ("fastapi, GET first", with_fastapi(["GET"], ["POST"], ["DELETE"]), "PUT", 405, ["GET"]),
    ("fastapi, POST first", with_fastapi(["POST"], ["GET"], ["DELETE"]), "PUT", 405, ["POST"]),
    ("fastapi, one route", with_fastapi(METHODS), "PUT", 405, METHODS),
    ("litestar", with_litestar(), "PUT", 405, [*METHODS, "OPTIONS"]),
    ("litestar", with_litestar(), "OPTIONS", 204, ["GET", "OPTIONS"]),
]:
    got = asyncio.run(allow(app, method))
    print(f"{name}: document {sorted(operations)}; {method}: {got[0]}, Allow: {', '.join(got[1])}")
    same = same and got == (status, sorted(want)) and sorted(operations) == ["delete", "get", "post"]
if not same:
    print("this is not what was seen")
sys.exit(0 if same else 1)
PY
venv/bin/python main.py
