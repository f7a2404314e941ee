# Needs Python 3.11 or newer, make and a package index; everything else comes from the lock files.

PYTHON ?= python3
WORKERS ?= 2
FAULTS ?= .faults
VENV := .venv
NODE_PEER := bench/peers/node/node_modules/.package-lock.json
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-emit-index-url --no-header

.DELETE_ON_ERROR:
.PHONY: help demo test quarter faults bench bench-quick audit format docs lock clean

help: ## Show what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.runtime ## Run the bot in a local Slack workspace: no account, no token
	$(BIN)/python -m sandbox

test: $(VENV)/.development ## Check style, types and import contracts, then run every test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --numprocesses $(WORKERS) --dist worksteal --durations 15 $(if $(FORBID_SKIPS),--forbid-skips)

quarter: $(VENV)/.development ## Live the simulated quarter with real processes on PostgreSQL
	$(BIN)/pytest -m long tests/quarter

faults: $(VENV)/.development ## Run the long forms of the fault cases (FAULTS=directory: goes on where it was; hours)
	FAULTS=$(FAULTS) $(BIN)/pytest tests/faults -p no:cacheprovider
	$(BIN)/python -m tests.faults.attacks $(FAULTS)
	$(BIN)/python -m tests.faults.headline $(FAULTS)

bench: $(VENV)/.bench $(if $(shell command -v npm),$(NODE_PEER)) ## Measure the bot beside its peers and write the table to bench/result.md (an hour or more)
	$(BIN)/python -m bench --output bench/result.md

bench-quick: $(VENV)/.bench ## The short form of it (under three minutes): fails only where it cannot run
	$(BIN)/python -m bench --quick

audit: $(VENV)/.audit ## Look for known faults in the code and in what it is built from, and write artifacts/sbom.json
	.ci/audit

format: $(VENV)/.development ## Format the code and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: $(VENV)/.runtime ## Write the first part of docs/commands.md anew from the table of commands
	$(BIN)/python -m bot.commands.document docs/commands.md

lock: $(VENV)/.created ## Write all lock files anew from pyproject.toml (UPGRADE=1: newest versions)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(COMPILE) $(if $(UPGRADE),--upgrade) --extra demo --output-file requirements.lock
	$(COMPILE) $(if $(UPGRADE),--upgrade) --constraint requirements.lock --extra demo --extra dev --output-file requirements-dev.lock
	$(COMPILE) $(if $(UPGRADE),--upgrade) --constraint requirements-dev.lock --extra demo --extra bench --output-file requirements-bench.lock
	$(COMPILE) $(if $(UPGRADE),--upgrade) --constraint requirements-dev.lock --extra audit --output-file requirements-audit.lock

clean: ## Remove what make has made: the environment and every cache
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Asked before anything is made, so that a machine without the right Python gets one line and no half environment.
$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "$(PYTHON) is missing or older than Python 3.11; name another one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PYTHON) cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.lock | $(VENV)/.created
	$(INSTALL) --requirement requirements.lock
	@touch $@

# The development lock holds the runtime lock as well: after `make test`, `make demo` has nothing left to install.
$(VENV)/.development: requirements-dev.lock requirements.lock | $(VENV)/.created
	$(INSTALL) --requirement requirements-dev.lock
	@touch $(VENV)/.runtime $@

# Beside the development lock, not instead of it: peers of the benchmarks agree with it in everything they share.
$(VENV)/.bench: requirements-bench.lock | $(VENV)/.created
	$(INSTALL) --requirement requirements-bench.lock
	@touch $@

# Only where there is npm; the table says that it was left out where there is none.
$(NODE_PEER): bench/peers/node/package-lock.json
	cd bench/peers/node && npm ci --no-audit --no-fund
	@touch $@

$(VENV)/.audit: requirements-audit.lock | $(VENV)/.created
	$(INSTALL) --requirement requirements-audit.lock
	@touch $@
