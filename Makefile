# make book    build the book and say where it is
# make test    run every test
# make audit   the heavy tests too, in full
# make reproduce   measure what others report of CIFAR-10 (`lintutor data cifar10` gets the images)
# make bench   the performance claims, as ratios against named peers; TOPICS="losses features" for some
# make record    measure again what the grader compares measured figures with
# make mutants   what the checks miss of all small changes of the worked answers
# make serve   serve the built book on this machine
# make lock    renew the pins (needs uv); make clean removes what the others made
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HTML := _build/html
export PYTHONUTF8 = 1

.PHONY: book test audit reproduce bench mutants record serve lock clean
.DELETE_ON_ERROR:

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if v >= (3, 11) else f"lintutor needs Python 3.11 or later; $(PYTHON) is {v[0]}.{v[1]}. Name another one: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Setting up $(VENV) from requirements.lock: a minute, the first time only."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

book: $(VENV)/.ready
	@$(BIN)/jupyter-book build --quiet -W --keep-going .
	@echo "The book: $(CURDIR)/$(HTML)/index.html"

test: $(VENV)/.ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m lintutor stubs --check
	@$(MAKE) --no-print-directory book
	@$(BIN)/python -m pytest -m "not audit"

audit: $(VENV)/.ready
	@$(MAKE) --no-print-directory book
	@LINTUTOR_AUDIT=1 $(BIN)/python -m pytest

reproduce: $(VENV)/.ready
	@$(BIN)/python -m lintutor reproduce $(ARGS)

bench: $(VENV)/.ready
	@$(BIN)/python -m benchmarks $(TOPICS)

mutants: $(VENV)/.ready
	@$(BIN)/python -m lintutor mutants --jobs 2 $(ARGS)

record: $(VENV)/.ready
	@$(BIN)/python tests/autograder/common/record.py

serve: $(VENV)/.ready
	@$(BIN)/python -m lintutor serve

lock:
	uv pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes --no-header --no-annotate \
	    --no-emit-index-url --constraint requirements.in pyproject.toml -o requirements.lock

clean:
	rm -rf _build .pytest_cache .mypy_cache .ruff_cache .hypothesis $(VENV)
