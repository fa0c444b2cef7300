#!/bin/bash
# Put uv, which installs the lock in seconds, in its own small environment.
set -eu
cd "$(dirname "$0")/.."
tools/packages.sh venv
python=$(tools/find_python.sh)
[ -x .venv-uv/bin/python ] || "$python" -m venv .venv-uv
.venv-uv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/uv.txt
touch .venv-uv/bin/uv
