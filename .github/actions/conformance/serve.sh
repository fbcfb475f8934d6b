#!/usr/bin/env bash
# serve.sh BINARY ADDRESS [FAULT]: starts the reference server in the background
# and, once it answers, prints the variables that a run against it needs, as
# NAME=value, and SERVE_PID. The base URL is left out: it is an input.
set -euo pipefail

binary=$1 address=$2 fault=${3:-}
log=$(mktemp)
args=(serve --addr "$address")
[ -z "$fault" ] || args+=(--fault "$fault")
"$binary" "${args[@]}" >"$log" 2>"$log.err" &
pid=$!
for _ in $(seq 100); do
  # any answer will do, 401 too
  if curl --silent --output /dev/null --max-time 2 "http://$address/api/v2/billing/cards"; then
    grep -v '^HOSTUP_BASE_URL=' "$log"
    echo "SERVE_PID=$pid"
    exit 0
  fi
  kill -0 "$pid" 2>/dev/null || break
  sleep 0.1
done
cat "$log.err" >&2
echo "the reference server does not answer at $address" >&2
kill "$pid" 2>/dev/null || true
exit 1
