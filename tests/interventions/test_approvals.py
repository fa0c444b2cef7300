"""The landlord answers a quote, the council says what it thinks, the reporter rates."""

import pytest
from django.utils import timezone

from parvis.interventions.actions import approvals, moves, quotes, ratings
from parvis.interventions.actions.actors import Actor
from parvis.interventions.models import Audience, Intervention, InterventionEvent, Opinion, Quote, Rating
from parvis.mail.actions import read_body
from parvis.mail.models import OutboxMessage
from parvis.notices.models import Notice
from parvis.notices.rules import path_to
from parvis.web.client.notices.destinations import destination_of
from tests.factories import (
    CouncilSeatFactory,
    GrantFactory,
    LotFactory,
    ManagementMandateFactory,
    TenancyFactory,
)
from tests.interventions.cast import alice_of, declared, erin_of, eyes_of, plumber_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lot(db):
    return LotFactory()


@pytest.fixture
def erin(lot):
    return erin_of(lot.building)


@pytest.fixture
def landlord(lot):
    """Bob, who has the lot managed."""
    mandate = ManagementMandateFactory(lot=lot, client__agency=lot.agency)
    return Actor.of_client(GrantFactory(client=mandate.client).user, client=mandate.client)


@pytest.fixture
def tenant(lot):
    tenancy = TenancyFactory(lease__lot=lot, client__agency=lot.agency)
    return Actor.of_client(GrantFactory(client=tenancy.client).user, client=tenancy.client)


def quoted(lot, erin, by, *, approver="landlord", **values):
    """A case that waits for an agreement, and its quote."""
    case = declared(lot, by, **values)
    for verb in (moves.acknowledge, moves.request_quote, moves.await_approval):
        case = verb(intervention=case, by=erin, version=case.version)
    return case, quote_for(case, approver=approver)


def quote_for(case, *, approver="landlord"):
    return Quote.objects.create(
        agency=case.agency,
        intervention=case,
        supplier_name="Plomberie Martel",
        amount_cents=41_235,
        approver=approver,
        asked_at=timezone.now(),
    )


def test_landlord_alone_sees_the_quote_and_is_asked_without_an_amount(lot, erin, landlord, tenant):
    _case, quote = quoted(lot, erin, tenant)

    told = approvals.ask(quote)

    assert told == 1
    mail = OutboxMessage.objects.get(to_address=landlord.user.email, subject__contains="un devis attend")
    assert "412" not in read_body(mail)[0]
    assert list(Quote.objects.visible_to(eyes_of(landlord))) == [quote]
    assert not Quote.objects.visible_to(eyes_of(tenant)).exists()


def test_landlord_accepts_once_and_the_next_step_says_so(lot, erin, landlord, tenant):
    case, quote = quoted(lot, erin, tenant)

    for _ in range(2):
        approvals.decide(quote=quote, decision="accepted", by=landlord)

    case.refresh_from_db()
    quote.refresh_from_db()
    assert (quote.decision, quote.decided_by, case.state) == ("accepted", landlord.user, "awaiting_approval")
    assert case.next_step == "Envoi de l’ordre de service à l’entreprise"
    assert case.events.filter(label="Devis accepté par le propriétaire").count() == 1


def test_second_and_different_answer_is_refused(lot, erin, landlord, tenant):
    _case, quote = quoted(lot, erin, tenant)
    approvals.decide(quote=quote, decision="accepted", by=landlord)

    with pytest.raises(approvals.AlreadyDecided):
        approvals.decide(quote=quote, decision="refused", by=landlord, reason="Trop cher")


def test_refusal_says_why(lot, erin, landlord, tenant):
    _case, quote = quoted(lot, erin, tenant)

    with pytest.raises(approvals.ReasonMissing):
        approvals.decide(quote=quote, decision="other_wanted", by=landlord)


def test_tenant_reads_that_the_quote_is_refused_and_the_agency_alone_why(lot, erin, landlord, tenant):
    case, quote = quoted(lot, erin, tenant)

    approvals.decide(quote=quote, decision="refused", by=landlord, reason="Ce locataire ne paie plus")

    read = InterventionEvent.objects.visible_to(eyes_of(tenant))
    assert [event.text for event in read.filter(label__startswith="Devis refusé")] == [""]
    assert case.events.get(text="Ce locataire ne paie plus").audience == Audience.INTERNAL


def test_second_quote_accepted_is_refused_in_words(lot, erin, landlord, tenant):
    case, quote = quoted(lot, erin, tenant)
    other = quote_for(case)
    approvals.decide(quote=quote, decision="accepted", by=landlord)

    with pytest.raises(approvals.OneIsAccepted):
        approvals.decide(quote=other, decision="accepted", by=landlord)
    approvals.decide(quote=other, decision="refused", by=landlord, reason="Le premier suffit")

    case.refresh_from_db()
    assert case.next_step == "Envoi de l’ordre de service à l’entreprise"


