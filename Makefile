# Two commands matter: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes --only-binary :all:

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run demo-reset test check format bench reliability lock clean

help:
	@sed -nE 's/^([a-z][a-z-]*):.*## (.*)/  make \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r target words; do printf '%-20s %s\n' "$$target" "$$words"; done

run: $(VENV)/run ## the whole plant: database, demo data, server; prints the address and how to sign in
	@$(PY) -m coop.serve

demo-reset: $(VENV)/run ## throw the demo plant away; the next `make run` starts it afresh
	@$(PY) -m coop.serve --forget

test: $(VENV)/dev ## every test; ends with what was skipped and why
	@$(PY) -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder $(TESTS)

check: $(VENV)/dev ## format, lint, types, laws of the house, missing migrations, settings, templates
	@$(PYTHON) .ci/lock.py --check
	@$(PY) -m ruff format --check --quiet . || { echo 'Some files are not in the house format: make format'; exit 1; }
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(PY) -c 'import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())'
	@$(PY) manage.py check --settings tests.settings_offline --fail-level WARNING
	@$(PY) manage.py makemigrations --settings tests.settings_offline --check --dry-run
	@PYTHONPATH=. $(PY) .ci/check_templates.py
	@$(PY) -m pytest --quiet --no-header tests/architecture/test_manners.py tests/architecture/test_arrows.py

format: $(VENV)/dev ## put every Python file into the house's format
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .

bench: $(VENV)/dev ## how fast casting and the pages are beside a bare site, ten years, 700 plants, 10,000 people
	@$(PY) -m tests.bench.run
	@$(PY) -m tests.bench.run assembly
	@$(PY) -m tests.bench.pages
	@$(PY) -m tests.bench.network
	@$(PY) -m tests.bench.register
	@$(PY) -m tests.bench.hall
	@$(PY) -m tests.bench.intake
	@$(PY) -m tests.bench.search
	@$(PY) -m tests.bench.budget
	@$(PY) -m tests.bench.counting --small

reliability: $(VENV)/dev ## storms: everybody votes while programs are killed with -9; attacks on a secret vote; disks, rot, a second machine (half an hour)
	@$(PY) -m tests.reliability $(STORM)
	@REACH=$(or $(REACH),200) $(PY) -m pytest -q tests/elections/test_no_sequence.py -k no_sequence_of_acts

lock: ## write requirements*.txt anew from requirements*.in (UPGRADE=--upgrade for the newest that fit)
	@$(PYTHON) .ci/lock.py $(UPGRADE)

clean: ## remove the environment and everything that was made (the demo's data stays)
	@rm -rf $(VENV) .local/test .local/reliability .local/static .local/lock .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find coop tests .ci -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# The stamp inside the environment is made last, so a half-made one is made again.
$(VENV)/run: requirements.txt requirements.in requirements-dev.in
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Python 3.11 or newer is needed; name it: make $(MAKECMDGOALS) PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo 'Python lacks the venv module. On Debian or Ubuntu: apt-get install python3-venv'; exit 1; }
	@$(PYTHON) .ci/lock.py --check
	@$(PY) -m pip --version >/dev/null 2>&1 || { echo 'Making the environment (once) ...'; $(PYTHON) -m venv --clear $(VENV); }
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/run
	@$(PIP) -r requirements-dev.txt
	@touch $@
