"""Spoil what the product did, so that the count can be seen to notice: `python -m tools.drill.sabotage WHAT`.

Run with the product's own environment.
"""

import sys

import django

django.setup()

from django.db.models import F  # noqa: E402 -- once Django is ready

from parvis.interventions.models import InterventionEvent  # noqa: E402
from parvis.journal.models import Record  # noqa: E402
from parvis.ledger.models import Entry  # noqa: E402
from parvis.mail.models import OutboxMessage  # noqa: E402
from parvis.people.models import ForgottenPassword  # noqa: E402


def lose() -> None:
    """A request that was acknowledged is not there."""
    found = ForgottenPassword.objects.order_by("pk").first()
    if found:
        found.delete()


def double() -> None:
    """A request is there twice."""
    found = ForgottenPassword.objects.order_by("pk").first()
    if found:
        found.pk = None
        found.save(force_insert=True)


def rewrite() -> None:
    """A fact of the journal says something else."""
    Record.objects.filter(position=2).update(verb="nothing.happened")


def swindle() -> None:
    """An entry is worth a cent more."""
    Entry.objects.filter(pk=Entry.objects.order_by("pk").values("pk")[:1]).update(debit_cents=F("debit_cents") + 1)


def forget_message() -> None:
    """A message that waited is said to have left."""
    unsent = OutboxMessage.objects.order_by("pk").first()
    if unsent:
        unsent.pk, unsent.public_id, unsent.message_id = None, "sabotage", "<sabotage@exemple.fr>"
        unsent.save(force_insert=True)


def undo() -> None:
    """A move of a case that was acknowledged left no step."""
    found = InterventionEvent.objects.exclude(from_state="").order_by("-pk").first()
    if found:
        found.delete()


WAYS = {"lost": lose, "doubled": double, "journal": rewrite, "ledger": swindle, "message": forget_message, "move": undo}

if __name__ == "__main__":
    WAYS[sys.argv[1]]()
