# csdn2md: `make help` lists what there is.  Every target sets up what it needs.
DUMP ?= fixtures/dump
OUT ?= out
PYTHON ?= python3
MINUTES ?= 10
SIZES ?= 1,4,16,64
SHAPES ?=
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help convert test spec lint format clean torture bench bench-batch bench-memory torture-assets check-sites sites bench-verify vectors bench-hostile fuzz

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

$(VENV)/.bench: $(VENV)/.develop
	$(BIN)/pip install --quiet --editable '.[bench]'
	@touch $@

convert: $(VENV)/.run ## Convert DUMP= (a folder of posts) into OUT=
	$(BIN)/csdn2md convert "$(DUMP)" -o "$(OUT)"

test: $(VENV)/.develop ## Run the tests
	$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

torture: $(VENV)/.develop ## Kill runs at random instants (KILLS=50) and finish them
	$(BIN)/python -m tests.system.torture_kill $(or $(KILLS),50)

bench-batch: $(VENV)/.bench ## Measure the batch on BENCH_DUMP= (a folder of posts) copied COPIES=20 times
	$(BIN)/python benchmarks/batch.py "$(BENCH_DUMP)" $(or $(COPIES),20)

sites: $(VENV)/.develop ## Build sites from DUMP= with Jekyll, Hugo and Hexo; hold every page against its source
	$(BIN)/python -m tests.system.site_fidelity "$(DUMP)" $(ARGS)

spec: $(VENV)/.develop ## Print how many examples of the CommonMark and GFM specifications come back
	$(BIN)/python -m tests.system.spec_shares

bench: $(VENV)/.bench ## Measure convert() against its peers on SAMPLE= (a folder of posts; by default the fixtures)
	$(BIN)/python benchmarks/speed.py $(SAMPLE) $(ARGS)

bench-memory: $(VENV)/.run ## Measure memory: one document, and many after another, of SAMPLE=
	$(BIN)/python -m benchmarks.memory $(SAMPLE) $(ARGS)

torture-assets: $(VENV)/.develop ## Bring 5,000 images in a run that is killed twice
	$(BIN)/python -m tests.system.torture_assets

check-sites: $(VENV)/.develop ## Build SITE_DUMP= (a folder of posts) with Jekyll and Hugo and follow the links
	$(BIN)/python -m tests.system.follow_links "$(SITE_DUMP)"

bench-verify: $(VENV)/.run ## Measure verification against conversion on BENCH_DUMP= (folders of posts)
	$(BIN)/python benchmarks/verify.py $(BENCH_DUMP)

lint: $(VENV)/.develop ## ruff and mypy --strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.develop ## Let ruff format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## Remove what the other targets made
	rm -rf $(VENV) .sites out dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis

vectors: $(VENV)/.develop ## Attack vectors in every position, in every renderer that is installed (PEERS=--peers for others)
	$(BIN)/python -m benchmarks.security $(PEERS)

bench-hostile: $(VENV)/.develop ## Time and memory per MB of hostile shapes: SIZES=1,4,16,64 SHAPES=all
	$(BIN)/python -m benchmarks.hostile --sizes "$(SIZES)" --shapes "$(SHAPES)"

fuzz: $(VENV)/.fuzz ## Look for inputs that break a law for MINUTES=10
	mkdir -p .fuzz/corpus
	cd .fuzz && PYTHONPATH=.. ../$(BIN)/python -m tests.system.fuzz corpus -max_len=900 -max_total_time=$$(( $(MINUTES) * 60 )) -print_final_stats=1

$(VENV)/.fuzz: $(VENV)/.develop
	$(BIN)/pip install --quiet '.[fuzz]'
	@touch $@
