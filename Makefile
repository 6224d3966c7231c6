# csdn2md: `make help` lists the targets.  Each target installs what it needs into .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)

# What the user gives: DUMP= and OUT= are folders of posts, SAMPLE= is a folder of posts to measure with.
DUMP ?= fixtures/dump
OUT ?= out
SAMPLE ?=
ARGS ?=
COPIES ?= 20
KILLS ?= 50
FLIPS ?= 1000
MINUTES ?= 10
SIZES ?= 1,4,16,64
SHAPES ?=
OF ?= convert
PARTS := convert verify index link-local redirects repair sniff sanitize
export HUGO ?= hugo
ARTICLES ?= 100000
PEERS ?=
NODE_PEERS := mdream @mdream/rust-linux-x64-gnu turndown turndown-plugin-gfm

.DEFAULT_GOAL := help
.PHONY: help convert test docs screenshots translations lint format package release spec vectors attack site-pages site-links torture torture-manifest torture-images fuzz \
	bench bench-fidelity bench-batch bench-memory bench-verify bench-hostile clean

help: ## List the targets
	@awk '/^##@ /{printf "\n%s\n", substr($$0, 5)} \
		/^[a-z-]+:.*## /{split($$0, part, ":.*## "); printf "  make %-15s %s\n", part[1], part[2]}' $(MAKEFILE_LIST)

$(VENV)/.run: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.develop: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable '.[test,lint]'
	@touch $@ $(VENV)/.run

$(VENV)/.bench: $(VENV)/.develop
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	-npm install --silent --no-save --prefix .bench $(NODE_PEERS)
	@touch $@

$(VENV)/.docs: $(VENV)/.run
	$(BIN)/python -m pip install --quiet --editable '.[docs]'
	@touch $@

$(VENV)/.release: $(VENV)/.develop
	$(BIN)/python -m pip install --quiet --editable '.[release]'
	@touch $@

$(VENV)/.fuzz: $(VENV)/.develop
	$(BIN)/python -m pip install --quiet '.[fuzz]'
	@touch $@

##@ To use csdn2md

convert: $(VENV)/.run ## Convert DUMP= (a folder of posts) into OUT=
	$(BIN)/csdn2md convert "$(DUMP)" -o "$(OUT)" $(ARGS)

##@ To work on csdn2md

test: $(VENV)/.develop ## Run all tests (ARGS= for pytest, e.g. ARGS="-k chrome")
	$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

docs: $(VENV)/.docs ## Build the documentation as a site into the folder site; a dead link is an error
	$(BIN)/python -m tests.kit.docs_site site

screenshots: $(VENV)/.develop ## Make the screenshots of the documentation (ARGS="report review": of these pages)
	$(BIN)/python -m tests.kit.screenshots $(ARGS)

translations: $(VENV)/.develop ## Update and compile the catalogue of Chinese messages; lists what has no translation
	$(BIN)/python -m tests.kit.catalogue

lint: $(VENV)/.develop ## Check style and types with ruff and mypy --strict
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy

format: $(VENV)/.develop ## Format the code with ruff
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

package: $(VENV)/.release ## Build wheel and source distribution into the folder dist, and check both
	rm -rf dist
	$(BIN)/python -m build --outdir dist
	$(BIN)/python -m twine check --strict dist/*
	$(BIN)/python -m check_wheel_contents dist

release: ## Run `make lint docs test package` on a clean commit, then make the tag of the version (nothing is pushed)
	test -z "$$(git status --porcelain)"
	$(MAKE) lint docs test package
	version="v$$($(BIN)/csdn2md --version | awk '{print $$NF}')" && git tag -a "$$version" -m "csdn2md $$version" \
		&& echo "To publish it: git push origin main $$version"

clean: ## Remove everything that the other targets made
	rm -rf $(VENV) .bench .sites .fuzz out dist build site .mypy_cache .pytest_cache .ruff_cache .hypothesis

##@ To check more than the tests do (slow)

spec: $(VENV)/.develop ## Print how many examples of the CommonMark and GFM specifications survive a round trip
	$(BIN)/python -m tests.system.spec_shares

vectors: $(VENV)/.develop ## Try all attack vectors in every position and renderer (PEERS=--peers: other converters too)
	$(BIN)/python -m benchmarks.security $(PEERS)

attack: $(VENV)/.develop ## Try ARTICLES= random hostile articles in every renderer (HUGO= a second, newer Hugo)
	HUGO="$(HUGO)" $(BIN)/python -m benchmarks.attack "$(ARTICLES)" $(ARGS)

site-pages: $(VENV)/.develop ## Build sites from DUMP= with Jekyll, Hugo (HUGO=: a newer one) and Hexo; compare each page
	$(BIN)/python -m tests.system.site_fidelity "$(DUMP)" $(ARGS)

site-links: $(VENV)/.develop ## Build sites from DUMP= with Jekyll and Hugo; follow the links between posts
	$(BIN)/python -m tests.system.follow_links "$(DUMP)" $(ARGS)

torture: $(VENV)/.develop ## Kill KILLS= runs at random moments and check that the next run repairs the output
	$(BIN)/python -m tests.system.torture_kill $(KILLS)

torture-manifest: $(VENV)/.develop ## Damage the manifest FLIPS= times and check that no file is lost
	$(BIN)/python -m tests.system.torture_manifest $(FLIPS)

torture-images: $(VENV)/.develop ## Download 5,000 images in a run that is killed twice
	$(BIN)/python -m tests.system.torture_images

fuzz: $(VENV)/.fuzz ## Search for MINUTES= for inputs that break a law
	mkdir -p .fuzz/corpus
	cd .fuzz && PYTHONPATH=.. ../$(BIN)/python -m tests.system.fuzz corpus -max_len=900 -max_total_time=$$(( $(MINUTES) * 60 )) -print_final_stats=1

##@ To measure

bench: $(VENV)/.bench ## Speed of convert() and of other converters on SAMPLE= (by default the fixtures)
	$(BIN)/python -m benchmarks.speed $(SAMPLE) $(ARGS)

bench-fidelity: $(VENV)/.bench ## What csdn2md and other converters keep of SAMPLE= (by default the fixtures), by two judges
	$(BIN)/python -m benchmarks.fidelity $(SAMPLE) $(ARGS)

bench-batch: $(VENV)/.bench ## Speed and memory of a whole run on SAMPLE= (by default generated posts), COPIES= times
	$(BIN)/python -m benchmarks.batch "$(SAMPLE)" $(COPIES)

bench-memory: $(VENV)/.run ## Memory of convert(): one document, and many in a row, of SAMPLE=
	$(BIN)/python -m benchmarks.memory $(SAMPLE) $(ARGS)

bench-verify: $(VENV)/.run ## Cost of verification compared with conversion on SAMPLE= (by default fixtures/dump)
	$(BIN)/python -m benchmarks.verify $(or $(SAMPLE),fixtures/dump)

bench-hostile: $(VENV)/.develop ## Time and memory per MB of hostile input of SIZES= MB (SHAPES=all: every shape; OF=all: every part)
	for part in $(if $(filter all,$(OF)),$(PARTS),$(OF)); do \
		$(BIN)/python -m benchmarks.hostile --of $$part --sizes "$(SIZES)" --shapes "$(SHAPES)" || code=1; done; exit $$code
