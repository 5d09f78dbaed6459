# `make help` says what there is. Everything that the project needs beside the Swift toolchain, `make deps` installs.

SHELL := /bin/bash
DEBIAN := libmodbus-dev libsqlite3-dev libncurses-dev zlib1g-dev libssl-dev libxml2-utils tmux sqlite3
SWIFT_FILES := Sources Tests Package.swift
BUILD_FLAGS := --explicit-target-dependency-import-check error
# For the processor at hand, with all it can; what must run elsewhere is built with PORTABLE=1.
FOR_THIS_MACHINE := $(if $(PORTABLE),,-Xswiftc -Xcc -Xswiftc -march=native)
RELEASE := .build/release/aqi-monitor

.PHONY: help deps build demo test screens test-peers fuzz check embedded bench bench-compare format clean

help: ## What there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

deps: ## Install the Debian packages that are missing (once, saying so)
	@scripts/install-packages $(DEBIAN)

build: deps ## Build for release and this processor (PORTABLE=1: for any): .build/release/aqi-monitor
	swift build -c release --product aqi-monitor $(BUILD_FLAGS) $(FOR_THIS_MACHINE)

demo: build ## Simulated analysers, the whole chain and the live screen
	$(RELEASE) demo $(ARGS)

# Tests that wait for wires and terminals run apart from those that keep the processor busy, and from each other's: else they wait
# in vain.
ON_WIRES := IngestTests UplinkTests MonitorTests

test: deps ## Run all tests
	swift build --build-tests $(BUILD_FLAGS)
ifdef FILTER
	swift test --skip-build --filter '$(FILTER)'
else
	swift test --skip-build $(foreach bundle,$(ON_WIRES),--skip '^$(bundle)\.')
	$(foreach bundle,$(ON_WIRES),swift test --skip-build --filter '^$(bundle)\.' &&) true
endif

screens: deps ## Make the screens of the tests and of the manual anew; the difference is for a person to judge
	AQI_REMAKE_SCREENS=1 swift test --filter GoldenScreenTests

PEERS := .build/peers

test-peers: deps ## Modbus implementations of others on the far end of the wire, and the peers of bench once (needs PyPI)
	@scripts/install-packages mbpoll socat python3-venv
	@test -x $(PEERS)/bin/python || python3 -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --disable-pip-version-check -r Tests/Peers/requirements.txt
	swift build --build-tests $(BUILD_FLAGS)
	AQI_TEST_PEERS=1 swift test --skip-build --filter ModbusPeerTests
	scripts/bench .build/debug/aqi-monitor --smoke >/dev/null

fuzz: deps ## libFuzzer on the HJ 212 decoder, ten million inputs (RUNS)
	scripts/fuzz $(RUNS)

check: deps ## Format, imports, and what nobody may commit
	swift format lint --strict --recursive --parallel $(SWIFT_FILES)
	scripts/check-imports
	swift build $(BUILD_FLAGS)

EPISODE := ../shared/data/beijing-12-stations/hourly-2016-12_2017-01.csv

embedded: build ## AQICore as Embedded Swift: sizes, and a run on a Cortex-M4 under qemu
	@scripts/install-packages binutils qemu-system-arm
ifeq ($(AQI_WITHOUT_SHARED)$(wildcard $(EPISODE)),1)
	@echo "SKIPPED, for want of $(EPISODE): that the microcontroller computes as the host does is not proved."
else
	scripts/embedded $(RELEASE) $(EPISODE) Dongsi 2016-12-15T01:00:00+08:00 240
endif

bench: build ## How fast this machine is, stage by stage, beside limits and peers (needs PyPI; STAGE=core, FAST=1, RESUME=1)
	BENCH_FLAGS='-c release $(FOR_THIS_MACHINE)' scripts/bench $(RELEASE) $(if $(STAGE),--stage $(STAGE)) $(if $(FAST),--fast) $(if $(RESUME),--resume)

bench-compare: ## What moved by more than the noise (BASE=benchmarks/results/..., NEW=..., FAIL=1)
	@python3 benchmarks/compare.py $(BASE) $(NEW) $(if $(FAIL),--fail)

format: ## Put every file into the house format
	swift format --in-place --recursive --parallel $(SWIFT_FILES)

clean: ## Remove what was built
	rm -rf .build
