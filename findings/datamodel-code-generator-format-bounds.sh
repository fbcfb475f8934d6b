#!/usr/bin/env bash
# datamodel-code-generator 0.89.0 (PyPI), with models for Pydantic 2.
#
# JSON Schema: format and maxLength, minLength and pattern are keywords beside each other, and an
# instance meets all. The generator writes maxLength for a string without a format, or with
# one that it does not know, and minimum beside int32. Beside email, uri, password, hostname,
# date and byte the type of the format takes the place of the bounds, and in allOf a bound
# beside a reference is dropped, so that a model accepts a password of one character where
# eight are asked for. There is no warning.
#
# Seen: bounds in two of nine fields.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check datamodel-code-generator==0.89.0
cat > main.py <<'PY'
import json
import re
import subprocess
import sys

properties = {
    "plain": {"type": "string", "maxLength": 30},
    "own": {"type": "string", "format": "x-own", "maxLength": 30},
    "email": {"type": "string", "format": "email", "maxLength": 30},
    "uri": {"type": "string", "format": "uri", "maxLength": 30},
    "hostname": {"type": "string", "format": "hostname", "maxLength": 30},
    "password": {"type": "string", "format": "password", "minLength": 30},
    "byte": {"type": "string", "format": "byte", "maxLength": 30},
    "date": {"type": "string", "format": "date", "pattern": "^30"},
    "code": {"allOf": [{"$ref": "#/components/schemas/Code"}, {"maxLength": 30}]},
}
schemas = {"Code": {"type": "string", "minLength": 2}, "Model": {"type": "object", "properties": properties}}
document = {"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {}, "components": {"schemas": schemas}}
with open("document.json", "w") as f:
    json.dump(document, f)
made = subprocess.run(
    ["venv/bin/datamodel-codegen", "--input", "document.json", "--input-file-type", "openapi", "--output-model-type", "pydantic_v2.BaseModel"],
    check=True, capture_output=True, text=True,
)
model = made.stdout.split("class Model(BaseModel):")[1]
fields = dict(re.findall(r"^    (\w+): (.*?)(?=^    \w+: |\Z)", model, re.S | re.M))
for name in properties:
    print(f"{name}: {' '.join(fields[name].split())}")
print("warnings about bounds:", [line for line in made.stderr.splitlines() if re.search("length|pattern|bound", line, re.I)])
bounded = {name for name in properties if "30" in fields[name]}
if set(fields) != set(properties) or bounded != {"plain", "own"}:
    sys.exit("this is not what was seen")
PY
venv/bin/python main.py
