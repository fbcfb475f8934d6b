#!/usr/bin/env bash
# github.com/oasdiff/oasdiff v1.37.0, "oasdiff breaking" and "oasdiff changelog".
#
# A server that takes application/vnd.api+json in the place of application/json may
# answer 415 to every request that it accepted (RFC 9110 section 15.5.16). Where the new
# name ends in +json the change is not among the breaking ones, and for the request
# body the changelog has nothing at all, not even an info; the same change of an
# answer is an info there. application/xml in the place of application/json is two errors.
#
# Seen: no lines about the request for the first, one for the second.
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
    post:
      requestBody: {required: true, content: {$1: {schema: {type: object}}}}
      responses: {"204": {description: done}}
YAML
}
document application/json >base.yaml
document application/vnd.api+json >suffix.yaml
document application/xml >xml.yaml

status=0
for name in suffix xml; do
	breaking=$(./oasdiff breaking base.yaml $name.yaml --format singleline | grep -c '^\(error\|warning\)' || true)
	all=$(./oasdiff changelog base.yaml $name.yaml --format singleline | grep -c 'request body' || true)
	echo "$name: $breaking breaking changes, $all lines of the changelog about the request body"
	want="0 0"
	if [ "$name" = xml ]; then want="1 2"; fi
	if [ "$breaking $all" != "$want" ]; then echo "this is not what was seen"; status=1; fi
done
exit $status