def test_decision_learnt_by_telephone_changes_the_next_step_and_is_told(lot, erin, landlord, tenant):
    case, quote = quoted(lot, erin, tenant)
    shown = Intervention.objects.get(pk=case.pk).version

    quotes.note_decision(quote=quote, decision="refused", reason="Ce locataire ne paie plus", by=erin)

    case.refresh_from_db()
    assert case.version == shown + 1
    assert case.next_step == "Réponse de votre gestionnaire après le refus du devis"
    read = InterventionEvent.objects.visible_to(eyes_of(tenant)).filter(label__startswith="Devis refusé")
    assert [event.text for event in read] == [""]
    assert Notice.objects.filter(user=tenant.user, text__contains="Devis refusé").count() == 1
    told = OutboxMessage.objects.get(to_address=tenant.user.email, subject__contains="Devis refusé")
    assert "ne paie plus" not in read_body(told)[0]


def test_council_asked_about_a_case_hidden_from_residents_opens_the_quote(lot, erin):
    alice = alice_of(lot)
    CouncilSeatFactory(building=lot.building, client=alice.client)
    reporter = alice_of(LotFactory(building=lot.building))
    case, quote = quoted(lot, erin, reporter, approver="council", is_common=True)
    Intervention.objects.update(is_shown_to_residents=False)

    approvals.ask(quote)

    assert not Intervention.objects.visible_to(eyes_of(alice)).filter(pk=case.pk).exists()
    notice = Notice.objects.get(user=alice.user, text__contains="un devis attend")
    path = path_to((notice.target_kind, notice.target_id))
    mail = OutboxMessage.objects.get(to_address=alice.user.email, subject__contains="un devis attend")
    assert path in read_body(mail)[0]
    assert destination_of(eyes_of(alice), word="devis", public_id=quote.public_id)
    assert destination_of(eyes_of(reporter), word="devis", public_id=quote.public_id) is None


def test_tenant_does_not_answer_for_the_landlord(lot, erin, landlord, tenant):
    _case, quote = quoted(lot, erin, tenant)

    with pytest.raises(approvals.NotAsked):
        approvals.decide(quote=quote, decision="accepted", by=tenant)


def test_council_says_what_it_thinks_the_last_word_counts_and_clients_do_not_read_it(lot, erin):
    alice = alice_of(lot)
    CouncilSeatFactory(building=lot.building, client=alice.client)
    case, quote = quoted(lot, erin, alice, approver="council", is_common=True)

    approvals.opine(quote=quote, choice="unfavourable", by=alice)
    approvals.opine(quote=quote, choice="favourable", by=alice, comment="Raisonnable")

    assert Opinion.objects.get().choice == "favourable"
    assert list(Quote.objects.visible_to(eyes_of(alice))) == [quote]
    assert set(case.events.filter(label__startswith="Avis").values_list("audience", flat=True)) == {Audience.INTERNAL}


def test_owner_outside_the_council_is_not_asked(lot, erin):
    alice = alice_of(lot)
    _case, quote = quoted(lot, erin, alice, approver="council", is_common=True)

    with pytest.raises(approvals.NotAsked):
        approvals.opine(quote=quote, choice="favourable", by=alice)
    assert not Quote.objects.visible_to(eyes_of(alice)).exists()


def closed(lot, erin, by):
    case = declared(lot, by)
    case = moves.acknowledge(intervention=case, by=erin, version=case.version)
    case = moves.order(intervention=case, supplier=plumber_of(lot.agency), by=erin, version=case.version)
    case = moves.finish(intervention=case, by=erin, version=case.version)
    return moves.confirm_solved(intervention=case, by=by, version=case.version)


def test_reporter_rates_once_each_time_it_is_closed(lot, erin):
    alice = alice_of(lot)
    case = closed(lot, erin, alice)

    for _ in range(2):
        ratings.rate(intervention=case, choice="satisfied", by=alice, comment="Rapide")
    with pytest.raises(ratings.AlreadyRated):
        ratings.rate(intervention=case, choice="not", by=alice)

    assert Rating.objects.get().choice == "satisfied"


def test_case_in_progress_is_not_rated_nor_by_somebody_else(lot, erin, tenant):
    alice = alice_of(lot)

    with pytest.raises(ratings.NotRatable):
        ratings.rate(intervention=declared(lot, alice), choice="very", by=alice)
    with pytest.raises(ratings.NotRatable):
        ratings.rate(intervention=closed(lot, erin, alice), choice="very", by=tenant)
