#!/bin/sh
# Makes or refreshes .venv, so that a fresh clone needs nothing but Python, git and make. Called by the Makefile.
#   setup.sh run   what the policytrack command needs, for every format of the data package
#   setup.sh dev   that, and what the tests and linters need
# The stamp .venv/.installed-* is removed first and written last: a .venv without one was interrupted and is made anew.
set -eu

purpose=$1
python=${PYTHON:-python3}
venv=.venv

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

run_logged() {
    if ! "$@" >>"$log" 2>&1; then
        cat "$log" >&2
        stop "" "Setting up $venv failed: what the step said stands above. Packages come over the network: is it there?" \
            "It is safe to run make again."
    fi
}

has_stamp() {
    [ -e "$venv/.installed-run" ] || [ -e "$venv/.installed-dev" ]
}

check_python() {
    command -v "$python" >/dev/null 2>&1 || stop \
        "policytrack needs Python 3.11 or newer, and '$python' was not found." \
        "  On Debian or Ubuntu, as root: apt install python3 python3-venv" \
        "  Or name another one:          make PYTHON=/path/to/python3"
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || stop \
        "policytrack needs Python 3.11 or newer, and '$python' is $("$python" --version 2>&1)." \
        "  Name a newer one: make PYTHON=/path/to/python3.11"
    "$python" -c 'import venv, ensurepip' 2>/dev/null || stop \
        "'$python' cannot make virtual environments: its venv module (with ensurepip) is missing." \
        "  On Debian or Ubuntu, as root: apt install $("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')" \
        "  Then run make again. Or name another Python: make PYTHON=/path/to/python3"
}

# The pages are tested in a real browser: Debian's Chromium, for Playwright's own may not be had everywhere.
provide_browser() {
    for name in chromium chromium-browser google-chrome; do
        ! command -v "$name" >/dev/null 2>&1 || return 0
    done
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing Chromium, in which the site is tested ..."
        if { apt-get update && apt-get install --yes --no-install-recommends chromium; } >>"$log" 2>&1; then
            return 0
        fi
        cat "$log" >&2
    fi
    set -- "There is no Chromium, and it could not be installed: the tests of the site need one." \
        "  On Debian, as root: apt install chromium" \
        "  Or name one that is elsewhere: export POLICYTRACK_CHROMIUM=/path/to/chromium"
    [ "${CI:-}" != true ] || stop "$@"
    printf '%s\n' "$@" "Until then these tests are skipped." >&2
}

case $purpose in
run) extra='[formats]' what="$venv" ;;
dev) extra='[dev]' what="$venv with the test tools" ;;
*) stop "usage: setup.sh run|dev" ;;
esac

log=$(mktemp)
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT TERM HUP

if has_stamp && "$venv/bin/python" -c '' 2>/dev/null; then
    echo "Bringing $what up to date ..."
else
    check_python
    echo "Setting up $what ..."
    run_logged "$python" -m venv --clear "$venv"
fi
rm -f "$venv/.installed-run" "$venv/.installed-dev"

pip_install() {
    run_logged "$venv/bin/python" -m pip install --disable-pip-version-check --no-input \
        --constraint requirements.lock "$@"
}

# The build backend comes from the lock too, so the build is not isolated from it.
pip_install hatchling editables
pip_install --no-build-isolation --editable ".$extra"

[ "$purpose" = run ] || [ -n "${POLICYTRACK_CHROMIUM:-}" ] || provide_browser

touch "$venv/.installed-run"
[ "$purpose" = run ] || touch "$venv/.installed-dev"
