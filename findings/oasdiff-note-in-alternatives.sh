#!/usr/bin/env bash
# github.com/oasdiff/oasdiff v1.37.0, "oasdiff breaking".
#
# A description is a note, which neither allows nor refuses anything. One that changes in a
# schema of the components is no breaking change, and oasdiff says so where one alternative
# of a oneOf refers to the schema. Where two do, both alternatives count as removed and as
# added: an error for the request and one for the response, and --fail-on ERR fails.
#
# Seen: no change with one alternative, request-body-one-of-removed and
# response-body-one-of-added as errors with two.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
cd "$dir"
GOBIN=$dir go install github.com/oasdiff/oasdiff@v1.37.0 >/dev/null 2>&1

# document DESCRIPTION TYPE: the second alternative has a property of this type.
document() {
	cat <<YAML
openapi: 3.0.3
info: {title: parcels, version: "1"}
paths:
  /parcels:
    post:
      requestBody: {required: true, content: {application/json: {schema: &parcel {oneOf: [
        {type: object, required: [kind, box], properties: {kind: {type: string, enum: [box]}, box: {\$ref: "#/components/schemas/Name"}}},
        {type: object, required: [kind, tube], properties: {kind: {type: string, enum: [tube]}, tube: $2}}]}}}}
      responses: {"200": {description: sent, content: {application/json: {schema: *parcel}}}}
components:
  schemas:
    Name: {type: string, description: $1}
YAML
}
name='{$ref: "#/components/schemas/Name"}'
document 'what is on it' '{type: string}' > one-old.yaml
document 'the name on it' '{type: string}' > one-new.yaml
document 'what is on it' "$name" > two-old.yaml
document 'the name on it' "$name" > two-new.yaml

status=0
for n in one two; do
	./oasdiff breaking $n-old.yaml $n-new.yaml --fail-on ERR --format singleline > $n.txt && code=0 || code=$?
	echo "$n alternative(s) with the schema: exit code $code, $(grep -c '^error' $n.txt || true) errors"
	grep -o '\[[a-z-]*one-of[a-z-]*\]' $n.txt || true
	case $n in one) want="0 0" ;; two) want="1 2" ;; esac
	if [ "$code $(grep -c '^error' $n.txt || true)" != "$want" ]; then echo "this is not what was seen"; status=1; fi
done
exit $status
