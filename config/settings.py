"""Settings of Parvis: one file, read from the environment, refused at the start when unsafe.

`PARVIS_ENV` is production (nothing said), demonstration, development or test.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

from config.environment import Environment, is_loopback
from config.logs import logging_settings
from parvis.people.social_catalogue import configured

BASE_DIR = Path(__file__).resolve().parent.parent
environment = Environment(variables=os.environ)
MODE = environment.choice("PARVIS_ENV", among=("production", "demonstration", "development", "test"))
PRODUCTION = MODE == "production"
DEMONSTRATION = MODE == "demonstration"

# Where the site is and who reaches it

PORT = environment.number("PORT", default=8000, at_least=1)
DATA = Path(environment.text("DATA", default="var/demo" if DEMONSTRATION else "var"))
DATA_DIR = DATA if DATA.is_absolute() else BASE_DIR / DATA
PUBLIC_URL_DEFAULT = "" if PRODUCTION else f"http://localhost:{PORT}"
_public_url = environment.origin("PUBLIC_URL", default=PUBLIC_URL_DEFAULT)
PUBLIC_URL = _public_url.geturl()
if PRODUCTION and _public_url.scheme == "http":
    environment.wrong("PUBLIC_URL", "commence par http:// : les clients y tapent leur mot de passe, donnez https://….")
_local_hosts = [] if PRODUCTION else ["localhost", ".localhost", "127.0.0.1", "[::1]", "testserver"]
ALLOWED_HOSTS = environment.hosts("ALLOWED_HOSTS", default=[*_local_hosts, _public_url.hostname or ""])
STAFF_HOST = environment.host(
    "STAFF_HOST"
)  # where the pages of the staff are, and nowhere else; empty: with the others
if STAFF_HOST:
    ALLOWED_HOSTS.append(STAFF_HOST.partition(":")[0])
TRUSTED_PROXIES = environment.networks("TRUSTED_PROXIES", default=["127.0.0.1", "::1"] if PRODUCTION else [])
# In the demonstration everybody comes from this computer: one address, many visitors.
VISITORS_PER_ADDRESS = environment.number("VISITORS_PER_ADDRESS", default=20 if DEMONSTRATION else 1, at_least=1)

DEBUG = environment.flag("DEBUG")
if DEBUG and not is_loopback(_public_url.hostname):
    environment.wrong("DEBUG", "est actif pour un site public : retirez-le, il montre le code et les données.")
if DEBUG and PRODUCTION:
    environment.wrong("DEBUG", "est actif en production : retirez-le, ou donnez PARVIS_ENV=development.")

SECRET_KEY = environment.secret_key(public_host=PRODUCTION or not is_loopback(_public_url.hostname))
SECRET_KEY_FALLBACKS = environment.names("SECRET_KEY_FALLBACKS")

# What it is made of

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_q",
    "parvis.kit",
    "parvis.journal",
    "parvis.agencies",
    "parvis.mail",
    "parvis.people",
    "parvis.notices",
    "parvis.property",
    "parvis.documents",
    "parvis.threads",
    "parvis.ledger",
    "parvis.interventions",
    "parvis.rentals",
    "parvis.help",
    "parvis.compliance",
    "parvis.exchange",
    *([] if PRODUCTION else ["parvis.demo"]),
    "parvis.web",
    "parvis.web.ui",
]

MIDDLEWARE = [
    "parvis.web.ui.middleware.SecurityHeadersMiddleware",
    "parvis.web.ui.compression.CompressionMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "parvis.web.api.door.ApiDoorMiddleware",
    "parvis.web.ui.middleware.MaintenanceMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "parvis.web.ui.staff_host.StaffHostMiddleware",
    "parvis.web.ui.typed.LoginRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "parvis.web.ui.middleware.IdleMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "parvis.web.ui.middleware.BrandingMiddleware",
    "parvis.web.ui.middleware.ViewerMiddleware",
    "parvis.web.ui.visits.VisitMiddleware",
    "parvis.web.ui.reads.ReadsMiddleware",
    "parvis.web.ui.staff_gate.StaffGateMiddleware",
    "parvis.web.ui.middleware.OldBrowserMiddleware",
    "parvis.web.ui.middleware.NoBlankPageMiddleware",
    "parvis.web.ui.readonly.ReadOnlyPagesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
_plain_loaders = ["django.template.loaders.filesystem.Loader"]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "parvis" / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": _plain_loaders if DEBUG else [("django.template.loaders.cached.Loader", _plain_loaders)],
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "parvis.web.ui.context.page",
            ],
        },
    }
]

# Where the rows are

DATABASES: dict[str, Any] = {
    "default": environment.database(
        "DATABASE_URL", default="" if PRODUCTION else f"sqlite:///{DATA_DIR / 'parvis.sqlite3'}"
    )
}
if MODE == "test" and "sqlite3" in DATABASES["default"]["ENGINE"]:  # a file, so that threads see what a server's see
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.gettempdir()) / f"parvis-test-{os.getpid()}.sqlite3")}
if not PRODUCTION and "sqlite3" in DATABASES["default"]["ENGINE"] and MODE != "test":
    DATA_DIR.mkdir(parents=True, exist_ok=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Who signs in

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["parvis.people.backends.LoginBackend"]
PASSWORD_HASHERS = ["parvis.people.hashers.Argon2idHasher"]
LOGIN_URL = "/connexion/"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "parvis.people.backends"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
_https = _public_url.scheme == "https"
SESSION_COOKIE_SECURE = _https
CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_NAME = "__Host-session" if _https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "csrf"
BROWSER_COOKIE_NAME = "__Host-browser" if _https else "browser"

# What browsers are told

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes of a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^sante/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_HSTS_PRELOAD = _https
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SOCIAL_PROVIDERS = configured(read=environment.text, refuse=environment.wrong, needs_https=PRODUCTION)
CSP_FORM_ORIGINS = sorted({provider.origin for provider in SOCIAL_PROVIDERS})  # forms may redirect there
CSRF_FAILURE_VIEW = "parvis.web.ui.errors.csrf_failure"

MAINTENANCE = environment.text("MAINTENANCE")  # until when, in French words: every page then says so

# What the legal pages say

VERSION = "0.1.0"
SOURCE_URL = environment.text("SOURCE_URL")
_invented = (
    {
        "SITE_HOSTING": "Hébergeur de démonstration, 1 rue de l’Exemple, 75000 Paris, hebergeur@exemple.fr",
        "SITE_DIRECTOR": "Camille Exemple, gérante (personne inventée pour la démonstration)",
        "DATA_PROTECTION_CONTACT": "protection-des-donnees@exemple.fr",
    }
    if DEMONSTRATION
    else {}
)
SITE_HOSTING = environment.text("SITE_HOSTING", default=_invented.get("SITE_HOSTING", ""))
SITE_DIRECTOR = environment.text("SITE_DIRECTOR", default=_invented.get("SITE_DIRECTOR", ""))
DATA_PROTECTION_CONTACT = environment.text(
    "DATA_PROTECTION_CONTACT", default=_invented.get("DATA_PROTECTION_CONTACT", "")
)

# The programs of the agency

WEBHOOK_NETWORKS = environment.networks("WEBHOOK_NETWORKS", default=[])  # private ones that notices may be sent to

# How it speaks

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français")]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True

# Files

STATIC_URL = "static/"
STATIC_ROOT = Path(
    environment.text("STATIC_ROOT", default=str((DATA_DIR if DEMONSTRATION else BASE_DIR / "var") / "static"))
)
_manifest = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_direct = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES: dict[str, Any] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _manifest if PRODUCTION or DEMONSTRATION else _direct},
}
WHITENOISE_USE_FINDERS = MODE in ("development", "test")
if WHITENOISE_USE_FINDERS:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)

MEDIA_ROOT = DATA_DIR / "documents"  # what the site keeps as files; safety copies carry it
STORAGES["documents"] = {"BACKEND": "parvis.kit.storage.disk.DiskStorage"}
if _bucket := environment.text("S3_BUCKET"):  # then the files of clients are there, and safety copies do not carry them
    STORAGES["documents"] = {
        "BACKEND": "parvis.kit.storage.bucket.BucketStorage",
        "OPTIONS": {
            "bucket_name": _bucket,
            "endpoint_url": environment.text("S3_ENDPOINT_URL") or None,
            "region_name": environment.text("S3_REGION") or None,
            "access_key": environment.required("S3_ACCESS_KEY", meaning="la clé d’accès au compartiment S3"),
            "secret_key": environment.required("S3_SECRET_KEY", meaning="la clé secrète du compartiment S3"),
            "location": environment.text("S3_PREFIX"),
            "signature_version": "s3v4",
            "default_acl": None,
            "file_overwrite": True,
        },
    }

IMPORT_FOLDER = environment.text("IMPORT_FOLDER")  # a folder for each agency's code; nothing said: nothing is picked up

# Mail

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if PRODUCTION:
    EMAIL_HOST = environment.required("EMAIL_HOST", meaning="le serveur SMTP qui envoie les messages du site")
    _email_security = environment.choice("EMAIL_SECURITY", among=("starttls", "tls", "none"))
else:
    EMAIL_HOST = environment.text("EMAIL_HOST", default="127.0.0.1")
    _email_security = environment.choice("EMAIL_SECURITY", among=("none", "starttls", "tls"))
if PRODUCTION and _email_security == "none" and EMAIL_HOST and not is_loopback(EMAIL_HOST):
    environment.wrong("EMAIL_SECURITY", "vaut none : les messages partiraient en clair, donnez starttls ou tls.")
_usual_port = {"starttls": 587, "tls": 465, "none": 25 if PRODUCTION else 1025}[_email_security]
EMAIL_PORT = environment.number("EMAIL_PORT", default=_usual_port, at_least=1)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = _email_security == "starttls"
EMAIL_USE_SSL = _email_security == "tls"
EMAIL_TIMEOUT = 20

# Jobs: at least once, so every job may run twice without harm

Q_CLUSTER = {
    "name": "parvis",
    "orm": "default",
    "broker_class": "parvis.kit.broker.PatientBroker",
    "workers": environment.number("WORKERS", default=1, at_least=1),
    "timeout": 600,
    "retry": 660,
    "max_attempts": 5,
    "ack_failures": True,
    "catch_up": False,
    "poll": 1,
    "save_limit": 20,  # each job that ends locks those that are kept
    "label": "Parvis",
}

# What the clock asks for: a job and its interval in minutes (1440: once a day)
SCHEDULES = {
    "parvis.mail.jobs.send_waiting": 1,
    "parvis.mail.jobs.forget_old": 24 * 60,
    "parvis.people.jobs.handle_forgotten_passwords": 1,
    "parvis.people.jobs.tell_of_shield": 1,
    "parvis.people.jobs.forget_old": 24 * 60,
    "parvis.property.jobs.index_clients": 24 * 60,
    "parvis.documents.jobs.examine_deposits": 1,
    "parvis.documents.jobs.read_texts": 1,
    "parvis.documents.jobs.forget_old": 24 * 60,
    "parvis.documents.jobs.tell_of_new": 24 * 60,
    "parvis.interventions.jobs.tell_of_announcements": 24 * 60,
    "parvis.interventions.jobs.close_unanswered": 60,
    "parvis.interventions.jobs.scan_waiting": 1,
    "parvis.interventions.jobs.forget_drafts": 24 * 60,
    "parvis.ledger.jobs.tell_of_dues": 24 * 60,
    "parvis.ledger.jobs.review_receipts": 24 * 60,
    "parvis.notices.jobs.forget_old": 24 * 60,
    "parvis.threads.jobs.forget_drafts": 24 * 60,
    "parvis.journal.jobs.forget_details": 24 * 60,
    "parvis.help.jobs.forget_vain_searches": 24 * 60,
    "parvis.exchange.jobs.make_data_exports": 1,
    "parvis.exchange.jobs.tend_intakes": 1,
    "parvis.exchange.jobs.forget_intakes": 24 * 60,
    "parvis.exchange.jobs.forget_data_exports": 24 * 60,
    "parvis.exchange.jobs.tell_software": 1,
    "parvis.exchange.jobs.forget_told": 24 * 60,
    "parvis.compliance.jobs.refresh_legal_lists": 24 * 60,
    **({} if DEMONSTRATION else {"parvis.mail.jobs.send_journal_heads": 24 * 60}),
}

# Who watches it, and where its safety copies go

METRICS_TOKEN = environment.token("METRICS_TOKEN")  # nothing said: no figures for anybody
OPERATOR_EMAIL = environment.email("OPERATOR_EMAIL")  # is sent the heads of the journals; each agency its own otherwise
BACKUP_RECIPIENTS = environment.names("BACKUP_RECIPIENTS")
if any(not recipient.startswith("age1") for recipient in BACKUP_RECIPIENTS):
    environment.wrong("BACKUP_RECIPIENTS", "contient autre chose qu’une clé publique d’age : donnez age1….")

# Who looks for viruses in what is sent: « 127.0.0.1:3310 » or the path of a socket; nothing said, nobody does

CLAMD_ADDRESS = environment.scanner("CLAMD_ADDRESS")

# What it leaves behind

LOGGING = logging_settings(as_json=PRODUCTION)

environment.refuse_if_wrong()
