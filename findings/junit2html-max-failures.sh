#!/usr/bin/env bash
# junit2html 31.1.4 (PyPI).
#
# --max-failures N: the help says that the exit code is not 0 if N or more cases failed,
# except with --merge. Two things differ. The exit code is the number of failed cases, of
# which POSIX keeps the lowest eight bits: 256 failed cases exit with 0. And the option
# does nothing where the command makes the page of one report, which is its plain use.
#
# Seen: with --summary-matrix and --max-failures 1, exit code 1 for one failed case, 255 for
# 255, 0 for 256, 1 for 257; without --summary-matrix 0 for all of them.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check junit2html==31.1.4

status=0
for n in 1 255 256 257; do
	{
		echo "<testsuites><testsuite name=\"s\" tests=\"$n\" failures=\"$n\" time=\"1\">"
		for i in $(seq "$n"); do echo "<testcase classname=\"c\" name=\"case $i\" time=\"1\"><failure message=\"m\"/></testcase>"; done
		echo "</testsuite></testsuites>"
	} >report.xml
	summary=0
	venv/bin/junit2html --summary-matrix --max-failures 1 report.xml >/dev/null || summary=$?
	page=0
	venv/bin/junit2html --max-failures 1 report.xml report.html || page=$?
	echo "$n failed cases: exit code $summary with the summary, $page with the page"
	if [ "$summary $page" != "$((n % 256)) 0" ]; then echo "this is not what was seen"; status=1; fi
done
exit $status
