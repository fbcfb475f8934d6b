#!/usr/bin/env bash
# github.com/oasdiff/oasdiff v1.37.0, "oasdiff breaking" and "oasdiff changelog".
#
# OpenAPI 3.0.3, Parameter Object, style and explode: with explode a list is ?p=a&p=b,
# without it ?p=a,b, with style pipeDelimited ?p=a%7Cb. A server that changes from one to
# another reads the requests of its present clients as other values, or refuses them. None
# of these changes is among the breaking ones or in the changelog, whose last line says
# that the documents differ. A parameter that becomes required is in both.
#
# Seen: no change for the first two and exit code 0, one change for the third and 1.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
GOBIN=$dir go install github.com/oasdiff/oasdiff@v1.37.0 >/dev/null 2>&1

document() {
	cat <<YAML
openapi: 3.0.3
info: {title: t, version: "1"}
paths:
  /x:
    get:
      parameters: [{name: p, in: query, schema: {type: array, items: {type: string}}, $1}]
      responses: {"204": {description: done}}
YAML
}
document 'explode: true' >base.yaml
document 'explode: false' >commas.yaml
document 'style: pipeDelimited, explode: false' >pipes.yaml
document 'explode: true, required: true' >required.yaml

status=0
for name in commas pipes required; do
	code=0
	./oasdiff breaking base.yaml $name.yaml --fail-on WARN --format singleline >breaking || code=$?
	breaking=$(grep -c '^\(error\|warning\)' breaking || true)
	all=$(./oasdiff changelog base.yaml $name.yaml --format singleline | grep -c '^\(error\|warning\|info\)' || true)
	echo "$name: $breaking breaking changes, exit code $code, $all lines of the changelog"
	want="0 0 0"
	if [ "$name" = required ]; then want="1 1 1"; fi
	if [ "$breaking $code $all" != "$want" ]; then echo "this is not what was seen"; status=1; fi
done
exit $status
