"""What may stand in an address."""

import datetime as dt

from parvis.kit.identifiers import PUBLIC_ID_LENGTH


class PublicIdConverter:
    """A random public id: whatever else is typed there does not exist, and is asked of no database."""

    regex = f"[a-z2-7]{{{PUBLIC_ID_LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class MonthConverter:
    """« 2026-11 »: a month, as its first day."""

    regex = r"20\d\d-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> dt.date:
        return dt.date.fromisoformat(f"{value}-01")

    def to_url(self, value: dt.date) -> str:
        return f"{value:%Y-%m}"
