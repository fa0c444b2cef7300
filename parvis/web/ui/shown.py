"""A form that shows what is kept and writes it anew: two people on the same page do not overwrite each other."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model

from parvis.web.ui.forms import PageForm

CHANGED = (
    "Quelqu’un d’autre a enregistré cette page pendant que vous écriviez. Ce que vous avez écrit est gardé."
    " Relisez, puis validez à nouveau\u00a0: vos mots remplaceront les siens."
)

Values = Mapping[str, Any]  # Any: what a column holds


def digest_of(values: Values) -> str:
    """The same for the same values, whoever shows them."""
    written = json.dumps(dict(values), sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(written.encode()).hexdigest()[:32]


class ShownForm(PageForm):
    """Its page carries back the digest of what it showed; once the person was told of a change, of what is there now.

    A form sent without the digest was shown nothing: it is written as it comes.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as Django's forms
        super().__init__(*args, **kwargs)
        self.shown = str(self.data.get("shown", "")) if self.is_bound else digest_of(self.initial)

    @contextmanager
    def kept_as_shown(self, row: Model | None, *, now: Callable[[], Values]) -> Iterator[bool]:
        """Hold `row` while it is written; False, with the form telling why, when `now` is not what was shown."""
        with transaction.atomic():
            if row is not None:
                type(row)._default_manager.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
            there = digest_of(now())
            is_same = row is None or self.shown in ("", there)
            if not is_same:
                self.shown = there
                self.add_error(None, CHANGED)
            yield is_same
