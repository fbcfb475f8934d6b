#!/usr/bin/env bash
# waitress 3.0.2 (PyPI), a WSGI server, with an application that answers HEAD as GET.
#
# RFC 9110 section 9.3.2: a server must not send content in the response to HEAD. This one
# sends what the application returns (a view of Django REST framework that has GET returns
# the same for HEAD), and the next response on the connection seems to begin with it.
#
# Seen: 5 bytes follow the headers of the response to HEAD.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check waitress==3.0.2

cat >main.py <<'PY'
import socket, sys, threading
from waitress import create_server

def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]

server = create_server(app, host="127.0.0.1", port=0)
threading.Thread(target=server.run, daemon=True).start()

def content(method):
    with socket.create_connection(("127.0.0.1", server.effective_port), timeout=20) as s:
        s.sendall(f"{method} / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: s.recv(4096), b"")).split(b"\r\n\r\n", 1)[1]

same = True
for method, want in [("HEAD", b"hello"), ("GET", b"hello")]:  # nothing for HEAD by RFC 9110
    got = content(method)
    print(f"{method}: after the headers {got!r}")
    same = same and got == want
if not same:
    print("this is not what was seen")
sys.exit(0 if same else 1)
PY
venv/bin/python main.py
