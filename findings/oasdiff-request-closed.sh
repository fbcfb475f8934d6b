#!/usr/bin/env bash
# github.com/oasdiff/oasdiff v1.37.0, "oasdiff breaking".
#
# A request body that took further members and takes none any more
# (additionalProperties: false) refuses requests that were accepted. It is not
# among the breaking changes, whether as error or as warning. Nor is a member that
# may no longer be null when "not" says so. A maxLength that is new is.
#
# Seen: no change for the first two, an error for the third.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
GOBIN=$dir go install github.com/oasdiff/oasdiff@v1.37.0 >/dev/null 2>&1

document() {
	cat <<YAML
openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /x:
    post:
      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {a: $2}, $1}}}}
      responses: {"204": {description: done}}
YAML
}
document 'title: t' '{type: [string, "null"]}' > base.yaml
document 'additionalProperties: false' '{type: [string, "null"]}' > closed.yaml
document 'title: t' '{type: [string, "null"], not: {type: "null"}}' > notnull.yaml
document 'title: t' '{type: [string, "null"], maxLength: 3}' > short.yaml

status=0
for name in closed notnull short; do
	n=$(./oasdiff breaking base.yaml $name.yaml --format singleline | grep -c '^\(error\|warning\)' || true)
	echo "$name: $n breaking changes"
	want=0
	if [ "$name" = short ]; then want=1; fi
	if [ "$n" != "$want" ]; then echo "this is not what was seen"; status=1; fi
done
exit $status
