#!/usr/bin/env bash
# mitmproxy 11.0.2 (PyPI), option hardump.
#
# HAR 1.2, content: size is the length of the returned content, equal to bodySize without
# compression and bigger with it; compression is what was saved. In a recording of a
# compressed answer mitmproxy writes the length on the wire as size, beside the text that
# it has decoded: size is less than the text has bytes, and size less compression, which
# is how one gets at the length on the wire, is below zero.
#
# Seen: an answer of 1000 bytes that were compressed has a size below 100, like bodySize,
# and size and compression give 1000; one that was not compressed has size 1000.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check mitmproxy==11.0.2
cat > main.py <<'PY'
import gzip
import json
import subprocess
import sys

from mitmproxy import http, io
from mitmproxy.test import tflow

body = b"x" * 1000


def flow(coding, raw):
    headers = {"Content-Type": "text/plain", "Content-Length": str(len(raw))}
    if coding:
        headers["Content-Encoding"] = coding
    f = tflow.tflow(req=http.Request.make("GET", "http://localhost/x"), resp=http.Response.make(200, b"", headers))
    f.response.raw_content = raw
    return f


with open("flows", "wb") as out:
    writer = io.FlowWriter(out)
    writer.add(flow("gzip", gzip.compress(body)))
    writer.add(flow("", body))
subprocess.run([sys.argv[1], "--set", "confdir=conf", "-nr", "flows", "--set", "hardump=out.har"], check=True, stdout=subprocess.DEVNULL)
packed, plain = (e["response"] for e in json.load(open("out.har"))["log"]["entries"])
for name, r in (("gzip", packed), ("plain", plain)):
    c = r["content"]
    print(f"{name}: bodySize {r['bodySize']}, size {c['size']}, compression {c.get('compression')}, text of {len(c['text'])} bytes")
c = packed["content"]
seen = len(c["text"]) == 1000 and c["size"] == packed["bodySize"] < 100 and c["size"] + c["compression"] == 1000
if not seen or plain["content"]["size"] != 1000:
    sys.exit("this is not what was seen")
PY
venv/bin/python main.py venv/bin/mitmdump
