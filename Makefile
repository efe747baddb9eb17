# Everything from a fresh clone, with Python and make alone.
ifeq ($(OS),Windows_NT)
PYTHON ?= python
BIN := .venv/Scripts
else
PYTHON ?= python3
BIN := .venv/bin
endif
TESTS ?= not office
# Which tests `make test` runs; `make test TESTS=` runs those that need LibreOffice in the same run.

.PHONY: demo test check office bench clean

demo: .venv/installed-run  ## Make the sample projects' proposals, and a form and the reports of the one that runs
	$(BIN)/grants build
	$(BIN)/grants form shelter-greece-prevention-serbia --period 2008-H2
	$(BIN)/grants report shelter-greece-prevention-serbia --period 2008-H1
	$(BIN)/grants report shelter-greece-prevention-serbia --period 2008-final

test: .venv/installed-dev  ## Run the tests
	$(BIN)/pytest -n auto --dist worksteal -m "$(TESTS)"

office: .venv/installed-dev  ## Run the tests that need LibreOffice
	$(BIN)/pytest -n auto --dist worksteal -m office

check: .venv/installed-dev  ## Style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/installed-dev  ## Measure speed as ratios, in one run
	$(BIN)/python -m tests.bench

.venv/installed-run: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -c "open('$@', 'w')"

.venv/installed-dev: .venv/installed-run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	$(BIN)/python -c "open('$@', 'w')"

clean:  ## Remove what was made
	$(PYTHON) -c "import glob, shutil; [shutil.rmtree(f, True) for f in ['.venv', *glob.glob('projects/*/out')]]"
