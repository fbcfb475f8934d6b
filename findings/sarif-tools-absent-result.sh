#!/usr/bin/env bash
# sarif-tools 3.0.5 (PyPI), "sarif --check LEVEL summary".
#
# SARIF 2.1.0 section 3.27.24, baselineState: "absent" marks a result that the baseline had
# and the present run has not. The tool counts it like one that is there: a run in which
# the last error was mended is told to have one, and --check error, which is there to
# fail a build, does.
#
# Seen: one error and exit code 1 for a result that is absent, as for one that is new;
# none and 0 for a result of level note.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check sarif-tools==3.0.5

status=0
while read -r state level want; do
	cat >report.sarif <<JSON
{"version": "2.1.0", "runs": [{
  "tool": {"driver": {"name": "t", "rules": [{"id": "R1"}]}},
  "results": [{"ruleId": "R1", "level": "$level", "baselineState": "$state", "message": {"text": "wrong total"},
    "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a.yaml"}, "region": {"startLine": 1}}}]}]
}]}
JSON
	code=0
	venv/bin/sarif --check error summary report.sarif >summary 2>&1 || code=$?
	got="$(sed -n 's/^error: *//p' summary | head -1) $code"
	echo "$state, $level: errors and exit code $got"
	if [ "$got" != "$want" ]; then echo "this is not what was seen"; status=1; fi
done <<'CASES'
absent error 1 1
new error 1 1
absent note 0 0
new note 0 0
CASES
exit $status
