#!/usr/bin/env bash
# github.com/jstemmer/go-junit-report/v2 v2.1.0, "-parser gojson".
#
# go test -json (https://pkg.go.dev/cmd/test2json) tells a result as an event with the action
# pass, fail or skip and the name of the test; what a test printed is an event with the action
# output, which says nothing of a result. Go keeps the two apart since 1.20, also if a
# test prints "--- FAIL: TestX", as tests of test runners, reporters and command-line tools do.
# The reader of that format looks for results in the printed text all the same. The
# report of a package that passes has a failure of a test that does not exist, and with
# -set-exit-code, which is there for CI, the command exits with 1.
#
# Seen: go test exits with 0 and has one test; the report has two and a failure, and its exit
# code is 1. For "FAIL: TestOther" without the hyphens it has one test, no failure and 0.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
GOBIN=$dir go install github.com/jstemmer/go-junit-report/v2@v2.1.0 >/dev/null 2>&1
go mod init finding >/dev/null 2>&1

status=0
while IFS=, read -r text tests code; do
	cat >a_test.go <<GO
package finding

import (
	"fmt"
	"testing"
)

func TestPrints(*testing.T) { fmt.Println("$text TestOther (0.00s)") }
GO
	passed=0
	go test -json . >events || passed=$?
	results=$(grep -c '"Action":"\(pass\|fail\|skip\)".*"Test":' events || true)
	got=0
	./go-junit-report -parser gojson -set-exit-code <events >report.xml || got=$?
	cases=$(grep -c '<testcase ' report.xml || true)
	failed=$(grep -B1 '<failure' report.xml | sed -n 's/.*<testcase name="\([^"]*\)".*/\1/p' || true)
	echo "printed \"$text\": go test: $results result, exit code $passed; report: $cases tests, failed: ${failed:-none}, exit code $got"
	want=
	if [ "$code" = 1 ]; then want=TestOther; fi
	if [ "$passed $results $cases $failed $got" != "0 1 $tests $want $code" ]; then echo "this is not what was seen"; status=1; fi
done <<'CASES'
--- FAIL:,2,1
FAIL:,1,0
CASES
exit $status
