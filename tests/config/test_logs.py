"""A log line is one JSON object and tells nothing about anybody."""

import json
import logging

import pytest

from config.logs import JsonFormatter, masked


def line_of(message, *arguments, **fields):
    record = logging.LogRecord("parvis.essai", logging.ERROR, "", 1, message, arguments, None)
    record.__dict__.update(fields)
    return JsonFormatter().format(record)


@pytest.mark.parametrize(
    "personal",
    [
        "alice.fontaine@exemple.fr",
        "FR76 3000 6000 0112 3456 7890 189",
        "FR7630006000011234567890189",
        "01 23 45 67 89",
        "+33123456789",
        "192.0.2.17",
        "/confirmer/k3m9qx7tz2v8w4r6y1p5n0",
        "/c/abcdefghijklmnopqrstuvwxyz",
        "/c/%3Cabcdefghijklmnopqrstuvwxyz%3E",
        "10427000",
        "Key (email)=(alice@exemple.fr) already exists",
    ],
)
def test_personal_data_is_masked(personal):
    line = line_of("Not Found: %s", personal)

    assert personal not in line
    assert "alice" not in line


def test_ordinary_words_stay():
    message = "apply parvis.people.0001_initial in 125 ms at 2026-11-23 on 3.11.7, /interventions/ answered 404"

    assert masked(message) == message


def test_line_break_that_somebody_typed_stays_inside_the_line():
    line = line_of("Sign-in refused for %s", "x\r\nlevel=critical forged")

    assert len(line.splitlines()) == 1
    assert json.loads(line)["level"] == "error"


def test_only_known_fields_are_kept():
    fields = json.loads(line_of("Answered", status_code=503, password="secret"))

    assert fields["status_code"] == 503
    assert "password" not in fields


def test_exception_is_told_without_its_personal_data():
    try:
        raise ValueError("alice@exemple.fr")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "Failed", (), (ValueError, error, error.__traceback__))

    exception = json.loads(JsonFormatter().format(record))["exception"]

    assert "ValueError: [courriel]" in exception
