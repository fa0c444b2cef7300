"""The card of a client: the state of the access in words, and what the role of the reader may read."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.kit import throttle
from parvis.people import access
from parvis.people.actions import letters
from parvis.people.actions.doors import FAILURES
from parvis.people.models import AccessFreeze, Activation, ClientRead, Grant, StaffMember
from tests.documents.factories import published
from tests.factories import AccountFactory, GrantFactory, InterventionFactory, StaffMemberFactory, UserFactory
from tests.people.cast import staff_session
from tests.threads.factories import ThreadFactory

pytestmark = pytest.mark.django_db


def read(browser, path):
    return browser.get(path).content.decode()


def lock(agency, typed):
    """Five wrong passwords."""
    for _ in range(5):
        throttle.reserve_try(FAILURES, key=access.door_key(agencies=access.agencies_at(agency.host), typed=typed))


def start(client, **values):
    now = timezone.now()
    return Activation.objects.create(
        agency=client.agency,
        client=client,
        is_provisional=True,
        browser_hash="0" * 64,
        started_at=now,
        expires_at=now + dt.timedelta(hours=24),
        **values,
    )


def test_client_who_never_came_has_a_letter_or_has_none(diane, card, jeanne):
    before = read(diane, card)
    letters.draw_letter(client=jeanne)
    after = read(diane, card)

    assert "Jamais connecté" in before
    assert "Aucune lettre ne lui a été envoyée." in before
    assert "Lettre tirée le" in after
    assert "valable jusqu’au" in after


def test_client_who_was_sent_the_message_is_waited_for(diane, card, jeanne):
    start(jeanne, state="address_given", email="j.martin@exemple.fr")

    page = read(diane, card)

    assert "En attente de confirmation" in page
    assert "message envoyé à j.martin@exemple.fr" in page


def test_active_access_says_since_when_and_by_which_courriel(diane, card, jeanne):
    grant = GrantFactory(client=jeanne)

    page = read(diane, card)

    assert ">Actif<" in page
    assert grant.user.email in page
    assert "Nouvelle lettre" not in page


@pytest.mark.parametrize("by_email", [False, True])
def test_locked_access_says_for_how_long_and_is_unlocked_there(diane, card, jeanne, agency, by_email):
    grant = GrantFactory(client=jeanne)
    lock(agency, grant.user.email if by_email else "55443322")

    page = read(diane, card)

    assert ">Bloqué<" in page
    assert "Bloqué après trop d’essais, encore 1\u00a0minute." in page
    assert f"{card}debloquer/" in page


def test_frozen_access_leads_to_its_decision(diane, card, jeanne, agency):
    AccessFreeze.objects.create(agency=agency, client=jeanne, trigger="access_opened", frozen_at=timezone.now())

    page = read(diane, card)

    assert ">Gelé<" in page
    assert "/gestion/acces/" in page
    assert f"{card}fermer/" not in page


def test_closed_access_says_since_when(diane, card, jeanne):
    grant = GrantFactory(client=jeanne)
    Grant.objects.filter(pk=grant.pk).update(ended_at=timezone.now())

    assert "Fermé le" in read(diane, card)


def test_card_shows_accounts_cases_messages_and_documents(diane, card, jeanne):
    lot = jeanne.ownerships.get().lot
    AccountFactory(client=jeanne, building=lot.building, balance_cents=-41235)
    InterventionFactory(building=lot.building, reporter=jeanne, title="Fuite sous l’évier")
    ThreadFactory(client=jeanne)
    published(client=jeanne, title="Attestation de Jeanne")

    page = read(diane, card)

    assert "Doit 412,35\u202f€" in page
    assert "Fuite sous l’évier" in page
    assert "/gestion/messages/" in page
    assert "Attestation de Jeanne" in page
    assert "06\u00a012\u00a034\u00a056\u00a078" in page


def test_role_hides_what_it_does_not_open(client, agency, card, jeanne):
    AccountFactory(client=jeanne, balance_cents=-41235)
    user = UserFactory(agency=agency)
    StaffMemberFactory(agency=agency, user=user, role=StaffMember.Role.ASSISTANT)
    assistant = staff_session(client, user)

    page = read(assistant, card)

    assert "Doit" not in page
    assert "Voir comme ce client" not in page
    assert "Interventions" in page


def test_reading_the_card_is_told_to_the_client(diane, card, jeanne):
    read(diane, card)

    assert ClientRead.objects.get(client=jeanne).part == "Fiche client"
