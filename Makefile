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
LOCKS := requirements/production.txt requirements/development.txt
export UV_PYTHON_DOWNLOADS := never

.PHONY: help
help: ## list the gestures
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

.PHONY: install
install: .venv/.ready ## make the environment (.venv) from the lock

.PHONY: lock
lock: $(UV) ## compute the lock again from pyproject.toml
	tools/lock.sh

$(UV): tools/uv.sh
	@tools/uv.sh

.venv/.ready: requirements/development.txt | $(UV)
	@test -x $(PYTHON) || $(UV) venv --quiet --python "$$(tools/find_python.sh)" .venv
	@$(UV) pip sync --quiet --require-hashes --python $(PYTHON) requirements/development.txt
	@touch $@
