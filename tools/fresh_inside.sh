#!/bin/bash
# The part of tools/fresh.sh that runs inside the bare Debian: type what the README says, as a newcomer would.
set -euo pipefail
cd "$(dirname "$0")/.."
asked=" ${*:-demo test} "

fail() {
    echo "FAILED  $1" >&2
    exit 1
}

answers() {
    python3 - "http://localhost:$PORT$1" "$2" 2>/dev/null <<'PYTHON'
import sys
import urllib.request

with urllib.request.urlopen(sys.argv[1], timeout=10) as answer:
    sys.exit(sys.argv[2] not in answer.read().decode())
PYTHON
}

try_demo() {
    local started=$SECONDS
    set -m # a job of its own, which hears Ctrl-C
    make demo &
    local job=$!
    set +m
    until answers /connexion/ "Première Connexion"; do
        kill -0 "$job" 2>/dev/null || fail "make demo ended before it answered"
        [ $((SECONDS - started)) -lt 600 ] || fail "make demo did not answer within 600 s"
        sleep 1
    done
    echo "ok      make demo answers after $((SECONDS - started)) s"
    [ -s var/demo/accounts.json ] || fail "make demo wrote no accounts.json"
    answers /demo/boite/ "<h1" || fail "the mailbox of the demonstration does not open"
    kill -INT -- "-$job"
    wait "$job" || true
    ! answers /connexion/ "" || fail "the demonstration still answers after Ctrl-C"
    local left
    left=$(grep -lzE 'manage.py|gunicorn' /proc/[0-9]*/cmdline 2>/dev/null || true)
    [ -z "$left" ] || fail "Ctrl-C left processes behind: $left"
    echo "ok      Ctrl-C stops it"
}

try_test() {
    local started=$SECONDS
    make test || fail "make test"
    echo "ok      make test after $((SECONDS - started)) s"
}

case $asked in *" demo "*) try_demo ;; esac
case $asked in *" test "*) try_test ;; esac
echo "The README's commands work on a bare Debian."
