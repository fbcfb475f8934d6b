# hostup-conformance. Needs Go and make; "lint" and "axe" also need npm, "axe" and
# "screenshots" Chromium.

BIN     := bin/hostup-conformance
TOOLS   := .tools
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
COMMIT  := $(shell git rev-parse HEAD 2>/dev/null)
DATE    := $(shell TZ=UTC git show --no-patch --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ HEAD 2>/dev/null)
# Without tables for debuggers, which are a quarter of the binary.
LDFLAGS := -s -w -X main.version=$(VERSION) -X main.commit=$(COMMIT) -X main.date=$(DATE)

# Pinned: another version of a linter finds other things.
GOLANGCI_VERSION := v2.15.0
REDOCLY_VERSION  := 2.77.0
ACTIONLINT_VERSION := v1.7.12
GOLANGCI := $(TOOLS)/golangci-lint-$(GOLANGCI_VERSION)
REDOCLY  := $(TOOLS)/node/redocly-$(REDOCLY_VERSION)
AXE_VERSION := 4.14.1
AXE := $(TOOLS)/node/node_modules/axe-core/axe.min.js
AXE_INSTALLED := $(TOOLS)/node/axe-core-$(AXE_VERSION)
ACTIONLINT := $(TOOLS)/actionlint-$(ACTIONLINT_VERSION)
BENCHSTAT_VERSION := v0.0.0-20260908200009-22c9c6c9d4da
BENCHSTAT := $(TOOLS)/benchstat-$(BENCHSTAT_VERSION)
CYCLONEDX_VERSION := v1.10.0
CYCLONEDX := $(TOOLS)/cyclonedx-gomod-$(CYCLONEDX_VERSION)

# What the binary is made of: code and the files that it embeds.
SOURCES := $(shell find spec fixtures suites reporters -type f ! -name '*_test.go' ! -path '*/testdata/*' ! -path '*/node_modules/*')

# For "conformance": STRICT=1 fails on SHOULD too, ARGS are further flags of run.
# HOSTUP_* variables reach the command, from the environment and from
# "make conformance HOSTUP_BASE_URL=…" alike.
STRICT ?=
ARGS   ?=
# For "test": further flags of go test.
TESTFLAGS ?=
# For "release": the systems to build for, and where to.
TARGETS     ?= linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
RELEASE_DIR ?= bin/release
# For "image" and "image-push": its name, and where to write its digest.
IMAGE    ?= hostup-conformance
METADATA ?= bin/image.json
IMAGE_FLAGS := -f suites/cmd/hostup-conformance/Dockerfile \
	--build-arg VERSION='$(VERSION)' --build-arg COMMIT='$(COMMIT)' --build-arg DATE='$(DATE)'
# For "bench": how often everything is measured; six tell a change from noise.
BENCH_COUNT ?= 6
# Another build of bin/hostup-conformance, whose runs are measured in turn with ours.
OTHER ?=

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  make conformance HOSTUP_BASE_URL=https://staging.example.com   tests that target"
	@echo "  make conformance STRICT=1 ARGS='--label-filter activity'       adds flags"

.PHONY: conformance
conformance: build ## test the embedded server, or HOSTUP_BASE_URL
	@$(BIN) run $(if $(filter 1 true yes,$(STRICT)),--strict) $(ARGS)

.PHONY: build
build: $(BIN) ## build bin/hostup-conformance

$(BIN): $(SOURCES) go.mod go.sum
	go build -trimpath -ldflags '$(LDFLAGS)' -o $@ ./suites/cmd/hostup-conformance

.PHONY: faults
faults: build ## prove that the suite can fail: run it against every fault and variant
	@$(BIN) faults $(ARGS)

.PHONY: kill-matrix
kill-matrix: build ## write fixtures/KILL_MATRIX.md anew
	@$(BIN) faults --format markdown > $(BIN).matrix && mv $(BIN).matrix fixtures/KILL_MATRIX.md

.PHONY: interop
interop: ## test against the servers and tools of others (needs Node 20, Python 3.11 and Java 11)
	@fixtures/interop/install.sh
	go test -tags interop -count=1 -timeout 15m $(TESTFLAGS) ./fixtures/interop

