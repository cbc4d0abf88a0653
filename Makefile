# make demo: opens the app on the demo corpus. make test: runs every test. Both set up .venv by themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check bench train clean

demo: $(VENV)/installed
	$(BIN)/explorer demo

test: $(VENV)/tested
	$(BIN)/pytest

check: $(VENV)/checked
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/tested
	$(BIN)/python bench/run.py

# Measures and trains the model of names anew and writes its card; reads ../shared/gold and training/articles.
train: $(VENV)/tested
	$(BIN)/python -m training.names

$(VENV)/installed: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "explorer needs Python 3.11 or newer; set PYTHON to one: make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/tested: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	touch $@

$(VENV)/checked: $(VENV)/tested
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[check]'
	touch $@

clean:
	rm -rf $(VENV)
