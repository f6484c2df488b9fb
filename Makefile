# make            set up, check every record, build the data package into dist/
# make site       build the package, then the site that offers it, into _site/
# make test       set up what the tests need, then run linters, types, drift check and tests: the gate
# make test-all   the gate, and the slow tests with it
# make lint       only linters, types and drift check
# make format     lay the code out anew and repair what ruff can repair
# make lock       renew requirements.lock
# make bench      measure the check against its peers, which it installs into .cache/: benchmarks/results.md;
#                 and the site on 5,000 actions: benchmarks/results-site.md
# make clean      remove everything that was made here
#
# PYTHON names the Python that .venv is made with: make PYTHON=python3.12

PYTHON ?= python3
BIN = .venv/bin
# `pip install .` in .venv leaves a copy of the package there, which would hide what stands in src/ from then on.
COPY = $(wildcard .venv/lib/python3*/site-packages/policytrack/__init__.py)

all: .venv/.installed-run
	@$(BIN)/policytrack check --strict
	@$(BIN)/policytrack build --out dist --formats all

site: all
	@$(BIN)/policytrack site build --out _site --package dist

# Workers share the cores; the tests of one file stay with one worker, so that what a file sets up is made once.
test: lint
	$(BIN)/pytest -n auto --dist loadfile

test-all: lint
	HYPOTHESIS_PROFILE=slow $(BIN)/pytest -n auto --dist loadfile -m "slow or not slow"

lint: .venv/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/policytrack generate --check

format: .venv/.installed-dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: .venv/.installed-dev
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/site.py

lock:
	@PYTHON="$(PYTHON)" sh scripts/lock.sh

clean:
	rm -rf .venv dist build _site .cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +

# The version stands in datapackage.json, and an installed copy knows only the one that it was installed with.
.venv/.installed-run: pyproject.toml requirements.lock datapackage.json scripts/setup.sh $(COPY:%=FORCE)
	@PYTHON="$(PYTHON)" sh scripts/setup.sh run

.venv/.installed-dev: pyproject.toml requirements.lock datapackage.json scripts/setup.sh $(COPY:%=FORCE)
	@PYTHON="$(PYTHON)" sh scripts/setup.sh dev

# Without recipe and file it is always out of date: what depends on it, where there is a copy, runs anew.
FORCE:

.PHONY: FORCE all site test test-all lint format bench lock clean
# Two of these at once would share one .venv and one output folder.
.NOTPARALLEL:
