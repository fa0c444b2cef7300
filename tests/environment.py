"""Loaded by pytest before Django: the tests run in their own mode, whatever the shell says."""

import os

os.environ["PARVIS_ENV"] = "test"
for name in ("DEBUG", "PUBLIC_URL", "ALLOWED_HOSTS", "SECRET_KEY", "EMAIL_HOST", "EMAIL_PORT", "PORT", "DATA"):
    os.environ.pop(name, None)
