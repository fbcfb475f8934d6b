#!/usr/bin/env bash
# serve.sh BINARY [FAULT]: starts the reference server in the background on a free
# port and prints, as NAME=value, the variables that a run against it needs,
# SERVE_URL and SERVE_PID. There is no HOSTUP_BASE_URL: the target is an input.
set -euo pipefail

binary=$1 fault=${2:-}
log=$(mktemp)
args=(serve --addr 127.0.0.1:0)
[ -z "$fault" ] || args+=(--fault "$fault")
"$binary" "${args[@]}" >"$log" 2>"$log.err" &
pid=$!
# It listens before it prints; HOSTUP_CARD_ID is the last line.
for _ in $(seq 600); do
  if grep -q '^HOSTUP_CARD_ID=' "$log"; then
    sed 's/^HOSTUP_BASE_URL=/SERVE_URL=/' "$log"
    echo "SERVE_PID=$pid"
    exit 0
  fi
  kill -0 "$pid" 2>/dev/null || break
  sleep 0.1
done
cat "$log.err" >&2
echo "the reference server does not start" >&2
kill "$pid" 2>/dev/null || true
exit 1
