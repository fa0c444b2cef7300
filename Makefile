# Every gesture of the project. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory

PORT ?= 8000
DATA ?= var/demo
export PORT DATA

UV := .venv-uv/bin/uv
PYTHON := .venv/bin/python
export UV_PYTHON_DOWNLOADS := never
# The certificates that the machine trusts, where it has any (a bare Debian has none, uv brings its own).
export UV_SYSTEM_CERTS := $(if $(wildcard /etc/ssl/certs/ca-certificates.crt),true,false)

.PHONY: help
help: ## list the gestures
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12
	@echo
	@echo "PORT and DATA choose where the demonstration listens and lives: make demo PORT=8001 DATA=/tmp/demo"

.PHONY: demo
demo: .venv/.demonstration ## open the demonstration agency in a browser; Ctrl-C stops it
	@PARVIS_ENV=demonstration exec $(PYTHON) manage.py run_demo

.PHONY: test
test: .venv/.development ## run every test: SQLite, PostgreSQL, load, browsers (ARGS=tests/kit for a part)
	@tools/packages.sh browser firefox webkit postgresql proxy
	@$(PYTHON) -m tools.run_tests $(ARGS)

.PHONY: check
check: .venv/.development ## lint, types, layers, templates, spelling, migrations, production settings
	@tools/check.sh

.PHONY: audit
audit: .venv/.development ## ask independent tools about code, headers, forms and pages (20 minutes); reports in var/audit
	@tools/packages.sh browser node sqlmap wapiti
	@$(PYTHON) -m tools.audit $(ARGS)

.PHONY: format
format: .venv/.development ## write the code the way `make check` wants it
	@.venv/bin/ruff check --quiet --fix-only .
	@.venv/bin/ruff format --quiet .
	@git ls-files -z 'parvis/*.html' | xargs -0r .venv/bin/djade --target-version 5.2 || true # it fails when it has written

.PHONY: bench
bench: .venv/.development ## measure weight, speed and memory; results in bench/results
	@tools/packages.sh browser postgresql
	@$(PYTHON) -m bench $(ARGS)

.PHONY: drill
drill: .venv/.development ## kill -9 everything under load and count what is left (SECONDS=60 SEED=1 DATABASE=both)
	@tools/packages.sh postgresql
	@$(PYTHON) -m tools.drill --seconds $(or $(SECONDS),60) --seed $(or $(SEED),1) --database $(or $(DATABASE),both) $(ARGS)

.PHONY: fresh
fresh: ## prove `make demo` and `make test` on a bare Debian, in a folder (root, some minutes)
	@tools/fresh.sh $(ARGS)

.PHONY: install
install: .venv/.development ## make the environment (.venv) from the lock

.PHONY: lock
lock: $(UV) ## compute the lock again from pyproject.toml
	@tools/lock.sh

$(UV): tools/uv.sh requirements/uv.txt
	@tools/uv.sh

.venv/bin/python: | $(UV)
	@$(UV) venv --quiet --python "$$(tools/find_python.sh)" .venv

.venv/.demonstration: requirements/demonstration.txt | $(PYTHON)
	@$(UV) pip install --quiet --require-hashes --python $(PYTHON) -r $<
	@touch $@

.venv/.development: requirements/development.txt | $(PYTHON)
	@$(UV) pip sync --quiet --require-hashes --python $(PYTHON) $<
	@touch $@ .venv/.demonstration
