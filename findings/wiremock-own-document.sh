#!/usr/bin/env bash
# wiremock 3.13.2 (npm, which brings the standalone server of the same version).
#
# OpenAPI 3.0.0, which the document says that the server publishes of itself at
# /__admin/docs/swagger: a request that meets it is understood, an answer meets it. A
# client made from it cannot set a delay distribution: the document has its members at the
# top of the body of POST /__admin/settings, the server wants them below delayDistribution
# and refuses the others. The source of an error is a string in the document, and an
# object in the answer.
#
# Seen: 422 for the body of the document, with an object as source, and 200 for the other
# one and for fixedDelay, which the document has at the top, too.
# Exits 1 if that changes.
set -euo pipefail
dir=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; wait; rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --no-save --ignore-scripts --prefix "$dir" wiremock@3.13.2
mkfifo log
java -jar node_modules/wiremock/build/wiremock-standalone-3.13.2.jar --bind-address 127.0.0.1 --port 0 --root-dir root >log 2>&1 &
pid=$!
exec 3<log
port=
while [ -z "$port" ] && read -r line <&3; do case $line in port:*) port=${line##* } ;; esac; done
cat <&3 >/dev/null &
admin=http://127.0.0.1:$port/__admin

curl -s -o document.json "$admin/docs/swagger"
status=0
# documented EXPRESSION WANT: whether the document d has the wanted value there
documented() {
	got=$(node -p "const d = JSON.parse(require('fs').readFileSync('document.json')); $1")
	echo "the document has $1: $got"
	if [ "$got" != "$2" ]; then echo "this is not what was seen"; status=1; fi
}
body='d.paths["/__admin/settings"].post.requestBody.content["application/json"].schema.allOf'
documented "$body[0].\$ref" '#/components/schemas/delay-distribution'
documented "$body[1].properties.fixedDelay.type" number
documented 'd.components.schemas["delay-distribution"].oneOf[0].required.join()' median,sigma
documented 'd.components.schemas["bad-request-entity"].properties.errors.items.properties.source.type' string

# send BODY WANT
send() {
	code=$(curl -s -o answer.json -w '%{http_code}' -H 'Content-Type: application/json' -d "$1" "$admin/settings")
	echo "POST /__admin/settings $1: $code"
	if [ "$code" != "$2" ]; then echo "this is not what was seen"; status=1; fi
}
send '{"fixedDelay": 5}' 200
send '{"delayDistribution": {"type": "lognormal", "median": 80, "sigma": 0.4}}' 200
send '{"type": "lognormal", "median": 80, "sigma": 0.4}' 422
source=$(node -p "typeof JSON.parse(require('fs').readFileSync('answer.json')).errors[0].source")
echo "the source of the error is an $source"
if [ "$source" != object ]; then echo "this is not what was seen"; status=1; fi
exit $status
