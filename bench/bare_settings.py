"""The reference of the processor figures: Django's own stack, and views that do one thing."""

from config import settings as parvis

SECRET_KEY = parvis.SECRET_KEY
ALLOWED_HOSTS = parvis.ALLOWED_HOSTS
DATABASES = parvis.DATABASES
AUTH_USER_MODEL = parvis.AUTH_USER_MODEL
SESSION_COOKIE_NAME = parvis.SESSION_COOKIE_NAME
DEFAULT_AUTO_FIELD = parvis.DEFAULT_AUTO_FIELD
USE_TZ = True

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "parvis.agencies",
    "parvis.people",
    "parvis.property",
    "parvis.ledger",
]
MIDDLEWARE = [  # what `startproject` writes
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "bench.bare_urls"
TEMPLATES: list[dict[str, object]] = []
