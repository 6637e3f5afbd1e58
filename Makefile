# Two commands do all the set-up: `make brief` and `make test`. Needs Python 3.11 or newer, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STORE ?= relations.db
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: brief test lint types imports bench lock docs clean

$(VENV)/.run: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else "bilateral needs Python 3.11 or newer, found %d.%d; name another with make PYTHON=python3.12" % v[:2])'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

# Environment, install, read the sample reports, print the brief on Russia and Cambodia.
brief: $(VENV)/.run
	$(BIN)/bilateral read --store $(STORE) samples/reports samples/more/release.html samples/more/reports.jsonl
	$(BIN)/bilateral brief RUS KHM --store $(STORE)

# Everything that must pass.
test: lint types imports
	$(BIN)/pytest -n 2 --dist loadfile

lint: $(VENV)/.dev
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

bench: $(VENV)/.dev
	$(BIN)/python bench/run.py

# Pin again what pyproject.toml asks for; the lock files name versions and hashes and no registry.
lock: $(VENV)/.dev
	$(PIP) install --quiet uv
	$(BIN)/uv pip compile --upgrade --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --extra build --extra charts --extra pdf --extra web pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --upgrade --quiet --universal --generate-hashes --python-version 3.11 --no-header --no-annotate --extra build --extra charts --extra pdf --extra web --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
