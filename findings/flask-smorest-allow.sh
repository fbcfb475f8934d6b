#!/usr/bin/env bash
# flask-smorest 0.47.0 (PyPI), with Flask 3.1.3.
#
# RFC 9110 section 15.5.6: a response with status 405 must have a header Allow. Flask sends
# it; an Api of flask-smorest, which answers errors as JSON, takes only the headers that
# its own abort() was given, and loses those of Werkzeug's exception, also Retry-After of
# a TooManyRequests.
#
# Seen: 405 with Allow without flask-smorest, without it otherwise; the same for
# Retry-After.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check flask-smorest==0.47.0 Flask==3.1.3

cat >main.py <<'PY'
import sys
from flask import Flask
from flask_smorest import Api
from werkzeug.exceptions import TooManyRequests

def answers(wrapped):
    app = Flask("t")
    app.config.update(API_TITLE="t", API_VERSION="1", OPENAPI_VERSION="3.0.3")

    @app.get("/x")
    def x():
        raise TooManyRequests(retry_after=7)

    if wrapped:
        Api(app)
    client = app.test_client()
    return {h: (r.status_code, r.headers.get(h)) for h, r in [("Allow", client.delete("/x")), ("Retry-After", client.get("/x"))]}

same = True
for wrapped, want in [(False, {"Allow": 405, "Retry-After": 429}), (True, {})]:
    for header, (status, value) in answers(wrapped).items():
        print(f"{'with' if wrapped else 'without'} flask-smorest: {status}, {header}: {value}")
        same = same and (value is not None) == (header in want)
if not same:
    print("this is not what was seen")
sys.exit(0 if same else 1)
PY
venv/bin/python main.py