.PHONY: bench-documents
bench-documents: ## measure loading documents of others beside Schemathesis, and runs and recordings by size
	@fixtures/interop/install.sh documents
	@go version; echo "processors: $$(getconf _NPROCESSORS_ONLN)"
	@go test -tags interop -count=1 -timeout 30m -run '^$$' -bench 'Documents|Sizes|Verify' -benchtime 1x ./fixtures/interop

.PHONY: peers
peers: ## measure what other tools find of a sample of the faults (takes minutes)
	@fixtures/interop/install.sh peers
	go test -tags interop -count=1 -timeout 60m -run '^$$' -bench '^BenchmarkPeers$$' -benchtime 1x ./fixtures/interop

# Everything in turn, and that some times: what is compared is measured at about
# the same time, and a busy minute hits all of it.
.PHONY: bench
bench: $(BENCHSTAT) ## measure the judge beside others, whole runs and faults
	@mkdir -p bin/bench reports && rm -f reports/bench.txt
	go test -tags interop -c -o bin/bench/ ./spec ./suites ./suites/proof
	@for i in $$(seq $(BENCH_COUNT)); do \
		echo "bench: $$i of $(BENCH_COUNT)" >&2; \
		for in in spec:0.3s suites:1x suites/proof:1x; do \
			dir=$${in%:*}; \
			(cd $$dir && BENCH_OTHER=$(if $(OTHER),$(abspath $(OTHER))) $(CURDIR)/bin/bench/$${dir##*/}.test -test.run='^$$' -test.bench=. -test.benchtime=$${in#*:}) >>reports/bench.txt \
				|| { cat reports/bench.txt; exit 1; }; \
		done; \
	done
	@go version; echo "processors: $$(getconf _NPROCESSORS_ONLN)"
	@$(BENCHSTAT) -ignore pkg -filter '.name:Check .unit:(cpu-sec/op OR B/op)' -row .fullname \
		-col '/judge@(schema json libopenapi kin-openapi Check)' reports/bench.txt
	@$(BENCHSTAT) -filter '.name:Run -.unit:(B/op OR allocs/op)' -col '/build@(other this)' -ignore pkg reports/bench.txt
	@$(BENCHSTAT) -filter '-.name:(Check OR Run) -.unit:(B/op OR allocs/op)' reports/bench.txt

$(BENCHSTAT):
	GOBIN=$(abspath $(TOOLS)) go install golang.org/x/perf/cmd/benchstat@$(BENCHSTAT_VERSION)
	mv $(TOOLS)/benchstat $@

.PHONY: serve
serve: build ## serve the reference implementation on 127.0.0.1:8080
	@$(BIN) serve $(ARGS)

.PHONY: test
test: ## run all tests with the race detector
	go test -race -timeout 30m $(TESTFLAGS) ./...

.PHONY: screenshots
# PICTURES=docs/images takes those of the README anew.
PICTURES ?= reports/screenshots
screenshots: build ## pictures of reports/report.html in Chromium, below reports/screenshots
	TEST_NEEDS_BROWSER=1 TEST_SCREENSHOT_RUN=$(abspath reports/report.json) TEST_SCREENSHOT_DIR=$(abspath reports/screenshots) \
		go test -count=1 -run '^TestBrowserScreenshots$$' ./reporters/html
	@mkdir -p reports/picture && rm -f reports/picture/serve.env; \
	$(BIN) serve --addr 127.0.0.1:0 --fault activity-row-amount-text >reports/picture/serve.env & trap "kill $$!" EXIT; \
	until grep -q CARD_ID reports/picture/serve.env; do sleep 0.1; done; \
	set -a; . reports/picture/serve.env; $(BIN) run --burst 200 --seed 1 --report-dir reports/picture --quiet || [ $$? = 1 ]
	TEST_NEEDS_BROWSER=1 TEST_PICTURE_RUN=$(abspath reports/picture/report.json) TEST_PICTURE_DIR=$(abspath $(PICTURES)) \
		go test -count=1 -run '^TestBrowserPictures$$' ./reporters/html

.PHONY: axe
axe: $(AXE_INSTALLED) ## check the HTML report with axe-core in Chromium
	TEST_NEEDS_BROWSER=1 TEST_AXE=$(abspath $(AXE)) go test -count=1 -run '^TestBrowserAxe$$' ./reporters/html

$(AXE_INSTALLED):
	@mkdir -p $(TOOLS)/node
	npm install --prefix $(TOOLS)/node --no-audit --no-fund --loglevel=error axe-core@$(AXE_VERSION)
	@touch $@

.PHONY: lint
lint: lint-go lint-workflows lint-document ## check format, code, workflows and OpenAPI document

.PHONY: lint-go
lint-go: $(GOLANGCI)
	@unformatted=$$(gofmt -l spec fixtures suites reporters); \
	if [ -n "$$unformatted" ]; then echo "not formatted, run gofmt -w:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	$(GOLANGCI) run

$(GOLANGCI):
	GOBIN=$(abspath $(TOOLS)) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
	mv $(TOOLS)/golangci-lint $@

# Code and tests compile on every system that a release is built for. Not part of
# "lint": without a cache it compiles every dependency anew for each of TARGETS.
.PHONY: lint-systems
lint-systems: ## compile code and tests for TARGETS, by default all systems of a release
	@for target in $(TARGETS); do \
		echo "go vet for $$target"; GOOS=$${target%/*} GOARCH=$${target#*/} CGO_ENABLED=0 go vet ./... || exit 1; \
	done

# shellcheck and pyflakes would be used where they happen to be.
.PHONY: lint-workflows
lint-workflows: $(ACTIONLINT)
	$(ACTIONLINT) -shellcheck= -pyflakes=

$(ACTIONLINT):
	GOBIN=$(abspath $(TOOLS)) go install github.com/rhysd/actionlint/cmd/actionlint@$(ACTIONLINT_VERSION)
	mv $(TOOLS)/actionlint $@

# A machine without npm can lint the rest; CI must not skip it unnoticed.
.PHONY: lint-document
lint-document:
	@if command -v npm >/dev/null; then $(MAKE) --no-print-directory lint-redocly; \
	else echo "lint: npm is missing, spec/hostup/openapi.yaml was not linted"; [ "$$CI" != true ]; fi

.PHONY: lint-redocly
lint-redocly: $(REDOCLY)
	REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true \
		$(TOOLS)/node/node_modules/.bin/redocly lint --config .redocly.yaml spec/hostup/openapi.yaml

$(REDOCLY):
	@mkdir -p $(TOOLS)/node
	npm install --prefix $(TOOLS)/node --no-audit --no-fund --loglevel=error @redocly/cli@$(REDOCLY_VERSION)
	@touch $@

.PHONY: release
release: $(CYCLONEDX) ## build archives, checksums and SBOM for TARGETS below bin/release
	@VERSION='$(VERSION)' LDFLAGS='$(LDFLAGS)' CYCLONEDX='$(abspath $(CYCLONEDX))' sh .ci/release '$(RELEASE_DIR)' $(TARGETS)

.PHONY: release-check
release-check: $(CYCLONEDX) ## build the release of the last commit twice, and compare
	@TOOLS='$(abspath $(TOOLS))' ANEW='$(ANEW)' sh .ci/release-check '$(abspath $(RELEASE_DIR))' $(TARGETS)

$(CYCLONEDX):
	CGO_ENABLED=0 GOFLAGS=-trimpath GOBIN=$(abspath $(TOOLS)) go install github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@$(CYCLONEDX_VERSION)
	mv $(TOOLS)/cyclonedx-gomod $@

.PHONY: image
image: ## build the container image IMAGE (needs Docker)
	docker build $(IMAGE_FLAGS) -t '$(IMAGE)' .

# Files have the date of the commit, so that the same commit is the same image.
.PHONY: image-push
image-push: ## build the image for amd64 and arm64 and push it (needs Docker buildx)
	SOURCE_DATE_EPOCH=$(shell git show --no-patch --format=%ct HEAD) docker buildx build $(IMAGE_FLAGS) \
		--platform linux/amd64,linux/arm64 --provenance=false --sbom=false --metadata-file '$(METADATA)' \
		--output 'type=image,name=$(IMAGE),push=true,rewrite-timestamp=true' .

.PHONY: clean
clean: ## remove what was built and reported
	rm -rf bin reports
