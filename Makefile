# Everything a developer or CI runs. `make help` lists the targets.

PYTHON ?= python3
# More arguments for `make deploy` and `make diff`, such as --skip-provider-lock without a registry.
CDKTF_FLAGS ?=
export PIPENV_VENV_IN_PROJECT := 1
export PIPENV_IGNORE_VIRTUALENVS := 1
export PIPENV_NOSPIN := 1
export CHECKPOINT_DISABLE := 1
# Bytecode is kept, for a second run that is quick.
unexport PYTHONDONTWRITEBYTECODE
export PATH := $(CURDIR)/.venv/bin:$(PATH)

PIPENV = $(shell command -v pipenv || echo .tools/pipenv/bin/pipenv)
CODE := constructs_auth tests examples bench start tools main.py

.DEFAULT_GOAL := help

.PHONY: help
help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: synth
synth: .venv/ready ## Write cdktf.out/stacks/auth/cdk.tf.json from main.py.
	@python main.py
	@echo "wrote cdktf.out/stacks/auth/cdk.tf.json"

# Checkov wants other versions of what the tests need, so it lives in an environment of its own.
.tools/checkov/ready: tests/checkov.txt
	@echo "installing Checkov into .tools/checkov (about a minute)"
	@$(PYTHON) -m venv .tools/checkov
	@.tools/checkov/bin/python -m pip install --quiet --requirement tests/checkov.txt
	@touch $@

.tools/runtimes/ready: tools/runtimes.py Pipfile.lock .venv/ready
	@python -m tools.runtimes
	@touch $@

.PHONY: runtimes
runtimes: .tools/runtimes/ready ## Install other Pythons and Nodes, which `CI=true make test` tries.

# CDK Terrain beside CDKTF, with its command line and a Node.js that is new enough for it.
.tools/cdktn/ready: tests/cdktn/requirements.txt tests/cdktn/package.json tests/cdktn/package-lock.json pyproject.toml
	@echo "installing CDK Terrain into .tools/cdktn (about two minutes)"
	@$(PYTHON) -m venv .tools/cdktn
	@.tools/cdktn/bin/python -m pip install --quiet --requirement tests/cdktn/requirements.txt --editable '.[cdktn,node]'
	@.tools/cdktn/bin/python -m tools.link_node
	@cp tests/cdktn/package.json tests/cdktn/package-lock.json .npmrc .tools/cdktn
	@cd .tools/cdktn && PATH="$(CURDIR)/.tools/cdktn/bin:$$PATH" npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# The real clients of the tests: libraries for browsers and servers, with their types.
.tools/clients/ready: tests/clients/package.json tests/clients/package-lock.json .npmrc .venv/ready
	@echo "installing the clients of tests/clients into .tools/clients (about two minutes)"
	@mkdir -p .tools/clients
	@cp tests/clients/package.json tests/clients/package-lock.json tests/clients/.npmrc .tools/clients
	@cd .tools/clients && PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# What the page of examples/sample_application loads.
.tools/sample_application/ready: $(addprefix examples/sample_application/,package.json package-lock.json .npmrc) .venv/ready
	@echo "installing the library of the page into .tools/sample_application (a few seconds)"
	@mkdir -p .tools/sample_application
	@cp $(addprefix examples/sample_application/,package.json package-lock.json .npmrc) .tools/sample_application
	@cd .tools/sample_application && PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci --no-audit --no-fund --loglevel=error
	@touch $@

.PHONY: clients
clients: .tools/clients/ready ## Try real clients of Cognito (tests/clients).
	@CI=true python -m pytest tests/clients

.PHONY: test
test: .venv/ready node_modules/ready $(if $(CI),.tools/checkov/ready .tools/clients/ready .tools/cdktn/ready .tools/runtimes/ready .tools/site/ready) ## Run the tests; CI=true adds those that take minutes.
	@$(if $(CI),python -m pytest $(SPREAD),$(IN_TWO_HALVES))
	@$(if $(CI),$(CDKTN_TESTS))

SPREAD := -n 2 --dist loadscope --no-loadscope-reorder
# xdist needs a millisecond for each test, and two collections of all tests: a sixth of the time.
IN_TWO_HALVES = log=$$(mktemp); \
	python -m pytest $(HALF) -o cache_dir=.pytest_cache/half > $$log 2>&1 & half=$$!; \
	python -m pytest tests $(addprefix --ignore=,$(HALF)); other=$$?; wait $$half; half=$$?; cat $$log; rm $$log; exit $$((half + other))
HALF := tests/synth tests/terraform tests/clients tests/fuzz

CDKTN_TESTS = CONSTRUCTS_AUTH_FRAMEWORK=cdktn .tools/cdktn/bin/python -m pytest $(SPREAD) tests/synth --ignore tests/synth/test_runtimes.py

