# One word for each thing that is done often. `make` lists them.
PYTHON ?= python3
PORT ?= 8000
FRONTEND_PORT ?= 4321
WEB_WORKERS ?= 2
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
export PORT FRONTEND_PORT WEB_WORKERS

.DEFAULT_GOAL := help
.PHONY: help setup demo frontend serve worker test test-fast coverage fuzz bench lint lint-python lint-frontend format lock audit schema messages release

help: ## list what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

.venv/.runs: requirements.lock scripts/environment
	@PYTHON=$(PYTHON) scripts/environment requirements.lock
	@touch $@

.venv/.tests: .venv/.runs requirements-observability.lock requirements-dev.lock
	@PYTHON=$(PYTHON) scripts/environment requirements-observability.lock
	@PYTHON=$(PYTHON) scripts/environment requirements-dev.lock
	@touch $@

setup: .venv/.runs ## virtual environment, dependencies, database
	@DJANGO_DEBUG=0 $(MANAGE) migrate --verbosity 0

demo: setup ## the demonstration portal, on http://127.0.0.1:$PORT (8000)
	@DJANGO_DEBUG=0 $(MANAGE) load_demo
	@echo "admin    http://127.0.0.1:$(PORT)/admin/"
	@echo "GraphQL  http://127.0.0.1:$(PORT)/graphql/   to try it: http://127.0.0.1:$(PORT)/graphiql/"
	@DJANGO_SETTINGS_MODULE=settings.development WEB_WORKERS=1 exec scripts/serve

frontend: setup ## the portal as readers see it, on http://127.0.0.1:$FRONTEND_PORT (4321), with the demo behind it; needs npm
	@exec scripts/frontend

release: .venv/.runs ## make a version ready to start: check, migrate under a lock, static files; production settings
	@DJANGO_SETTINGS_MODULE=settings.production $(MANAGE) release

serve: release ## production settings, on 127.0.0.1:$PORT, with a worker for tasks
	@DJANGO_SETTINGS_MODULE=settings.production exec scripts/serve

worker: .venv/.runs ## one more worker for tasks, production settings
	@DJANGO_SETTINGS_MODULE=settings.production exec $(MANAGE) worker

test: .venv/.tests ## all tests that this machine can run; says what it could not
	@$(BIN)/python scripts/test.py

# What starts servers, makes up requests, or asks all there is to ask, takes more time than all the rest.
LONG := attacks audits contract deploy e2e edge faults fuzz leaks oracle queries races
test-fast: .venv/.tests ## the tests of the project's own packages on SQLite, to the first failure, in minutes
	@env -u TEST_DATABASE_URL -u TEST_REDIS_URL TEST_THREE_WAYS=0 $(BIN)/pytest -n 2 --dist worksteal -q -x $(LONG:%=--ignore=tests/%)

coverage: .venv/.tests ## which lines the tests on SQLite run; takes twice their time
	@env -u TEST_DATABASE_URL -u TEST_REDIS_URL TEST_THREE_WAYS=0 $(BIN)/pytest -n 2 --dist worksteal -q --ignore tests/e2e --cov --cov-report=term

fuzz: .venv/.tests ## 30,000 made-up requests, two thirds of them compared with the oracle; on PostgreSQL and Redis where TEST_DATABASE_URL and TEST_REDIS_URL name them
	@FUZZ_REQUESTS=10000 ORACLE_OPERATIONS=20000 $(BIN)/pytest -n 2 -q tests/fuzz tests/oracle

bench: .venv/.tests ## the same work on ours, stock grapple, the REST API and the peers (benchmarks/README.md)
	@scripts/services benchmarks/all

lint: lint-python lint-frontend ## style, import rules, types, missing migrations

lint-python: .venv/.tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(MANAGE) makemigrations --check --dry-run

lint-frontend:
	scripts/frontend check

format: .venv/.tests ## write the code as ruff and prettier have it
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .
	@[ ! -d frontend/node_modules ] || npm --prefix frontend run --silent format

# For every system and Python from 3.11 on; nothing that was released within the last seven days.
LOCK := uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	--exclude-newer "7 days" --custom-compile-command "make lock"
lock: .venv/.tests ## the newest versions that requirements*.txt allow, with their hashes
	@$(BIN)/$(LOCK) requirements-pip.txt --output-file requirements-pip.lock
	@$(BIN)/$(LOCK) requirements.txt --output-file requirements.lock
	@$(BIN)/$(LOCK) requirements-s3.txt --constraint requirements.lock --output-file requirements-s3.lock
	@$(BIN)/$(LOCK) requirements-observability.txt --constraint requirements.lock --output-file requirements-observability.lock
	@$(BIN)/$(LOCK) requirements-dev.txt --constraint requirements-pip.lock --constraint requirements.lock --constraint requirements-observability.lock --output-file requirements-dev.lock
	@$(BIN)/$(LOCK) examples/clients/requirements.txt --output-file examples/clients/requirements.lock

audit: .venv/.tests ## known vulnerabilities of what is locked
	@$(BIN)/python scripts/audit.py

schema: .venv/.runs ## write schema.graphql from the code
	@$(MANAGE) export_schema

messages: .venv/.runs ## compile the Vietnamese messages (needs gettext)
	@git ls-files '*.po' | while read -r file; do msgfmt --check -o "$${file%.po}.mo" "$$file" || exit 1; done
