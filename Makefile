# Every target sets itself up: Python 3.12 or newer is all that a machine needs to have.
#   make demo     the whole story on two databases of an embedded server
#   make test     the tests (with SCHEMADIFF_EVERY_CASE=1 those of every case)
#   make check    format, lint, types, the docs made from the code, the guards of the house's rules
#   make lint     the same without the guards, which are tests
#   make bench    the benchmarks, against pg_dump
#   make clean    remove what the above made

python := .venv/bin/python
paths := src tests benchmarks scripts

.PHONY: demo test check lint bench clean setup

demo: setup
	@.venv/bin/schemadiff demo

test: setup
	@$(python) -m pytest -q -n auto

check: lint
	@$(python) -m pytest -q tests/guards

lint: setup
	@$(python) -m ruff format --check $(paths)
	@$(python) -m ruff check $(paths)
	@$(python) -m mypy
	@$(python) scripts/docs.py --check
	@$(python) -m schemadiff snapshot --check

bench: setup
	@$(python) benchmarks/run.py --write benchmarks/results.md

setup:
	@PYTHON='$(PYTHON)' sh scripts/setup

clean:
	rm -rf .venv build dist src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests benchmarks -name __pycache__ -type d -exec rm -rf {} +
