"""Minimal rows of the books that come by FEC."""

import factory

from parvis.exchange.models import FecAccount
from parvis.ledger.models import Book
from tests.factories import OwnedFactory


class BookFactory(OwnedFactory):
    class Meta:
        model = Book
        django_get_or_create = ("agency", "building")

    building = None


class FecAccountFactory(OwnedFactory):
    """An account that waits for its client."""

    class Meta:
        model = FecAccount

    book = factory.SubFactory(BookFactory, agency=factory.SelfAttribute("..agency"))
    number = factory.Sequence(lambda n: f"450{n:05d}")
    label = "FONTAINE ALICE"
    kind = "co_owner"
    decision = FecAccount.Decision.WAITING
