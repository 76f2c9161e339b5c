# Two commands on a fresh machine with Python 3.11 or newer, pip and make: `make demo`, `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin/
WHOLLY_COVERED := src/takatuf/vocabulary/*,src/takatuf/reports/*,src/takatuf/safeguards/*,src/takatuf/picture/*,src/takatuf/planning/checking.py
PIP := $(BIN)python -m pip --disable-pip-version-check --quiet

.PHONY: help setup demo test cover faults lock test-long check lint types imports fix bench docs docs-check clean

help: ## List what make can do here
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1	\2/' | expand -t 18

.venv/bin/python:
	$(PYTHON) -m venv .venv || \
	  { $(PYTHON) -m venv --without-pip .venv && $(PYTHON) -m pip --python .venv/bin/python install --quiet pip; }

.venv/run: requirements.txt pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/develop: requirements-dev.txt pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes -r requirements-dev.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@ .venv/run

setup: .venv/develop ## Install exactly the pinned versions into .venv, for development

demo: .venv/run ## Run the main job: Aleppo on 14 June 2017, from reports to a joint plan
	$(BIN)takatuf demo

test: .venv/develop ## Set up and run the tests on all cores, the slow ones left out
	$(BIN)pytest -n auto --dist loadfile -m "not slow" -q

cover: .venv/develop ## The same tests, with the share of code they reach; fails below the floor
	$(BIN)pytest -n auto --dist loadfile -m "not slow" -q --cov --cov-report=term:skip-covered
	$(BIN)coverage report --skip-covered --fail-under=100 --include='$(WHOLLY_COVERED)'

faults: .venv/develop ## Kill writers, fill disks, flip bytes: nothing acknowledged may be lost (an hour)
	$(BIN)python -m tests.faults

test-long: .venv/develop ## Run every test, the slow ones too, with many more random cases
	HYPOTHESIS_PROFILE=long $(BIN)pytest -q

check: lint types imports docs-check cover ## Everything that must hold at each commit

lint: .venv/develop ## Format and rules, as ruff has them
	$(BIN)ruff format --check .
	$(BIN)ruff check .

types: .venv/develop ## Types, as strict as mypy knows
	$(BIN)mypy

imports: .venv/develop ## The direction of imports between the parts
	$(BIN)lint-imports --no-cache

fix: .venv/develop ## Format, and repair what ruff can repair
	$(BIN)ruff format .
	$(BIN)ruff check --fix .

bench: .venv/develop ## Measure: each line with its figure, the machine and the versions
	$(BIN)python -m benchmarks

docs: .venv/develop ## Write the generated pages of docs/reference anew
	$(BIN)python -m docs.generate

docs-check: .venv/develop ## Fail if a generated page of docs/reference is stale
	$(BIN)python -m docs.generate --check

lock: ## Pin anew: versions and hashes, no addresses (needs uv)
	uv pip compile pyproject.toml --universal --extra build --generate-hashes --no-header -q -o requirements.txt
	uv pip compile pyproject.toml --universal --extra build --extra dev --generate-hashes --no-header -q -o requirements-dev.txt

clean: ## Remove what was made here: .venv, caches, the demonstration
	rm -rf .venv .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache demo
	find src -name '*.nb[ci]' -delete
