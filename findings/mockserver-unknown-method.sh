#!/usr/bin/env bash
# org.mock-server:mockserver-netty-no-dependencies 5.15.0 (Maven Central).
#
# RFC 9110, section 9.1: a request method that a server does not recognize is answered with
# 501; section 9: methods are extensible. MockServer decides by the first letters of what
# arrives whether that is HTTP, and knows the usual methods. Whatever else begins a request
# (PROPFIND, QUERY, a method of one's own) is answered with a sentence in place of HTTP: no
# status line, no header. Clients report a broken connection, and a mock of a WebDAV server
# cannot be had.
#
# Seen: GET and DELETE get a status line; PROPFIND, QUERY and PURGE get the sentence.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; wait; rm -rf "$dir"' EXIT
cd "$dir"
mvn -q -B dependency:copy -Dartifact=org.mock-server:mockserver-netty-no-dependencies:5.15.0 -DoutputDirectory=. >/dev/null 2>&1
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
java -jar mockserver-netty-no-dependencies-5.15.0.jar -serverPort "$port" -logLevel ERROR >log 2>&1 &
pid=$!
cat > main.py <<'PY'
import socket, sys, time

port = int(sys.argv[1])
for _ in range(600):
    try:
        socket.create_connection(("127.0.0.1", port)).close()
        break
    except OSError:
        time.sleep(0.1)

seen = True
for method, http in [("GET", True), ("DELETE", True), ("PROPFIND", False), ("QUERY", False), ("PURGE", False)]:
    s = socket.create_connection(("127.0.0.1", port), timeout=30)
    s.sendall(f"{method} /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    answer = b""
    while part := s.recv(4096):
        answer += part
    print(f"{method}: {answer[:60]!r}")
    seen &= answer.startswith(b"HTTP/1.1 404") if http else answer.startswith(b"unknown message format")
if not seen:
    print("this is not what was seen")
    sys.exit(1)
PY
python3 main.py "$port"
