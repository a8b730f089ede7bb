# Everything is built into .venv; a second run finds it there.
PYTHON ?= python3.11
BIN := .venv/bin
EXERCISE := src/watchfloor/data/exercise

.PHONY: demo desk test check docs lock clean

demo: .venv/ready .venv/assets-ready
	@$(BIN)/watchfloor code --format table $(EXERCISE)/reports.jsonl
	@echo
	@echo "A week of EXERCISE reports held against a register of thirteen sites raises these alerts:"
	@$(BIN)/watchfloor watch --register $(EXERCISE)/register $(EXERCISE)/week.jsonl
	@echo
	@echo "That was the EXERCISE. Next: make desk, which shows these alerts with their evidence,"
	@echo "or $(BIN)/watchfloor code YOUR-FILE-OR-FOLDER"

desk: .venv/ready .venv/assets-ready
	@$(BIN)/watchfloor desk --exercise

test: .venv/dev-ready .venv/system-ready .venv/assets-ready
	$(BIN)/python -m pytest

check: .venv/dev-ready
	$(BIN)/ruff check src tests tools evals benchmarks examples
	$(BIN)/ruff format --check src tests tools evals benchmarks examples
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_wheel.py
	$(BIN)/python -m mkdocs build --strict -q
	$(BIN)/python evals/gate.py

# The documentation site, in site/: built without the network, links checked.
docs: .venv/dev-ready
	$(BIN)/python -m mkdocs build --strict

# Pins with hashes, and without the address of any registry.
lock: .venv/dev-ready
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --group dev -c requirements.txt -o requirements-dev.txt

.venv/uv-ready:
	$(PYTHON) -m venv .venv || (apt-get update && apt-get install -y python3.11-venv && $(PYTHON) -m venv .venv)
	$(BIN)/python -m pip install -q uv==0.13.9
	@touch $@

.venv/ready: .venv/uv-ready requirements.txt pyproject.toml
	$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements.txt
	$(BIN)/uv pip install -q --python $(BIN)/python hatchling editables
	$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev-ready: .venv/ready requirements-dev.txt
	$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@touch $@

# The desk's scripts and its basemap, from npm; without npm the desk does without a map.
.venv/assets-ready: .venv/uv-ready package-lock.json tools/build_assets.py
	@$(BIN)/python tools/build_assets.py && touch $@ || true

# What the tests need of Debian: a browser, npm, and PostgreSQL with PostGIS.
.venv/system-ready: .venv/uv-ready
	@(ls /usr/lib/postgresql/*/bin/initdb /usr/share/postgresql/*/extension/postgis.control \
	    && command -v chromium && command -v npm) > /dev/null 2>&1 \
	  || (apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y \
	    --no-install-recommends postgresql postgresql-15-postgis-3 chromium fonts-dejavu-core \
	    nodejs npm)
	@touch $@

clean:
	rm -rf .venv
