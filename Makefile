# `make demo` opens Leeward on an invented agency. `make test` proves it.
.DEFAULT_GOAL := help
SHELL := /bin/bash

# The distribution's own, where there is one with venv: it is built to be fast, as one that was
# built by hand seldom is.
PYTHON ?= $(shell /usr/bin/python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && echo /usr/bin/python3 || echo python3)
BIN := .venv/bin
# Everything below runs what is in .venv and nothing else; `python tools/…` finds it there.
export PATH := $(CURDIR)/$(BIN):$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Where a machine keeps no bytecode, each of the many processes of a test would compile it anew.
export PYTHONDONTWRITEBYTECODE :=

APART := not browser and not browser_postgres
# Two processes, to which tests are given one by one; those of one scene (`xdist_group`) together.
IN_TWO := -n 2 --dist loadgroup
POSTGRES := python tools/postgres.py --
# Production settings, with throwaway values: what `leeward check --deploy` looks at.
AS_IF_LIVE := env -u LEEWARD_DEMO LEEWARD_HOSTS=leeward.invalid \
	LEEWARD_SECRET_KEY=checked-and-thrown-away-$$(python -c 'import secrets; print(secrets.token_hex(32))')
# semgrep would ask its maker for news at every start.
OFFLINE := --metrics off --disable-version-check --quiet
PAGES = $$(find leeward -name '*.html')
SCRATCH = DJANGO_SETTINGS_MODULE=config.settings_test

.PHONY: help demo test check bench lock vendor messages format

help:
	@echo "make demo [ARGS='--port 9000 --people 200']   open Leeward on an invented agency"
	@echo "make test      every check and every test, on SQLite and on PostgreSQL, and in a browser"
	@echo "make check     what needs no test to run: style, types, floors, templates, French, lock"
	@echo "make bench [ARGS='--people 10000']   measure every page beside its floors"
	@echo "make format    put the code and the templates in the house style"
	@echo "make messages  bring the French catalogue up to date with the source"
	@echo "make lock      resolve requirements/*.in anew"
	@echo "make vendor    rebuild the front-end files from npm packages (needs Node)"

# --- What everything stands on ---------------------------------------------------------------

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Leeward needs Python 3.11 or newer.")'
	$(PYTHON) -m venv .venv

# The `leeward` command, without a download that the lock does not know.
define install
	python -m pip install --quiet --require-hashes -r requirements/build.txt -r requirements/$(1).txt
	python -m pip install --quiet --no-deps --no-build-isolation -e .
	@mkdir -p .stamps && touch $@
endef

LOCKED := .venv/pyvenv.cfg pyproject.toml requirements/build.txt requirements/main.txt

.stamps/main: $(LOCKED)
	$(call install,main)

.stamps/dev: $(LOCKED) requirements/dev.txt
	$(call install,dev)
	@touch .stamps/main

# --- Run it ----------------------------------------------------------------------------------

demo: .stamps/main
	@exec leeward demo $(ARGS)

bench: .stamps/main
	@exec leeward bench $(ARGS)

# --- Prove it --------------------------------------------------------------------------------

test: check
	@$(PYTHON) tools/setup_system.py chromium
	python tools/messages.py compile
	pytest -q $(IN_TWO) -m "$(APART)"
	$(POSTGRES) pytest -q $(IN_TWO) -m "engine and $(APART)"
	pytest -q $(IN_TWO) -m browser tests/browser
	$(POSTGRES) pytest -q -m browser_postgres tests/browser

# Each stands alone, so that `make -k check` tells everything at once.
CHECKS := style types floors security templates french locked models live
.PHONY: $(CHECKS)
# Two at a time; what each says stays together.
check: .stamps/dev
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target $(CHECKS)
$(CHECKS): .stamps/dev

style:
	ruff check
	ruff format --check
types:
	mypy
floors:
	lint-imports
	python tools/floors.py --check
	python tools/roles.py --check
	python tools/asvs.py --check
security:
	bandit -q -c pyproject.toml -r leeward config tools
	semgrep scan $(OFFLINE) --config tools/semgrep --error leeward config tools
templates:
	djlint --quiet --lint leeward
	djade --check $(PAGES)
french:
	@$(PYTHON) tools/setup_system.py gettext
	python tools/messages.py check
locked:
	python tools/lock.py check
models:
	$(SCRATCH) leeward makemigrations --check --dry-run
live:
	$(AS_IF_LIVE) leeward check --deploy --fail-level WARNING

# --- Look after it ---------------------------------------------------------------------------

format: .stamps/dev
	ruff check --fix-only
	ruff format
	djade $(PAGES)

messages: .stamps/dev
	@$(PYTHON) tools/setup_system.py gettext
	python tools/messages.py extract

lock: .stamps/dev
	python tools/lock.py write

vendor: .stamps/dev
	python tools/vendor.py
