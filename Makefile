# Two commands for a new machine: `make demo` and `make test`. Both set up .venv first, and only what has changed.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help install dev demo test check shape shots bench load kills lock clean

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check
INSTALLED := .venv/.installed
DEV_INSTALLED := .venv/.dev-installed
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

help: ## 显示这份说明
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

install: $(INSTALLED) ## 只安装，装在 .venv 里

dev: $(DEV_INSTALLED) ## 连同开发和测试用的工具一起安装

demo: $(INSTALLED) ## 演示：建一个虚构的县，读一份方案，打开网站（SERVE=0 只打印；PORT=8001 换端口）
	@$(BIN)/zhunsheng demo

test: $(DEV_INSTALLED) ## 运行全部测试，先在 SQLite 上，再在 PostgreSQL 上（ARGS= 给 pytest 的参数）
	@$(BIN)/python tools/test.py $(ARGS)

check: $(DEV_INSTALLED) ## 格式、静态检查、类型、楼层、迁移、对照表
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/migrations.py
	$(BIN)/python tools/coverage_map.py
	$(BIN)/python tools/shape.py

shape: $(DEV_INSTALLED) ## 文件和函数有多长
	@$(BIN)/python tools/shape.py

shots: $(DEV_INSTALLED) ## 给每一页拍照并查无障碍（OUT= 存放的目录）
	@$(BIN)/python tools/shots.py

bench: $(DEV_INSTALLED) ## 量准确率和速度（FULL=1 量全部）
	@$(BIN)/python tools/bench.py

load: $(DEV_INSTALLED) ## 五十人同时办公有多快，再加人到太慢为止（SECONDS=60；DATABASE=SQLite 只量一种）
	@$(BIN)/python tools/load.py

kills: $(DEV_INSTALLED) ## 办理时不断 kill −9，查有没有丢失和半截（KILLS=200；DATABASE=SQLite 只查一种）
	@KILLS=$(or $(KILLS),200) $(BIN)/python tools/kills.py

lock: $(DEV_INSTALLED) ## 重新生成锁定文件（UPGRADE=1 换新版本）
	$(LOCK) --group build --output-file requirements.lock
	$(LOCK) --group build --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean: ## 删掉 .venv 和缓存，不动 var/
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage .coverage.*

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "需要 Python 3.11 或更新的版本。" >&2; exit 1; }
	@$(PYTHON) -m venv .venv \
		|| { rm -rf .venv; echo "建不了 .venv。请先运行：apt install git make python3-venv" >&2; exit 1; }

$(INSTALLED): requirements.lock pyproject.toml | $(BIN)/python
	@echo "正在安装到 .venv ……"
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_INSTALLED): requirements-dev.lock $(INSTALLED)
	@echo "正在安装开发工具 ……"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@
