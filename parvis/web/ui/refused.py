"""What an action refuses is said on the form that asked it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.forms import Form

from parvis.kit.refusals import Refusal


@contextmanager
def refusals_on(form: Form, *, field: str | None = None) -> Iterator[None]:
    """Show what an action refuses on the form, or on one of its fields."""
    try:
        yield
    except Refusal as refusal:
        form.add_error(field, refusal.message)
