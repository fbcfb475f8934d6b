#!/usr/bin/env bash
# build.sh: builds the command from the version of this action.
# build.sh --name: prints, as outputs of a step, where it will be (binary) and
# what it is made of (digest). Another repository that uses this action has no
# other way to keep it: hashFiles and the cache of setup-go see only files of its
# own workspace.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
binary=${RUNNER_TEMP:-${TMPDIR:-/tmp}}/hostup-conformance/bin/hostup-conformance

# A tag or branch of the action, or what git says of a checkout.
version=${GITHUB_ACTION_REF:-$(git describe --tags --always 2>/dev/null || echo dev)}

if [ "${1:-}" = --name ]; then
  sources=$(find go.mod go.sum spec suites fixtures reporters -type f ! -name '*_test.go' ! -path '*/node_modules/*' | LC_ALL=C sort)
  digest=$({ echo "$version"; xargs shasum -a 256 <<<"$sources"; } | shasum -a 256 | cut -d ' ' -f 1)
  echo "binary=$binary"
  echo "digest=$digest"
  exit
fi

go build -ldflags "-s -w -X main.version=$version" -o "$binary" ./suites/cmd/hostup-conformance
