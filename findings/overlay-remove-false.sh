#!/usr/bin/env bash
# oas-patch 0.6.0 (PyPI), openapi-overlays-js 0.2.0 and openapi-format 1.33.6 (npm).
#
# Overlay 1.0.0, Action Object (https://spec.openapis.org/overlay/v1.0.0.html#action-object): remove
# is a boolean, "the default value is false", and update has no effect if it is true.
# remove: false is thus what an action is without it; a tool or a template that writes each
# field with its value makes such overlays. The former two ask only whether the field is
# there: what was to be updated is removed, without a word. The third leaves the action out and
# says that remove "must be set to true when present". All of them exit with 0. A test that
# is run by the result has no operation left to fail.
#
# Seen: with "update" and remove: false no path is left to oas-patch and overlayjs, and
# openapi-format does not update it; without "remove" all three do.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check oas-patch==0.6.0
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$dir" openapi-overlays-js@0.2.0 openapi-format@1.33.6

cat >document.yaml <<'YAML'
openapi: 3.1.0
info: {title: t, version: "1"}
paths:
  /x: {get: {responses: {"204": {description: done}}}}
YAML
overlay() {
	cat <<YAML
overlay: 1.0.0
info: {title: t, version: "1"}
actions: [{target: "\$.paths['/x']", update: {summary: new}$1}]
YAML
}
overlay ", remove: false" >false.yaml
overlay "" >absent.yaml

# paths FILE: what the document has of its paths
paths() {
	venv/bin/python -c 'import sys, yaml, json; print(json.dumps({p: sorted(i) for p, i in yaml.safe_load(open(sys.argv[1]))["paths"].items()}))' "$1"
}
status=0
for remove in absent false; do
	venv/bin/oas-patch overlay document.yaml $remove.yaml -o oas-patch.yaml >/dev/null
	node_modules/.bin/overlayjs --openapi document.yaml --overlay $remove.yaml >overlayjs.yaml
	node_modules/.bin/openapi-format document.yaml --no-sort --overlayFile $remove.yaml -o openapi-format.yaml >/dev/null 2>&1
	for tool in oas-patch overlayjs openapi-format; do
		got=$(paths $tool.yaml)
		echo "$tool, remove $remove: paths $got"
		want='{}'
		case "$remove $tool" in
		absent*) want='{"/x": ["get", "summary"]}' ;;
		"false openapi-format") want='{"/x": ["get"]}' ;;
		esac
		if [ "$got" != "$want" ]; then echo "this is not what was seen"; status=1; fi
	done
done
exit $status
