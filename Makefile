# make run      the dashboard, on a machine that has only Python 3.11 or newer and make
# make demo     the same with made-up progress, in a database of its own
# make develop  the dashboard, reloading what is edited
# make test     every test; make test-fast leaves out those in a browser
# make lint     style and types
# make bench    how fast it is, against its limits
# make screens  a picture of every page, of the dashboard and of the report, into screens/
#
# On Windows: py -m venv .venv, then .venv\Scripts\pip install -r requirements.txt, then
# .venv\Scripts\python manage.py serve

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo "sudo -n")

.PHONY: run demo develop test test-fast bench screens lint chromium libreoffice
.DELETE_ON_ERROR:

run: $(VENV)/server
	$(BIN)/python manage.py serve --port $(PORT)

demo: export DATABASE_URL = sqlite:///data/demo.db
demo: $(VENV)/server
	[ -f data/demo.db ] || $(BIN)/python manage.py demo
	$(BIN)/python manage.py serve --port $(PORT)

# PYTHONPATH: Streamlit watches only the folder of its script, pages/, and what stands there.
develop: $(VENV)/server
	PYTHONPATH=. $(BIN)/streamlit run dashboard.py --server.port $(PORT) \
		--server.fileWatcherType auto --server.runOnSave true --client.showErrorDetails full

# The browser tests share the cores file by file, since the tests of a file share their servers; all others one by one.
test: $(VENV)/test chromium libreoffice
	$(BIN)/python -m pytest -n auto -m "not browser and not benchmark"
	$(BIN)/python -m pytest -n auto --dist loadfile -m browser

test-fast: $(VENV)/test
	$(BIN)/python -m pytest -n auto -m "not browser and not benchmark"

bench: $(VENV)/test chromium
	$(BIN)/python -m pytest -m benchmark -s tests/benchmarks/first_visit.py tests/benchmarks/load.py \
		tests/benchmarks/report.py tests/benchmarks/reporting.py tests/benchmarks/rollups.py

screens: $(VENV)/test chromium libreoffice
	$(BIN)/python -m tests.browser.screens
	$(BIN)/python -m tests.office.screens

lint: $(VENV)/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Stamps: what is installed is installed again only when its list changes.
$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/server: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

# Dependency groups need pip 25.1.
$(VENV)/test: $(VENV)/server pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group test
	touch $@

# Without it each browser test skips itself and says so; where CI=true that is a failure.
chromium:
	@command -v chromium >/dev/null \
		|| { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends chromium; } \
		|| echo "No Chromium, and no right to install it: whatever needs a browser is skipped."

# As a second reader of the Office files we write; poppler reads the PDF it makes of them. Without it as above.
libreoffice:
	@{ command -v soffice && command -v pdftotext; } >/dev/null \
		|| { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends \
			libreoffice-calc libreoffice-writer libreoffice-impress poppler-utils; } \
		|| echo "No LibreOffice, and no right to install it: whatever needs it is skipped."
