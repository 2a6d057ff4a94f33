# The one door: make run, make serve, make test, make lint, make docs, make bench.
# Everything is set up in .venv on first use; a second run installs nothing.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# By the command line alone: desktops set LANGUAGE, and WSL NAME, for purposes of their own.
FILE = examples/undangan-surel.eml
DECISION =
REASON =
CHANNEL =
LANGUAGE =
NAME = Rani Kusuma
OPTIONS =

# The shipped examples belong to one week in November 2026; any other file is read as of now.
NOW = $(if $(filter examples/%,$(FILE)),2026-11-24T09:00:00+07:00)

# Bytecode makes start-up twice as quick, and some shells switch it off.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run serve test lint format docs docs-site pictures bench fuzz attacks soak site site-serve package versions audit sbom container lock clean

help:
	@echo "make run        answer an invitation: make run FILE=... DECISION=decline REASON=other_offer NAME='Rani Kusuma'"
	@echo "make serve      open Pamit in the browser of this machine"
	@echo "make test       set up and run every test"
	@echo "make lint       ruff, mypy and the import contracts"
	@echo "make docs       write the generated pages anew"
	@echo "make docs-site  put the pages of docs/ together as a site with search, in build/docs"
	@echo "make pictures   take the pictures of the app anew"
	@echo "make bench      measure speed beside other tools"
	@echo "make soak       the app and the worker under load and faults: make soak MINUTES=30"
	@echo "make site       put the site together that runs in a browser alone; make site-serve serves it here"
	@echo "make package    build the wheel and the sdist into dist"
	@echo "make versions   the quick tests on every Python here, and with the lowest packages"
	@echo "make audit      ask the advisory services about every locked package"
	@echo "make sbom       write the software bill of materials into dist"
	@echo "make container  lint the Containerfile, and build it where an engine is"
	@echo "make lock       resolve the lock files anew"

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Pamit needs Python 3.11 or newer; name it: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python could not make an environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "Setting up Pamit in $(VENV) (once)…" >&2
	@$(BIN)/pip install --quiet --require-hashes -r requirements/build.txt -r requirements/run.txt
	@$(BIN)/pip install --quiet --no-build-isolation --no-deps --editable .
	@$(BIN)/python -m compileall -q src || true
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@echo "Setting up the test tools in $(VENV) (once)…" >&2
	@$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

run: $(VENV)/.run
	@$(BIN)/pamit answer "$(FILE)" --name "$(NAME)" \
	  $(if $(DECISION),--decision $(DECISION)) $(if $(REASON),--reason $(REASON)) $(if $(CHANNEL),--channel $(CHANNEL)) \
	  $(if $(NOW),--now $(NOW)) $(if $(LANGUAGE),--language $(LANGUAGE)) $(OPTIONS)

serve: $(VENV)/.run
	@$(BIN)/pamit serve $(OPTIONS)

# A second implementation of calendars, for the tests alone. Without it they are skipped, and fail where CI is set.
tests/peers/node_modules/.package-lock.json: tests/peers/package-lock.json
	@cd tests/peers && npm ci --silent --ignore-scripts --no-audit --no-fund || echo "ical.js and axe-core could not be installed; their tests are skipped" >&2

test: $(VENV)/.dev tests/peers/node_modules/.package-lock.json tools/phone/node_modules/.package-lock.json
	@sh tools/debian.sh
	@$(BIN)/ruff check src tests
	@$(BIN)/ruff format --check -q src tests
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m pytest

lint: $(VENV)/.dev
	@$(BIN)/ruff check src tests
	@$(BIN)/ruff format --check -q src tests
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix src tests
	@$(BIN)/ruff format src tests

# The pages under docs/ that are made from the source; tests compare them with it.
docs: $(VENV)/.dev
	@$(BIN)/python tools/gallery.py
	@$(BIN)/python tools/settings.py
	@$(BIN)/python tools/rules.py
	@$(BIN)/python tools/catalogue.py
	@$(BIN)/python tools/commands.py
	@$(BIN)/python tools/manual.py
	@$(BIN)/python tools/parity.py
	@$(BIN)/python tools/assistants.py
	@$(BIN)/python tools/api.py

tools/phone/node_modules/.package-lock.json: tools/phone/package-lock.json
	@cd tools/phone && npm ci --silent --ignore-scripts --no-audit --no-fund || echo "Pyodide could not be installed; the site cannot be built" >&2

# Pamit within a browser: static files for any host. PORT is where they are served on this machine.
PORT ?= 8478
site: $(VENV)/.dev tools/phone/node_modules/.package-lock.json
	@$(BIN)/python tools/site_builder.py

site-serve:
	@$(BIN)/python tools/site_builder.py serve $(PORT)

$(VENV)-docs/.ready: requirements/docs.txt
	@$(PYTHON) -m venv $(VENV)-docs
	@$(VENV)-docs/bin/pip install --quiet --require-hashes -r requirements/docs.txt
	@touch $@

# A link that leads nowhere is an error here.
docs-site: $(VENV)-docs/.ready
	@NO_MKDOCS_2_WARNING=1 $(VENV)-docs/bin/mkdocs build --quiet --clean
	@echo "build/docs"

