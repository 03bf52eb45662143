# Everything runs in .venv, which make builds from the locked requirements: Python 3.11 and the package index are enough.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
# the folder of the sets that the reading is measured on; they are not ours to copy into the project
GOLD ?= ../shared/gold
# the Python to build .venv with; empty: the first of python3.11, python3.12, python3.13 and python3 that will do
PYTHON ?=
PYTEST_OPTIONS ?=

READY := $(VENV)/ready-main
READY_EXTRAS := $(VENV)/ready-extras
READY_TRAIN := $(VENV)/ready-train
LOCKER := build/locker
LOCK := $(LOCKER)/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --newline lf \
  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options $(LOCK_OPTIONS)
LOCK_PROJECT := $(LOCK) --build-deps-for editable --build-deps-for wheel
LOCK_OPTIONS ?=

.PHONY: help demo test gates train-plv train-reader train-confidence extras lint format bench lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

demo: $(READY) ## set everything up and show the main job on the bundled corpus
	@$(BIN)/backchannel demo

test: $(READY) ## set everything up and run the tests (under ten minutes, setup included)
	@$(BIN)/python -m pytest -rs $(PYTEST_OPTIONS)

gates: $(READY) ## measure the reading against the floors of gold/floors.json; GOLD=FOLDER names the sets
	@if [ -d "$(GOLD)" ]; then \
	  $(BIN)/backchannel evaluate --gate --gold "$(GOLD)"; \
	else \
	  echo "gates: skipped, no gold sets at $(GOLD)"; \
	fi

train-plv: $(READY_TRAIN) ## learn the types of acts in five folds and store the predictions that gates scores
	@$(BIN)/python training/plv.py "$(GOLD)/plv/plv_train.tsv"

train-reader: $(READY_TRAIN) ## ask whether a learned reader beats the rules, aspect by aspect
	@$(BIN)/python training/reader.py "$(GOLD)"

train-confidence: $(READY) ## fit how sure a conversation is, and say how well the figures hold
	@$(BIN)/python training/confidence.py "$(GOLD)"

extras: $(READY_EXTRAS) ## run the slow tests and those that need a PostgreSQL server
	@run=($(BIN)/python -m pytest -n 0 -m "extras or slow" -rs $(PYTEST_OPTIONS)); \
	if [ -n "$${BACKCHANNEL_TEST_POSTGRES:-}" ]; then \
	  "$${run[@]}"; \
	elif tests/postgres.sh true; then \
	  tests/postgres.sh "$${run[@]}"; \
	else \
	  echo "extras: skipped the tests on PostgreSQL, no server could be started"; \
	  "$${run[@]}"; \
	fi

lint: $(READY) ## check format, style and types
	@status=0; \
	$(BIN)/ruff format --check . || status=1; \
	$(BIN)/ruff check . || status=1; \
	$(BIN)/mypy --strict || status=1; \
	exit $$status

format: $(READY) ## put the code into its format and mend what ruff can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(READY) ## run the benchmarks
	@set -e; for file in benchmarks/*.py; do \
	  [ -e "$$file" ] || continue; \
	  echo "== $$file"; \
	  $(BIN)/python "$$file"; \
	done

lock: ## write requirements/*.txt anew from pyproject.toml (LOCK_OPTIONS=--upgrade takes newer versions)
	@[ -x $(LOCKER)/bin/pip-compile ] || { \
	  $(call make_venv,$(LOCKER)) && $(LOCKER)/bin/pip install --quiet 'pip-tools>=7.5'; }
	@echo pip | $(LOCK) --output-file requirements/pip.txt -
	@$(LOCK_PROJECT) --extra test --extra review --extra analysis --output-file requirements/main.txt pyproject.toml
	@$(LOCK_PROJECT) --extra test --extra review --extra analysis --extra postgres --constraint requirements/main.txt \
	  --output-file requirements/extras.txt pyproject.toml
	@$(LOCK_PROJECT) --extra test --extra review --extra analysis --extra train --constraint requirements/main.txt \
	  --output-file requirements/train.txt pyproject.toml

clean: ## remove .venv, caches and what was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# make_venv FOLDER: a virtual environment with the locked pip (an old one cannot resolve the extras of lxml)
define make_venv
python=; \
for candidate in $(or $(PYTHON),python3.11 python3.12 python3.13 python3); do \
  if "$$candidate" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
    python=$$candidate; break; \
  fi; \
done; \
if [ -z "$$python" ]; then \
  echo 'make: no Python 3.11 or newer that can make virtual environments (Debian: python3-venv); name one: make PYTHON=python3.12' >&2; \
  exit 1; \
fi; \
{ [ -x $(1)/bin/pip ] || "$$python" -m venv $(1); } && \
$(1)/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/pip.txt
endef

$(READY): requirements/pip.txt requirements/main.txt pyproject.toml
	@echo 'make: setting up $(VENV), about 950 MB (half a minute on a quick line)' >&2
	@$(call make_venv,$(VENV))
	@$(BIN)/pip install --quiet --require-hashes -r requirements/main.txt
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(READY_EXTRAS): $(READY) requirements/extras.txt
	@$(BIN)/pip install --quiet --require-hashes -r requirements/extras.txt
	@touch $@

$(READY_TRAIN): $(READY) requirements/train.txt
	@$(BIN)/pip install --quiet --require-hashes -r requirements/train.txt
	@touch $@
