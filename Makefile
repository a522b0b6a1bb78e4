# The two commands of the README are `make run` and `make test`; everything else is for developers.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DATABASE := sqlite:///data/clean/filings.db

.PHONY: help setup run test check format bench samples lock clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY) ## make the environment in .venv from requirements.lock

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || \
		{ echo "jixiao needs Python 3.11 or newer; say which one: make PYTHON=/path/to/python3.11"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing the locked packages into $(VENV) (once; a minute or two)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: $(READY) ## ingest data/raw into data/clean/filings.db and export data/clean/csv
	@$(BIN)/jixiao ingest data/raw --database $(DATABASE)
	@$(BIN)/jixiao export --database $(DATABASE) --out data/clean/csv

test: $(READY) ## run the tests
	@$(BIN)/python -m pytest

check: $(READY) ## ruff, mypy --strict, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(READY) ## let ruff order and format the code
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(READY) ## accuracy and speed on a corpus with truth (CORPUS=dir)
	@$(BIN)/jixiao bench $(CORPUS)

samples: $(READY) ## draw the sample filings of data/raw anew (needs the programs named in tests/samples/README.md)
	@$(BIN)/python -m tests.samples

lock: ## write requirements.lock anew (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements.lock

clean: ## remove the environment and everything the program wrote
	rm -rf $(VENV) data/clean/*
