"""The start is refused, at once and in words, when the environment is unsafe."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "PUBLIC_URL": "https://espace.exemple.fr",
    "DATABASE_URL": "postgresql://parvis@127.0.0.1/parvis",
    "SECRET_KEY": "Zq3vN8xR1tLw7cKd5bYh2mJf9sGp4aUe6iTo0nVrXyWlQkBz",
    "EMAIL_HOST": "smtp.exemple.fr",
}
SAFE["SECRET_KEY"] += "Hj"


def start(**changes: str) -> subprocess.CompletedProcess[str]:
    """Load the settings in a new process, as every command and the web server do first."""
    environment = {"PATH": os.environ["PATH"], **SAFE, **changes}
    command = [sys.executable, "-c", "import config.settings"]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=5, check=False
    )


def test_safe_environment_starts():
    started = start()

    assert (started.returncode, started.stderr) == (0, "")


@pytest.mark.parametrize("name", SAFE)
def test_missing_variable_is_named_with_what_to_set(name):
    started = start(**{name: ""})

    assert started.returncode == 1
    assert f"{name} n’est pas défini : donnez " in started.stderr.replace("\u00a0", " ")
    assert "Traceback" not in started.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARVIS_ENV", "prod"),
        ("DEBUG", "true"),
        ("DEBUG", "peut-être"),
        ("SECRET_KEY", "trop-courte"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "django-insecure-" + SAFE["SECRET_KEY"]),
        ("SECRET_KEY", "published-key-of-the-demonstration-and-of-development-only"),
        ("PUBLIC_URL", "http://espace.exemple.fr"),
        ("PUBLIC_URL", "espace.exemple.fr"),
        ("PUBLIC_URL", "https://espace.exemple.fr/portail"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "espace.exemple.fr,*.exemple.fr"),
        ("ALLOWED_HOSTS", "https://espace.exemple.fr"),
        ("DATABASE_URL", "mysql://parvis@127.0.0.1/parvis"),
        ("DATABASE_URL", "postgresql://parvis@127.0.0.1"),
        ("EMAIL_PORT", "smtp"),
        ("EMAIL_PORT", "0"),
        ("EMAIL_SECURITY", "none"),
        ("TRUSTED_PROXIES", "proxy.exemple.fr"),
        ("TRUSTED_PROXIES", "0.0.0.0/0"),
        ("WORKERS", "0"),
        ("METRICS_TOKEN", "trop-court"),
        ("BACKUP_RECIPIENTS", "ssh-ed25519 AAAA"),
        ("OPERATOR_EMAIL", "technique"),
        ("OPERATOR_EMAIL", "Technique <technique@exemple.fr>"),
    ],
)
def test_unsafe_value_stops_the_start(name, value):
    started = start(**{name: value})

    assert started.returncode == 1
    assert f"- {name} " in started.stderr
    assert "Traceback" not in started.stderr


def test_every_problem_is_told_at_once():
    started = start(SECRET_KEY="", EMAIL_PORT="smtp", ALLOWED_HOSTS="*")

    assert all(name in started.stderr for name in ("SECRET_KEY", "EMAIL_PORT", "ALLOWED_HOSTS"))


def test_debug_is_refused_where_others_can_come():
    started = start(PARVIS_ENV="development", DEBUG="true", PUBLIC_URL="http://192.0.2.7:8000")

    assert started.returncode == 1
    assert "- DEBUG " in started.stderr


def test_published_key_is_refused_where_others_can_come():
    started = start(PARVIS_ENV="demonstration", SECRET_KEY="", PUBLIC_URL="http://192.0.2.7:8000")

    assert started.returncode == 1
    assert "- SECRET_KEY " in started.stderr


@pytest.mark.parametrize("mode", ["development", "demonstration", "test"])
def test_trying_it_needs_no_variable(mode, tmp_path):
    nothing = dict.fromkeys(SAFE, "")

    started = start(**nothing, PARVIS_ENV=mode, DATA=str(tmp_path))

    assert (started.returncode, started.stderr) == (0, "")


def test_demonstration_is_absent_from_production():
    production = "from config.settings import INSTALLED_APPS as a; import sys; sys.exit('parvis.demo' in a)"

    started = subprocess.run(
        [sys.executable, "-c", production], cwd=ROOT, env={"PATH": os.environ["PATH"], **SAFE}, timeout=5, check=False
    )

    assert started.returncode == 0
