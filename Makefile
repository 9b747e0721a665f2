# Everything a person does with the project. `make help` lists it.

SHELL := /bin/bash
.DEFAULT_GOAL := help

PREFIX ?= /usr/local
SWIFT ?= swift

# What the system must provide, by the names that apt and brew use.
APT_PACKAGES := libpcre2-dev libvectorscan-dev libsimdjson-dev libicu-dev libphonenumber-dev libsqlite3-dev zlib1g-dev \
    pkg-config
BREW_PACKAGES := pcre2 vectorscan simdjson icu4c libphonenumber pkgconf

# Debug, shared by the tests and the demo; release is for `install` and `bench`.
BECKON := .build/debug/beckon
# Tests that talk to servers and processes run after those that compute: on two cores they would starve beside them.
TALKING_TESTS := SandboxTests|ReceiverTests|DeliveryTests|CommandTests|PluginContractTests|CrashTests

# Runs tests; what failed is told once more at the end, where people look for it.
tested = set -o pipefail; log=.build/tests.log; $(SWIFT) test --skip-build $(1) 2>&1 | tee $$log || { \
    echo; echo 'What failed:'; grep -a '^✘' $$log; exit 1; }

# What `torture` does; a seed that is not given is drawn, and printed.
JOBS ?= 20000
KILLS ?= 200
SEED ?=
FAULTS ?= 500:5%,429:3%,reset:5%,hang:2%,slow:10%,partial:3%,truncate:1%
# How much `prefilter-check` tries.
PAIRS ?= 1000000

LINTED := Sources Plugins Tests Package.swift

# Homebrew keeps ICU apart from the one that comes with macOS, and libphonenumber has no pkg-config file.
ifeq ($(shell uname),Darwin)
export CPATH := $(shell brew --prefix 2>/dev/null)/include$(if $(CPATH),:$(CPATH))
export LIBRARY_PATH := $(shell brew --prefix 2>/dev/null)/lib$(if $(LIBRARY_PATH),:$(LIBRARY_PATH))
export PKG_CONFIG_PATH := $(shell brew --prefix icu4c 2>/dev/null)/lib/pkgconfig:$(PKG_CONFIG_PATH)
endif

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

.PHONY: setup
setup: ## Install the system packages that are missing (apt or brew)
	@if [ "$$(uname)" = Darwin ]; then \
	    missing=$$(comm -23 <(printf '%s\n' $(BREW_PACKAGES) | sort) <(brew list --formula -1 | sed 's/@.*//' | sort)); \
	    if [ -n "$$missing" ]; then echo "Installing: $$missing"; brew install $$missing; fi; \
	else \
	    missing=; \
	    for package in $(APT_PACKAGES); do \
	        dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	    done; \
	    if [ -n "$$missing" ]; then \
	        command -v apt-get >/dev/null || { echo "Please install:$$missing"; exit 2; }; \
	        sudo=; if [ "$$(id -u)" != 0 ]; then sudo=sudo; fi; \
	        echo "Installing:$$missing"; \
	        { $$sudo apt-get update -qq; \
	          DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq $$missing; } >/dev/null; \
	    fi; \
	fi

.PHONY: build
build: setup ## Build the debug binary
	@$(SWIFT) build --product beckon

.PHONY: demo
demo: build ## Send recorded messages through the example rules, against a sandbox
	@$(BECKON) demo

.PHONY: test
test: setup ## Build and run all tests, those of the example rules included
	@$(SWIFT) build --build-tests
	@$(call tested,--skip '$(TALKING_TESTS)')
	@$(call tested,--filter '$(TALKING_TESTS)')
	@$(BECKON) check
	@$(BECKON) test
	@$(MAKE) --no-print-directory schema-check

.PHONY: torture
torture: setup ## Kill runs 200 times over 20,000 jobs; SEED=n repeats one, JOBS, KILLS and FAULTS change it
	@$(SWIFT) build --build-tests
	@BECKON_TORTURE_JOBS=$(JOBS) BECKON_TORTURE_KILLS=$(KILLS) BECKON_TORTURE_FAULTS='$(FAULTS)' \
	    BECKON_TORTURE_SEED=$(SEED) $(SWIFT) test --skip-build --filter 'CrashTests\.(Timed)?CrashTests'

.PHONY: prefilter-check
prefilter-check: setup ## Try 2,000,000 pairs of a test and a text; PAIRS (of each kind) and SEED change it
	@$(SWIFT) build --build-tests
	@BECKON_PREFILTER_PAIRS=$(PAIRS) $(if $(SEED),BECKON_SEED=$(SEED)) \
	    $(SWIFT) test --skip-build --filter PrefilterPropertyTests

.PHONY: schema-check
schema-check: ## Hold the schema against Python's jsonschema, where that is installed
	@if command -v python3 >/dev/null; then $(BECKON) schema | .ci/check-schema; \
	else echo "schema: not checked, since there is no python3 here"; fi

.PHONY: lint
lint: ## Check the form of all Swift files
	@$(SWIFT) format lint --strict --recursive --parallel $(LINTED)

.PHONY: format
format: ## Put all Swift files in the project's form
	@$(SWIFT) format --in-place --recursive --parallel $(LINTED)


.PHONY: bench
bench: release ## Measure Beckon against its peers, with 10 to 10,000 rules; EVENTS, RULES and ABOUT give other input
	@[ -x /usr/bin/python3 ] || $(MAKE) --no-print-directory setup APT_PACKAGES=python3
	@Tests/Benchmarks/compare $(if $(EVENTS),--events '$(EVENTS)') $(if $(RULES),--rules '$(RULES)') \
	    $(if $(ABOUT),--about '$(ABOUT)')

.PHONY: bench-delivery
bench-delivery: release ## Measure delivering 50,000 jobs to a sandbox
	@Tests/Benchmarks/deliver 50000

.PHONY: bench-memory
bench-memory: release ## Show the memory of a run that delivers a million jobs, every 15 seconds
	@Tests/Benchmarks/deliver 1000000 15

.PHONY: bench-windows
bench-windows: release ## Show what a million conversations with open windows cost: time, memory, state
	@Tests/Benchmarks/windows

.PHONY: release
release: setup ## Build the release binary
	@$(SWIFT) build -c release --product beckon

.PHONY: install
install: release ## Install the release binary and completions under PREFIX (/usr/local)
	@install -d $(DESTDIR)$(PREFIX)/bin \
	    $(DESTDIR)$(PREFIX)/share/bash-completion/completions \
	    $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
	    $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	@install .build/release/beckon $(DESTDIR)$(PREFIX)/bin/beckon
	@.build/release/beckon --generate-completion-script bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/beckon
	@.build/release/beckon --generate-completion-script zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_beckon
	@.build/release/beckon --generate-completion-script fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/beckon.fish
	@echo "Installed $(DESTDIR)$(PREFIX)/bin/beckon"

.PHONY: clean
clean: ## Remove everything that was built
	@rm -rf .build