# Pictures of the app, taken with Debian's Chromium.
pictures: $(VENV)/.dev
	@$(BIN)/python tools/pictures.py
	@$(BIN)/python tools/recording.py

$(VENV)-bench/.ready: requirements/bench.txt benchmarks/peers/package-lock.json
	@$(PYTHON) -m venv $(VENV)-bench
	@$(VENV)-bench/bin/pip install --quiet --require-hashes -r requirements/bench.txt
	@cd benchmarks/peers && npm ci --silent --ignore-scripts --no-audit --no-fund || echo "npm peers could not be installed; they are named as absent" >&2
	@touch $@

# Other tools are installed here and nowhere else.
bench: $(VENV)/.dev $(VENV)-bench/.ready
	@sh tools/debian.sh requirements/debian-bench.txt
	@$(BIN)/python -m compileall -q src
	@PEER_PYTHON=$(CURDIR)/$(VENV)-bench/bin/python $(BIN)/python benchmarks/bench.py $(PART)

$(VENV)-ship/.ready: requirements/ship.txt
	@$(PYTHON) -m venv $(VENV)-ship
	@$(VENV)-ship/bin/pip install --quiet --require-hashes -r requirements/ship.txt
	@touch $@

# From the sdist, as others would build it, and off the network.
package: $(VENV)/.run
	@rm -rf dist/source && mkdir -p dist
	@$(BIN)/python -m hatchling build -t sdist -d dist
	@mkdir dist/source && tar -xzf dist/pamit-$$($(BIN)/python -c 'import pamit; print(pamit.__version__)').tar.gz -C dist/source --strip-components=1
	@cd dist/source && $(CURDIR)/$(BIN)/python -m hatchling build -t wheel -d $(CURDIR)/dist
	@rm -rf dist/source

versions:
	@sh tools/versions.sh

audit: $(VENV)-ship/.ready
	@$(VENV)-ship/bin/python tools/audit.py

# Of an environment that holds what pamit[all] needs and nothing else. Without moments and numbers, so it is the same twice.
sbom: $(VENV)-ship/.ready $(VENV)/.run
	@rm -rf $(VENV)-bill && $(PYTHON) -m venv --without-pip $(VENV)-bill
	@$(VENV)-ship/bin/pip --python $(VENV)-bill/bin/python install --quiet --require-hashes -r requirements/run.txt
	@mkdir -p dist
	@$(VENV)-ship/bin/cyclonedx-py environment $(VENV)-bill/bin/python --pyproject pyproject.toml --mc-type application \
	  --output-reproducible --validate --of JSON -o dist/pamit-$$($(BIN)/python -c 'import pamit; print(pamit.__version__)').cdx.json
	@rm -rf $(VENV)-bill

# BASE names another image than the Containerfile's, where that registry cannot be reached.
container: $(VENV)-ship/.ready
	@$(VENV)-ship/bin/hadolint packaging/Containerfile
	@engine="$$(command -v podman || command -v buildah || command -v docker)"; \
	if [ -n "$$engine" ]; then "$$engine" build $(if $(BASE),--build-arg BASE=$(BASE)) --file packaging/Containerfile --tag pamit .; \
	else echo "linted; there is no engine here to build it" >&2; fi

# Hashes but no addresses: where packages come from is the business of the machine that installs them.
lock: $(VENV)/.dev $(VENV)-ship/.ready
	@$(BIN)/pip install --quiet pip-tools
	@for name in build run dev bench docs; do \
	  CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	    --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements/$$name.txt requirements/$$name.in; \
	done
	@for name in ship lowest; do \
	  inputs=requirements/ship.in; \
	  [ $$name = ship ] || inputs="pyproject.toml requirements/build.in --all-extras --group dev --resolution lowest-direct"; \
	  $(VENV)-ship/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	    --custom-compile-command "make lock" --output-file requirements/$$name.txt $$inputs; \
	done

# Feed the doors with what nobody would write: make fuzz TARGET=mail SECONDS=600
TARGET ?= all
SECONDS ?= 30
fuzz: $(VENV)/.dev
	@$(BIN)/python tools/fuzz.py $(TARGET) $(SECONDS)

# The hostile set, and attacks upon every pattern, with their figures.
attacks: $(VENV)/.dev
	@$(BIN)/python tools/hostile.py
	@$(BIN)/python tools/redos.py

# Load and faults for MINUTES, then everything is counted: make soak MINUTES=30 SEED=1. Linux, as root.
MINUTES ?= 30
SEED ?= 1
soak: $(VENV)/.dev
	@sh tools/debian.sh
	@$(BIN)/python tools/soak.py --minutes $(MINUTES) --seed $(SEED)

clean:
	@rm -rf $(VENV) $(VENV)-bench $(VENV)-ship $(VENV)-docs $(VENV)-versions dist benchmarks/peers/node_modules tests/peers/node_modules tools/phone/node_modules build site .mypy_cache .ruff_cache .pytest_cache .hypothesis
