#!/usr/bin/env bash
# flask-smorest 0.47.0 (PyPI), with Flask 3.1.3: @blp.paginate().
#
# OpenAPI 3.0.3, Header Object: with "schema", an object in a header is written in style
# simple (total,3,page,1); JSON is written where the header has "content". The document
# that the library makes has "schema" for X-Pagination, and the response has JSON, so it
# does not meet its own document.
#
# Seen: schema without content in the document, JSON in the header.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check flask-smorest==0.47.0 Flask==3.1.3

cat >main.py <<'PY'
import json, sys
from flask import Flask
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields

class Row(Schema):
    id = fields.Int()

app = Flask("t")
app.config.update(API_TITLE="t", API_VERSION="1", OPENAPI_VERSION="3.0.3")
blp = Blueprint("b", "b")

@blp.route("/rows")
@blp.response(200, Row(many=True))
@blp.paginate()
def rows(pagination_parameters):
    pagination_parameters.item_count = 3
    return [{"id": n} for n in range(3)]

api = Api(app)
api.register_blueprint(blp)
document = api.spec.to_dict()
header = document["paths"]["/rows"]["get"]["responses"]["200"]["headers"]["X-Pagination"]
if "$ref" in header:
    header = document["components"]["headers"][header["$ref"].split("/")[-1]]
sent = app.test_client().get("/rows").headers["X-Pagination"]
print("document:", json.dumps(header))
print("response:", sent)
same = "schema" in header and "content" not in header and json.loads(sent)["total"] == 3
if not same:
    print("this is not what was seen")
sys.exit(0 if same else 1)
PY
venv/bin/python main.py
