#!/usr/bin/env bash
# Tests the scripts of the action without GitHub: test.sh [BINARY]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
pids=()
clean() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap clean EXIT
cd "$work"

binary=${1:-$work/hostup-conformance}
if [ $# -eq 0 ]; then
  (cd "$here/../../.." && go build -o "$binary" ./suites/cmd/hostup-conformance)
fi

failed=0
passed=0
# check WHAT COMMAND...
check() {
  local what=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAIL: $what" >&2
  fi
}

# act NAME INPUT=value...: runs the action's script as GitHub would
act() {
  local name=$1
  shift
  code=0
  mkdir -p "$work/$name"
  (cd "$work/$name" && env GITHUB_STEP_SUMMARY="$work/$name/summary" GITHUB_OUTPUT="$work/$name/output" RUNNER_TEMP="$work" \
    BINARY="$binary" "$@" bash "$here/run.sh") >"$work/$name/log" 2>&1 || code=$?
  touch "$work/$name/summary" "$work/$name/output"
}

# serve [FAULT]: starts a reference server at $url; a run needs $variables
serve() {
  mapfile -t variables < <("$here/serve.sh" "$binary" "${1:-}")
  for v in "${variables[@]}"; do
    case $v in
    SERVE_PID=*) pids+=("${v#SERVE_PID=}") ;;
    SERVE_URL=*) url=${v#SERVE_URL=} ;;
    esac
  done
  [ ${#variables[@]} -gt 5 ]
}

check "serve starts" serve
act clean BASE_URL="$url" SAFETY=pay "${variables[@]}"
check "a clean server is green" [ $code -eq 0 ]
check "verdict is an output" grep -Eqx 'verdict=(conformant|partial)' clean/output
check "exit code is an output" grep -qx 'exit-code=0' clean/output
check "there is a summary" grep -Eq '^## .*(Conformant|Partial)' clean/summary
check "there is a JUnit file" test -s clean/reports/junit.xml
check "no key in summary and log" bash -c '! grep -q "hostup-ref-key" clean/summary clean/log'

check "serve starts with a fault" serve activity-row-amount-text
act broken BASE_URL="$url" SAFETY=pay "${variables[@]}"
check "a broken server is red" [ $code -eq 1 ]
check "its verdict is an output" grep -qx 'verdict=non-conformant' broken/output
check "its summary names the rule" grep -q 'ACT-ROW-002' broken/summary
check "its log has an annotation" grep -q '^::error ' broken/log

act filtered BASE_URL="$url" LABEL_FILTER=CARD-READ-001 ARGUMENTS=$'--request-timeout\n5s' "${variables[@]}"
check "a filter and further flags reach the command" [ $code -eq 0 ]

act empty BASE_URL=
check "an empty base URL is no run against the reference server" [ $code -eq 2 ]
check "and says so" grep -q 'base-url is empty' empty/log

act embedded BASE_URL=embedded LABEL_FILTER=CARD-READ-001 HOSTUP_BASE_URL=http://127.0.0.1:1
check "the environment does not redirect a run" [ $code -eq 0 ]

act strict BASE_URL=embedded STRICT=yes
check "strict is true or false" [ $code -eq 2 ]

act usage BASE_URL=embedded SAFETY=none
check "what the command refuses is red" [ $code -eq 2 ]
check "its summary says so" grep -q '^## Nothing was tested (exit code 2)' usage/summary
check "with its code as output" grep -qx 'exit-code=2' usage/output

act away BASE_URL=http://127.0.0.1:1 HOSTUP_API_KEY=k
check "a target that is away is red" [ $code -eq 3 ]

if [ $failed -gt 0 ]; then
  for log in */log; do
    echo "--- $log" >&2
    tail -n 15 "$log" >&2
  done
fi
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
