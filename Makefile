# Names only; the work is done by the program and the tools. `make help` lists them.
PYTHON ?= python3
PIP = .venv/bin/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := site
.PHONY: help site serve test check bench lock wheel clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

site: .venv/ready node_modules/.bundled ## load seeds/ into articles/, build _site/
	@.venv/bin/gongwen site $(ARGS)

serve: .venv/ready node_modules/.bundled ## build, serve on 127.0.0.1, rebuild and reload on every change
	@.venv/bin/gongwen serve $(ARGS)

test: .venv/ready-to-test node_modules/.bundled ## run all tests, in a real browser too
	@.venv/bin/python tests/browser/chromium.py --install
	@.venv/bin/python -m pytest -n auto --dist loadfile $(ARGS)

check: .venv/ready-to-test site ## format, lint, types, and the built site
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/gongwen check

bench: .venv/ready ## time it, and its peers on the same work, as Markdown tables
	@.venv/bin/python tests/bench/run.py $(ARGS)

lock: .venv/ready ## resolve the pinned versions anew
	$(PIP) install 'uv>=0.7,<1'
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes --no-header \
	  --no-emit-index-url --extra fast pyproject.toml --output-file requirements/site.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes --no-header \
	  --no-emit-index-url --extra fast --group test --group check --constraints requirements/site.txt pyproject.toml \
	  --output-file requirements/test.txt
	npm update --silent

wheel: .venv/ready node_modules/.bundled ## build dist/gongwen_site-*.whl and the source distribution
	$(PIP) install 'build>=1.2,<2'
	.venv/bin/python -m build

clean: ## remove what the other targets made, articles/ excepted
	rm -rf .venv .cache _site node_modules dist

# A venv is made anew when the lock changes: what it holds is then what the lock says.
.venv/ready: requirements/site.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed: install it, or say PYTHON=… / 需要 Python 3.11 或更新的版本"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "The venv module is missing: apt install python3-venv / 缺少 venv 模块"; exit 1; }
	@$(PIP) install --require-hashes -r requirements/site.txt
	@$(PIP) install --no-deps --editable .
	@.venv/bin/python -m compileall -q src  # the first command starts as soon as the later ones
	@touch $@

.venv/ready-to-test: .venv/ready requirements/test.txt
	@$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

node_modules/.ready: package-lock.json
	@command -v npm >/dev/null || \
	  { echo "npm is missing: install Node.js 18 or later (nodejs.org, or apt install nodejs npm) / 缺少 npm：请安装 Node.js 18 或更新的版本"; exit 1; }
	@npm ci --silent
	@touch $@

# One file for the page, one for its worker: what a browser would else fetch as twenty.
node_modules/.bundled: node_modules/.ready bundle.mjs $(shell find static/js -name '*.js')
	@npm run --silent bundle
	@touch $@
