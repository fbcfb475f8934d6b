#!/usr/bin/env bash
# The work of the action: runs the command, writes the summary of the job and the
# outputs, and ends with the command's exit code.
#
# Inputs come as BASE_URL, BINARY, SAFETY, CONFIRM_HOST, STRICT, NO_KEY,
# ALLOW_PARTIAL, LABEL_FILTER, ARGUMENTS and REPORT_DIR; TestAction of
# suites/cmd/hostup-conformance runs the
# action without GitHub.
set -euo pipefail

summary=${GITHUB_STEP_SUMMARY:-/dev/null}
output=${GITHUB_OUTPUT:-/dev/null}
report=${REPORT_DIR:-reports}

# A line break in a value would begin another command to the runner.
usage() {
  local text=${1//'%'/%25}
  text=${text//$'\r'/%0D}
  echo "::error title=hostup-conformance::${text//$'\n'/%0A}"
  echo "exit-code=2" >>"$output"
  exit 2
}

# An input that is empty because a secret or variable is not set must not turn
# into a green run against the reference server.
[ -n "${BASE_URL:-}" ] || usage "base-url is empty: name the target, or \"embedded\" for the reference server"
boolean() { case $2 in true | false) ;; *) usage "$1 is \"$2\": want true or false" ;; esac }
boolean strict "${STRICT:-false}"
boolean no-key "${NO_KEY:-false}"
boolean allow-partial "${ALLOW_PARTIAL:-false}"

command -v "${BINARY:-}" >/dev/null || usage "binary is \"${BINARY:-}\": want the path of the command"

# Variables that the job leaves empty (secrets that are not set) count as not
# given; the command sees to that. Only what would redirect the run is cleared.
unset HOSTUP_BASE_URL HOSTUP_SAFETY HOSTUP_STRICT HOSTUP_REPORT_DIR HOSTUP_LABEL_FILTER HOSTUP_CONFIRM_HOST \
  HOSTUP_OPERATION HOSTUP_NO_KEY HOSTUP_ALLOW_PARTIAL

args=(run --safety "${SAFETY:-read-only}" "--strict=${STRICT:-false}" "--no-key=${NO_KEY:-false}" "--allow-partial=${ALLOW_PARTIAL:-false}" --report-dir "$report")
[ "$BASE_URL" = embedded ] || args+=(--base-url "$BASE_URL")
[ -z "${CONFIRM_HOST:-}" ] || args+=(--confirm-host "$CONFIRM_HOST")
[ -z "${LABEL_FILTER:-}" ] || args+=(--label-filter "$LABEL_FILTER")
while IFS= read -r line; do
  [ -z "$line" ] || args+=("$line")
done <<<"${ARGUMENTS:-}"

# The report of an earlier step may be there, and a run that is refused writes none; it
# may have removed that one.
fingerprint() { if [ -f "$report/report.json" ]; then cksum <"$report/report.json"; fi; }
earlier=$(fingerprint)

log=$(mktemp)
trap 'rm -f "$log"' EXIT
code=0
# What a target answers is told below, and must not command the runner.
pause=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$pause"
"$BINARY" "${args[@]}" 2>&1 | tee "$log" || code=${PIPESTATUS[0]}
printf '\n::%s::\n' "$pause" # the last line of the log may not have ended

verdict=
if [ -f "$report/report.json" ] && [ "$(fingerprint)" != "$earlier" ]; then
  verdict=$(sed -n 's/^ *"verdict": *"\([a-z-]*\)".*/\1/p' "$report/report.json" | head -n 1)
fi
{
  echo "exit-code=$code"
  echo "verdict=$verdict"
} >>"$output"

# A fence that is longer than every one in the log: what a target answers must not
# end the block and go on as Markdown.
fence=$({ LC_ALL=C grep -ao '~~*' "$log" || true; } | LC_ALL=C awk '{ if (length > n) n = length } END { for (f = "~~~"; length(f) <= n; ) f = f "~"; print f }')

# Annotations of the run and the summary of the job. A run that was refused has
# no report; then its messages are the summary.
{
  if [ -n "$verdict" ]; then
    "$BINARY" report "$report/report.json" --format summary
  else
    echo "## Nothing was tested (exit code $code)"
    echo
    echo "${fence}text"
    head -c 60000 "$log"
    echo
    echo "$fence"
  fi
} >>"$summary"
[ -z "$verdict" ] || "$BINARY" report "$report/report.json" --format github

why=
[ "$code" -ne 3 ] || why=" (the target cannot be reached, or too little was tested)"
[ "$code" -eq 0 ] || echo "::error title=hostup-conformance::exit code $code$why, see the summary of the job and the uploaded reports"
exit "$code"
