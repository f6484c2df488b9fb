#!/bin/sh
# Writes requirements.lock: the exact versions that pyproject.toml's ranges lead to today, for every Python from 3.11 on
# and every system. It names packages and versions only: where they come from is each machine's own setting.
set -eu

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM HUP

echo "Locking ..."
"${PYTHON:-python3}" -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input uv

# hatchling and editables build the package in place, without a build environment of their own: see setup.sh.
printf '%s\n' hatchling editables >"$scratch/build.in"
"$scratch/venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --upgrade \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
    --extra dev --output-file "$scratch/versions" pyproject.toml "$scratch/build.in" >/dev/null

{
    echo "# The exact versions that the project is tested with, for running it and for its tests. Written by: make lock"
    cat "$scratch/versions"
} >"$scratch/lock"
cp "$scratch/lock" requirements.lock
echo "Wrote requirements.lock: $(grep -c '==' requirements.lock) packages."
