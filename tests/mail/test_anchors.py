"""The head of each journal leaves every day: a journal rewritten whole does not match it any more."""

import datetime as dt
import re

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from parvis.journal.actions import START, digest_of, record
from parvis.journal.models import ChainHead, Record, Verification
from parvis.mail import actions, anchors, jobs
from parvis.mail.models import OutboxMessage
from tests.factories import AgencyFactory
from tests.mail.server import Postmaster, smtp_server

pytestmark = pytest.mark.django_db
HEAD = re.compile(r"tilleuls:\d+:[0-9a-f]{64}")
DAY = dt.timedelta(days=1)


@pytest.fixture
def agency():
    agency = AgencyFactory(slug="tilleuls", email="agence@exemple.fr")
    for number in range(4):
        record(agency_id=agency.pk, verb="letter.drawn", subject=("client", str(number)))
    return agency


def sent():
    """What the mail server was given."""
    postmaster = Postmaster()
    with smtp_server(postmaster):
        actions.send_waiting(now=timezone.now())
    return postmaster.messages()


def texts(mail):
    return [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]


def rewrite(agency):
    """Change a fact and make the whole chain agree, head included, as who holds the database can."""
    digest = START
    for fact in Record.objects.filter(agency_id=agency.pk).order_by("position"):
        fact.verb = "letter.cancelled" if fact.position == 2 else fact.verb
        fact.previous_digest, fact.digest = digest, ""
        fact.digest = digest = digest_of(fact)
        fact.save()
    ChainHead.objects.filter(agency_id=agency.pk).update(digest=digest)


def test_head_received_by_mail_catches_a_journal_rewritten_whole(agency):
    jobs.send_journal_heads()
    (mail,) = sent()
    head = HEAD.search(texts(mail)[0]).group()
    rewrite(agency)

    call_command("verify_journal")
    with pytest.raises(CommandError):
        call_command("verify_journal", anchor=[head])

    assert mail["To"] == "agence@exemple.fr"
    assert "4 faits" in texts(mail)[0]
    assert head in texts(mail)[1]


def test_head_goes_to_the_operator_where_one_is_named(agency, settings):
    settings.OPERATOR_EMAIL = "exploitation@exemple.fr"

    jobs.send_journal_heads()

    assert [mail["To"] for mail in sent()] == ["exploitation@exemple.fr"]


def test_one_message_a_day_whatever_calls(agency):
    now = timezone.now()

    counts = [anchors.send_journal_heads(now=now + after) for after in (0 * DAY, DAY / 24, DAY)]

    assert counts == [1, 0, 1]
    assert Record.objects.filter(verb="journal.anchored").count() == 2


def test_broken_journal_is_said(agency):
    Record.objects.filter(position=3).update(verb="other")

    jobs.send_journal_heads()

    (mail,) = sent()
    assert mail["Subject"] == "Le journal de l’espace client a été changé"
    assert "le maillon 3 a été modifié" in " ".join(texts(mail)[0].split())


def test_agency_without_a_fact_is_told_nothing():
    AgencyFactory()

    jobs.send_journal_heads()

    assert not OutboxMessage.objects.exists()


def test_it_is_asked_for_every_day(settings):
    assert settings.SCHEDULES["parvis.mail.jobs.send_journal_heads"] == 24 * 60


def test_what_the_night_has_read_is_kept_for_the_page(agency):
    anchors.send_journal_heads(now=timezone.now())

    found = Verification.objects.get(agency_id=agency.pk)
    assert (found.length, found.broken, found.asked_at) == (4, "", None)
