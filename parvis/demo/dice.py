"""Choices that look random and never change: the same question has the same answer on every day and machine."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def number(*question: object, below: int) -> int:
    """An integer from 0 to `below` excluded, which depends on the question alone."""
    digest = hashlib.sha256("/".join(map(str, question)).encode()).digest()
    return int.from_bytes(digest[:8], "big") % below


def between(lowest: int, highest: int, *question: object) -> int:
    """An integer from `lowest` to `highest`, both included."""
    return lowest + number(*question, below=highest - lowest + 1)


def pick(options: Sequence[T], *question: object) -> T:
    return options[number(*question, below=len(options))]


def happens(percent: int, *question: object) -> bool:
    return number(*question, below=100) < percent
