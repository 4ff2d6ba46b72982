# Isthmus. `make` alone lists what there is. What takes more than a line lives in tools/.
.DEFAULT_GOAL := help
.PHONY: help setup run test check golden bench docs
PY := .venv/bin/python
STUDY ?= china-russia
WITHOUT ?=
export PYTHON CHROMIUM

# A fitting Python first, with clear words where there is none; then the set-up, which returns at once when it is done.
setup_for = @python="$$(sh tools/find-python.sh)" && "$$python" tools/setup.py

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## make .venv with everything for working on the project
	$(setup_for) dev

run: ## set up what is needed and run the worked case into results/ (STUDY= names another)
	$(setup_for) run
	@.venv/bin/isthmus run $(STUDY) --out results/$(notdir $(STUDY))

test: ## set up everything and pass the whole suite (WITHOUT=browser leaves a part out)
	@python="$$(sh tools/find-python.sh)" && "$$python" tools/suite.py --without "$(WITHOUT)"

check: ## the quick loop: lint, types, import contracts, unit tests, quick properties
	$(setup_for) dev
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports
	@OMP_NUM_THREADS=1 $(PY) -m pytest -n auto -m "not slow and not browser" $(wildcard tests/unit tests/properties tests/architecture tests/fuzz)

golden: ## freeze the numbers of the worked case anew; then write why into CHANGELOG.md
	$(setup_for) dev
	@$(PY) -m pytest tests/golden --freeze

bench: ## run the benchmarks and write benchmarks/record.md
	$(setup_for) dev
	@FUZZ_ATTEMPTS=2600 OMP_NUM_THREADS=1 $(PY) -m pytest tests/fuzz
	@OMP_NUM_THREADS=1 $(PY) -m pytest benchmarks --benchmark-only --benchmark-json=.benchmarks/last.json
	@$(PY) tools/record.py .benchmarks/last.json

docs: ## build the documentation into docs/_build/html; a warning is an error
	$(setup_for) dev
	@$(PY) -m sphinx -W --keep-going -q -b html docs docs/_build/html
