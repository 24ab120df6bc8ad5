# One word for each thing that is done often. `make` lists them.
PYTHON ?= python3
PORT ?= 8000
WEB_WORKERS ?= 2
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo serve worker test test-fast lint format schema messages

help: ## list what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

.venv/.runs: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.tests: .venv/.runs requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

setup: .venv/.runs ## virtual environment, dependencies, database
	@$(BIN)/python manage.py migrate --verbosity 0

demo: setup ## the demonstration portal on http://127.0.0.1:$PORT
	@$(BIN)/python manage.py load_demo
	@echo "admin    http://127.0.0.1:$(PORT)/admin/"
	@echo "GraphQL  http://127.0.0.1:$(PORT)/graphql/   try it: http://127.0.0.1:$(PORT)/graphiql/"
	@SITE_URL=http://127.0.0.1:$(PORT) $(BIN)/python manage.py runserver --noreload 127.0.0.1:$(PORT)

serve: .venv/.runs ## production settings, on 127.0.0.1:$PORT
	@export DJANGO_SETTINGS_MODULE=settings.production; \
	$(BIN)/python manage.py check --deploy && $(BIN)/python manage.py migrate --verbosity 0 && \
	$(BIN)/python manage.py collectstatic --no-input --verbosity 0 && \
	exec $(BIN)/granian --interface wsgi --host 127.0.0.1 --port $(PORT) --workers $(WEB_WORKERS) --no-ws cms.wsgi:application

worker: .venv/.runs ## carries out tasks, with production settings
	@DJANGO_SETTINGS_MODULE=settings.production exec $(BIN)/python manage.py db_worker

test: .venv/.tests ## all tests that this machine can run; says what it could not
	@$(BIN)/python scripts/test.py

test-fast: .venv/.tests ## the tests on SQLite alone
	@$(BIN)/pytest -n auto tests --ignore tests/e2e

lint: .venv/.tests ## ruff, import rules, migrations, published schema
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

format: .venv/.tests ## write the code as ruff has it
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

schema: .venv/.runs ## write schema.graphql from the code
	@$(BIN)/python manage.py export_schema

messages: .venv/.runs ## compile the Vietnamese messages (needs gettext)
	@for folder in $$(find . -path ./.venv -prune -o -type d -name locale -print); do \
	  (cd $$folder/.. && $(CURDIR)/$(BIN)/python $(CURDIR)/manage.py compilemessages --verbosity 0); done
