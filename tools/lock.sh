#!/bin/bash
# Write requirements/*.txt: every package with its hashes, for every platform, and no address of a registry.
set -eu
cd "$(dirname "$0")/.."
compile() {
    local output=$1
    shift
    .venv-uv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
        --output-file "requirements/$output" "$@"
}
compile production.txt pyproject.toml
compile demonstration.txt --constraint requirements/production.txt --extra demonstration pyproject.toml
compile development.txt --constraint requirements/production.txt --extra demonstration --group development pyproject.toml
echo uv | compile uv.txt -
