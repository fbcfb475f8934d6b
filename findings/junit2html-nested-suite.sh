#!/usr/bin/env bash
# junit2html 31.1.4 (PyPI).
#
# The schema of Jenkins for JUnit reports (jenkins-junit.xsd) lets a testsuite hold
# testsuites, and several runners write one for a package and one for each class in it.
# The cases of an inner suite occur neither in the page nor in the summary, and with
# --max-failures 1, which is there to fail a build, a report whose only case failed exits
# with 0. The same suite is shown, and fails the build, if it is not nested.
#
# Seen: exit code 0 and no "Failed" for the nested suite, 1 and one without nesting.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check junit2html==31.1.4

case='<testcase classname="c" name="total" time="1"><failure message="wrong total"/></testcase>'
suite="<testsuite name=\"inner\" tests=\"1\" failures=\"1\" time=\"1\">$case</testsuite>"
echo "<testsuites>$suite</testsuites>" >flat.xml
echo "<testsuites><testsuite name=\"outer\" tests=\"1\" failures=\"1\" time=\"1\">$suite</testsuite></testsuites>" >nested.xml

status=0
for name in flat nested; do
	code=0
	venv/bin/junit2html --summary-matrix --max-failures 1 $name.xml >summary || code=$?
	failed=$(grep -c 'Failed  *: *1' summary || true)
	venv/bin/junit2html $name.xml $name.html
	page=0
	if grep -q 'wrong total' $name.html; then page=1; fi
	echo "$name: exit code $code, failed cases in the summary $failed, in the page $page"
	want="1 1 1"
	if [ $name = nested ]; then want="0 0 0"; fi
	if [ "$code $failed $page" != "$want" ]; then echo "this is not what was seen"; status=1; fi
done
exit $status
