# `make report` does the main job on the built-in sample, `make test` passes the tests.
# Both set up .venv from requirements.lock first; nothing else has to be installed by hand.

VENV := .venv
BIN := $(VENV)/bin
# the first that really runs and is new enough: a version manager's shim may be there and not run
PYTHON ?= $(shell for name in python3 python python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && \
	echo $$name && break; done)
# uv installs the same pinned files in a fraction of the time, where it is there and finds an index
install = { command -v uv >/dev/null && uv pip install --quiet --python $(BIN)/python $(1); } || \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(1)

.PHONY: help setup report lab test lint docs exact bench lock clean

help:  ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

setup: $(BIN)/.ready  ## Set up .venv with the pinned dependencies

$(BIN)/.ready: pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "Mendbook needs Python 3.11 or newer with venv; name one with make PYTHON=…"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@$(call install,--require-hashes --requirement requirements.lock)
	@$(call install,--no-deps --no-build-isolation --editable .)
	@touch $@

report: setup  ## Plan the built-in sample and say where the report is
	$(BIN)/mendbook plan --sample

lab: setup  ## Open the notebooks in JupyterLab; ARGS="--port 9000" adds to its command line
	$(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) $(ARGS) notebooks

test: setup  ## Run the tests, the linter and the type checker
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses 2

lint: setup  ## Run the linter and the type checker alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: setup  ## Write the pages of docs/ that are made from the code
	$(BIN)/python docs/make_pages.py

bench: setup  ## Measure a start and the sample's run; benchmarks/README.md says what else there is
	$(BIN)/python benchmarks/start.py

exact: setup  ## Put the native TypeScript language server into Mendbook's cache, for exact references
	$(BIN)/mendbook exact

lock: pyproject.toml  ## Resolve the dependencies again and pin them with hashes
	uv pip compile --universal --python-version 3.11 --generate-hashes --extra dev --extra fleet pyproject.toml --output-file requirements.lock --quiet

clean: setup  ## Remove what runs have computed (published runs and the exact compiler stay)
	$(BIN)/python -c "import shutil; from mendbook import project; \
	[shutil.rmtree(project.cache() / name, ignore_errors=True) \
	for name in ('stages', 'notebooks', 'index', 'gates', 'failed', 'sample-server')]"