.PHONY: cdktn
cdktn: .tools/cdktn/ready ## Run the tests of the constructs on CDK Terrain.
	@$(CDKTN_TESTS)

.PHONY: release-check
release-check: ## Build wheel and sdist into dist, and try each in an empty environment.
	@$(PYTHON) -m tools.release_check

.PHONY: fuzz
fuzz: .venv/ready ## Search for ten minutes, with random seeds, for inputs that break a command.
	@python -m tests.fuzz

.PHONY: floors
floors: ## Test with the oldest dependencies that are supported.
	@$(PYTHON) -m venv .tools/floors
	@.tools/floors/bin/python -m pip install --quiet --constraint tests/floors.txt . hypothesis pytest pytest-xdist sybil syrupy
	@.tools/floors/bin/python -m pytest tests/synth --ignore tests/synth/engine

.PHONY: check
check: .venv/ready ## Check format, lint and types, as CI does.
	@ruff format --check $(CODE)
	@ruff check $(CODE)
	@mypy

.PHONY: format
format: .venv/ready ## Format the code and fix what ruff can fix.
	@ruff format $(CODE)
	@ruff check --fix $(CODE)

.PHONY: demo
demo: synth ## Deploy to an embedded AWS, sign a user up and in, destroy it again.
	@python -m tests.support.demo

PORT ?= 8400
.PHONY: demo-app
demo-app: .venv/ready .tools/sample_application/ready ## Deploy a page with sign-in to an embedded AWS, and serve it; PORT=8400.
	@python -m tests.support.demo_app --port $(PORT)

.PHONY: bench
bench: .venv/ready ## Measure start-up and synthesis, side by side with peers.
	@python -m bench

.PHONY: bench-quick
bench-quick: .venv/ready ## Measure only what has a limit, in under two minutes.
	@python -m bench --quick

.PHONY: docs
docs: .venv/ready ## Write the pages of rules, and the bounds in docstrings, from the facts.
	@python -m tools.docstrings
	@python -m tools.rules_page > docs/rules.md
	@python -m tools.commands_page > docs/commands.md
	@python -m constructs_auth.review.registry > docs/change_rules.md

.PHONY: docs-arguments
docs-arguments: .venv/ready ## Write docs/arguments.md by changing every keyword (minutes).
	@mkdir -p build
	@python -m tools.arguments_page > build/arguments.md
	@mv build/arguments.md docs/arguments.md

# The site generator wants versions of its own, as Checkov does.
.tools/site/ready: tools/site.txt
	@echo "installing MkDocs into .tools/site (about half a minute)"
	@$(PYTHON) -m venv .tools/site
	@.tools/site/bin/python -m pip install --quiet --requirement tools/site.txt
	@touch $@

.PHONY: docs-site
docs-site: .tools/site/ready .venv/ready ## Build the documentation site in build/site/html; fails at a broken link.
	@python -m tools.site_pages
	@NO_MKDOCS_2_WARNING=1 .tools/site/bin/mkdocs build --strict
	@echo "wrote build/site/html/index.html"

.PHONY: deploy
deploy: .venv/ready node_modules/ready ## Run `cdktf deploy` on the stack `auth`.
	@npx --no-install cdktf deploy auth $(CDKTF_FLAGS)

.PHONY: diff
diff: .venv/ready node_modules/ready ## Run `cdktf diff` on the stack `auth`.
	@npx --no-install cdktf diff auth $(CDKTF_FLAGS)

.PHONY: lock
lock: .tools/pipenv-or-path ## Write Pipfile.lock from Pipfile.
	@$(PIPENV) lock
	@$(PYTHON) tools/strip_lock.py

.PHONY: clean
clean: ## Remove everything that the other targets created.
	@rm -rf .venv .tools node_modules cdktf.out build dist

# Pipenv from the PATH, or one of our own: no user's Python is changed.
.PHONY: .tools/pipenv-or-path
.tools/pipenv-or-path:
	@command -v pipenv >/dev/null || test -x .tools/pipenv/bin/pipenv || { \
	  echo "installing pipenv into .tools/pipenv"; \
	  $(PYTHON) -m venv .tools/pipenv && .tools/pipenv/bin/python -m pip install --quiet "pipenv>=2026.10,<2027"; }

.venv/ready: Pipfile Pipfile.lock | .tools/pipenv-or-path
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	@echo "installing the packages of Pipfile.lock into .venv (about a minute)"
	@$(PIPENV) sync --dev --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')"
	@.venv/bin/python -m tools.link_node
	@touch $@

node_modules/ready: package.json package-lock.json .npmrc | .venv/ready
	@echo "installing cdktf-cli into node_modules (about half a minute)"
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@
