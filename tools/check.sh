#!/bin/bash
# Every check that reads the code without running it. All run, then the failures are named.
set -u
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH" PARVIS_ENV=test
failed=()

check() {
    local title=$1 output
    shift
    if output=$("$@" 2>&1); then
        echo "ok      $title"
    else
        echo "FAILED  $title"
        echo "${output//$'\n'/$'\n        '}" | sed '1s/^/        /'
        failed+=("$title")
    fi
}

templates() {
    git ls-files -z --cached --others --exclude-standard 'parvis/web/templates/*.html' 'parvis/*/emails/*.html' |
        xargs -0r djade --check --target-version 5.2
}

spelling() {
    git ls-files -z --cached --others --exclude-standard '*.py' '*.md' ':!parvis/help/articles' | xargs -0 python tools/english.py | codespell -
}

production() {
    env -i PATH="$PATH" HOME="${HOME:-/}" PUBLIC_URL=https://espace.exemple.fr DATABASE_URL=postgresql://parvis@127.0.0.1/parvis \
        SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
        EMAIL_HOST=smtp.exemple.fr \
        python manage.py check --deploy --fail-level WARNING
}

check "ruff: lint" ruff check --quiet .
check "ruff: format" ruff format --check --quiet .
check "bandit: dangerous calls" bandit --quiet --configfile pyproject.toml --severity-level medium -r config parvis tools manage.py
check "mypy: types" mypy
check "import-linter: layers" lint-imports --no-logo
check "djade: templates" templates
check "codespell: English" spelling
check "migrations are complete" python manage.py makemigrations --check --dry-run
check "settings of production" production

if [ ${#failed[@]} -gt 0 ]; then
    echo "${#failed[@]} of the checks failed." >&2
    exit 1
fi
echo "All checks pass."
