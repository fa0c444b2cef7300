"""Logs as JSON, one object a line, without personal data.

Who did what stands in the journal, by number; a log says what happened to the site. A message may still carry what
somebody typed (in an address, in an error of the database): what looks like a person or a secret is masked.
"""

import json
import logging
import re
from datetime import UTC, datetime

MASKS = (
    (re.compile(r"[^\s@<>\"'(),;:=]+@[\w-]+(?:\.[\w-]+)+"), "[courriel]"),
    (re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"), "[iban]"),
    (re.compile(r"(?<![\w.])(?:\+33 ?|0)[1-9](?:[ .-]?\d{2}){4}(?!\w)"), "[téléphone]"),
    (re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])"), "[adresse]"),
    (re.compile(r"(?<![a-z0-9])[a-z2-7]{26}(?![a-z0-9])"), "[jeton]"),
    (re.compile(r"(?<=[=/\s'\"(])(?=[\w-]*\d)[\w-]{20,}(?![\w-])"), "[jeton]"),
    (re.compile(r"(?<![\w.-])\d{6,}(?![\w.-])"), "[numéro]"),
)
# Of what a caller adds with `extra=`, only these pass.
FIELDS = ("status_code", "duration_ms", "job", "rows", "agency_id", "message_kind")


def masked(text: str) -> str:
    """The text without addresses, telephone numbers, bank details, identifiers and tokens; on one line."""
    for pattern, word in MASKS:
        text = pattern.sub(word, text)
    return text


class JsonFormatter(logging.Formatter):
    """One JSON object a line; a line break typed by somebody stays inside its string."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            line["exception"] = masked(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


def logging_settings(*, as_json: bool) -> dict[str, object]:
    """Everything goes to standard error; the server's own supervisor keeps it."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "config.logs.JsonFormatter"},
            "plain": {"format": "%(levelname)s %(name)s: %(message)s"},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json" if as_json else "plain"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "INFO", "propagate": True},
            "django-q": {"handlers": [], "level": "INFO", "propagate": True},
        },
    }
