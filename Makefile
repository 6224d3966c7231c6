# csdn2md: `make help` lists what there is.  Every target sets up what it needs.
DUMP ?= fixtures/dump
OUT ?= out
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help sites convert test lint format clean torture bench-batch

help: ## List the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/.run: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable .
	@touch $@

$(VENV)/.develop: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable '.[test,lint]'
	@touch $@ $(VENV)/.run

convert: $(VENV)/.run ## Convert DUMP= (a folder of posts) into OUT=
	$(BIN)/csdn2md convert "$(DUMP)" -o "$(OUT)"

test: $(VENV)/.develop ## Run the tests
	$(BIN)/python -m pytest -n auto $(ARGS)

torture: $(VENV)/.develop ## Kill runs at random instants (KILLS=50) and finish them
	$(BIN)/python tests/torture_kill.py $(or $(KILLS),50)

bench-batch: $(VENV)/.run ## Measure the batch on BENCH_DUMP= (a folder of posts) copied COPIES=20 times
	$(BIN)/python benchmarks/batch.py "$(BENCH_DUMP)" $(or $(COPIES),20)

sites: $(VENV)/.develop ## Build sites from DUMP= with Jekyll, Hugo and Hexo; hold every page against its source
	$(BIN)/python tests/sites_check.py "$(DUMP)" $(ARGS)

lint: $(VENV)/.develop ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.develop ## Let ruff format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## Remove what the other targets made
	rm -rf $(VENV) .sites out dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
