"""The order to a firm: what is mailed, what its link opens, who chooses a time, what withdraws it."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.interventions.actions import answers, moves, orders, photos
from parvis.interventions.actions.answers import Upload
from parvis.interventions.actions.events import StaleCase
from parvis.interventions.models import Slot, Supplier, WorkOrder
from parvis.interventions.rules.orders import LINK_LASTS, Window
from parvis.mail.actions import read_body
from parvis.mail.models import OutboxMessage
from parvis.notices.models import Notice
from parvis.people.tokens import token_digest
from tests.factories import LotFactory
from tests.interventions.cast import plumber_of
from tests.interventions.orders import last_token, sent
from tests.interventions.pictures import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(db):
    return sent(LotFactory(building__agency__host="testserver"))


def window(days, hour=8):
    begins_at = (timezone.now() + dt.timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
    return Window(begins_at, begins_at + dt.timedelta(hours=2))


def offered(story, *windows):
    answers.offer(order=story.order, windows=windows or [window(2), window(3)])
    return list(Slot.objects.filter(order=story.order, withdrawn_at=None).order_by("begins_at"))


def chosen(story):
    slot = offered(story)[0]
    return orders.choose_slot(slot=slot, by=story.alice, version=story.case.version)


def mails(kind):
    return OutboxMessage.objects.filter(kind=kind)


def test_link_is_mailed_and_only_its_digest_is_kept(story):
    text, _html = read_body(mails("work-order").get())

    assert f"http://testserver/o/{story.token}/" in text.replace("https", "http")
    assert WorkOrder.objects.get().token_hash == token_digest(story.token)
    assert story.case.state == "ordered"
    assert "Alice" not in text


def test_sent_twice_it_is_one(story):
    again = orders.send(
        intervention=story.case,
        supplier=story.order.supplier,
        text=story.order.text,
        by=story.erin,
        version=story.case.version - 1,
    )

    assert again == story.order
    assert mails("work-order").count() == 1


def test_page_that_is_stale_sends_nothing(story):
    other = Supplier.objects.create(agency=story.order.agency, name="Autre", email="autre@exemple.fr")

    with pytest.raises(StaleCase):
        orders.send(intervention=story.case, supplier=other, text="x", by=story.erin, version=1)

    assert WorkOrder.objects.get() == story.order


def test_another_firm_takes_over_and_the_first_is_told(story):
    other = Supplier.objects.create(agency=story.order.agency, name="Autre", email="autre@exemple.fr")

    orders.send(intervention=story.case, supplier=other, text="x", by=story.erin, version=story.case.version)

    assert answers.order_of(story.token) is None
    assert mails("work-order-withdrawn").get().to_address == "martel@exemple.fr"
    assert story.case.supplier_name == "Autre"


def test_firm_of_another_agency_or_without_courriel_is_refused(story):
    mute = Supplier.objects.create(agency=story.order.agency, name="Muette")
    foreign = plumber_of(LotFactory().agency)

    for supplier, refusal in ((mute, orders.NoAddress), (foreign, orders.NotPossible)):
        with pytest.raises(refusal):
            orders.send(intervention=story.case, supplier=supplier, text="", by=story.erin, version=story.case.version)


def test_new_link_kills_the_one_before(story):
    orders.send_again(order=story.order, by=story.erin)

    assert answers.order_of(story.token) is None
    assert answers.order_of(last_token()) == story.order


@pytest.mark.parametrize("way", ["withdrawn", "expired", "cancelled", "unknown"])
def test_link_opens_nothing_any_more(story, way):
    token = story.token
    if way == "withdrawn":
        orders.withdraw(order=story.order, by=story.erin)
    elif way == "expired":
        past = timezone.now() - LINK_LASTS - dt.timedelta(minutes=1)
        WorkOrder.objects.update(sent_at=past, expires_at=past + LINK_LASTS)
    elif way == "cancelled":
        orders.cancel(intervention=story.case, by=story.erin, version=story.case.version, reason="Réparée.")
        assert mails("work-order-withdrawn").count() == 1
    else:
        token = "a" * 26

    assert answers.order_of(token) is None


def test_offer_asks_the_reporter_to_choose(story):
    offered(story)

    assert WorkOrder.objects.get().state == "answered"
    notice = Notice.objects.filter(user=story.alice.user, text__contains="choisissez le vôtre").get()
    assert notice.target_id == story.case.public_id


def test_same_time_offered_twice_is_one(story):
    offered(story, window(2))

    assert len(offered(story, window(2), window(3))) == 2


def test_same_offer_sent_again_is_told_once_even_when_one_was_chosen_meanwhile(story):
    times = [window(2), window(3)]
    slot = offered(story, *times)[0]
    offered(story, *times)
    orders.choose_slot(slot=slot, by=story.alice, version=story.case.version)
    offered(story, *times)

    assert story.case.events.filter(label="Créneaux proposés par l’entreprise").count() == 1
    assert mails("work-order-time").count() == 1
    assert story.case.state == "scheduled"


def test_seventh_time_is_refused_and_keeps_none_of_its_sending(story):
    offered(story, *[window(days) for days in range(2, 7)])

    with pytest.raises(answers.TooManySlots):
        offered(story, window(8), window(9))

    assert Slot.objects.count() == 5


def test_chosen_time_is_the_appointment_and_the_firm_is_told(story):
    slot = chosen(story)

    assert (story.case.state, story.case.appointment_begins_at) == ("scheduled", slot.begins_at)
    assert WorkOrder.objects.get().state == "scheduled"
    assert mails("work-order-time").get().to_address == "martel@exemple.fr"


def test_choosing_again_changes_nothing_and_another_is_refused(story):
    first, second = offered(story)
    version = story.case.version
    orders.choose_slot(slot=first, by=story.alice, version=version)

    assert orders.choose_slot(slot=first, by=story.alice, version=version).chosen_at
    with pytest.raises(orders.SlotGone):
        orders.choose_slot(slot=second, by=story.alice, version=version)
    assert mails("work-order-time").count() == 1


def test_time_that_is_past_is_gone(story):
    slot = offered(story)[0]
    past = timezone.now() - dt.timedelta(hours=3)
    Slot.objects.filter(pk=slot.pk).update(begins_at=past, ends_at=past + dt.timedelta(hours=2))

    with pytest.raises(orders.SlotGone):
        orders.choose_slot(slot=slot, by=story.alice, version=story.case.version)


def test_called_off_the_firm_offers_again_even_the_same_time(story):
    slot = chosen(story)
    orders.replan(order=story.order, by=story.erin, version=story.case.version)

    assert story.case.state == "ordered"
    assert mails("work-order-time").count() == 2
    assert slot.begins_at in {one.begins_at for one in offered(story, Window(slot.begins_at, slot.ends_at))}


def test_time_fixed_on_the_telephone_is_told_to_the_firm_and_called_off_too(story):
    fixed = window(4)

    orders.schedule(
        intervention=story.case,
        by=story.erin,
        version=story.case.version,
        begins_at=fixed.begins_at,
        ends_at=fixed.ends_at,
    )
    orders.replan(order=story.order, by=story.erin, version=story.case.version)

    told = [read_body(mail)[0] for mail in mails("work-order-time").order_by("pk")]
    assert [str(fixed) in text for text in told] == [True, True]
    assert WorkOrder.objects.get().state == "sent"


@pytest.mark.parametrize("since", ["ordered", "scheduled", "in_progress"])
def test_firm_says_that_it_is_done(story, since):
    if since != "ordered":
        chosen(story)
    if since == "in_progress":
        moves.begin(intervention=story.case, by=story.erin, version=story.case.version)

    answers.finish(order=story.order, text="Joint remplacé.")
    answers.finish(order=story.order, text="Encore.")

    assert story.case.state == "done"
    assert WorkOrder.objects.get().report == "Joint remplacé."


def test_firm_cannot_finish_what_waits_nor_offer_once_it_is_fixed(story):
    chosen(story)
    with pytest.raises(answers.TooLate):
        answers.offer(order=story.order, windows=[window(9)])
    orders.replan(order=story.order, by=story.erin, version=story.case.version)
    moves.hold(
        intervention=story.case,
        by=story.erin,
        version=story.case.version,
        reason="Pièce commandée",
        until=(timezone.now() + dt.timedelta(days=9)).date(),
    )

    with pytest.raises(answers.TooLate):
        answers.finish(order=story.order)


def test_order_withdrawn_while_its_page_was_open_takes_nothing_more(story):
    opened = answers.order_of(story.token)
    orders.withdraw(order=story.order, by=story.erin)

    with pytest.raises(answers.LinkDead):
        answers.offer(order=opened, windows=[window(2)])
    with pytest.raises(answers.LinkDead):
        answers.finish(order=opened)


def test_six_photos_are_those_of_one_order_and_the_invoice_is_none_of_them(story):
    papers = [Upload(name=f"{number}.jpg", content=picture(colour=(number * 40, 0, 0))) for number in range(7)]
    answers.add_papers(order=story.order, papers=answers.Papers(photos=papers[:6]))
    with pytest.raises(photos.TooManyPhotos):
        answers.add_papers(order=story.order, papers=answers.Papers(photos=papers[6:]))

    answers.finish(order=story.order, papers=answers.Papers(invoice=papers[6]))

    assert story.case.state == "done"
    assert story.case.photos.filter(audience="internal").count() == 1


def test_second_firm_has_its_own_six_photos(story):
    papers = [Upload(name=f"{number}.jpg", content=picture(colour=(number * 40, 0, 0))) for number in range(6)]
    answers.add_papers(order=story.order, papers=answers.Papers(photos=papers))
    other = Supplier.objects.create(agency=story.order.agency, name="Autre", email="autre@exemple.fr")
    second = orders.send(intervention=story.case, supplier=other, text="x", by=story.erin, version=story.case.version)

    answers.add_papers(order=second, papers=answers.Papers(photos=papers[:1]))

    assert [story.order.photos.count(), second.photos.count()] == [6, 1]


def test_order_is_over_once_the_agency_says_that_the_work_is_done(story):
    orders.finish(intervention=story.case, by=story.erin, version=story.case.version)

    assert WorkOrder.objects.get().state == "done"
    with pytest.raises(answers.TooLate):
        answers.finish(order=story.order)
    with pytest.raises(answers.TooLate):
        answers.offer(order=story.order, windows=[window(9)])
    answers.add_papers(order=story.order, papers=answers.Papers(invoice=Upload(name="facture.jpg", content=picture())))
    assert story.order.photos.count() == 1


def test_link_that_ended_while_its_page_was_open_takes_nothing_more(story):
    past = timezone.now() - LINK_LASTS - dt.timedelta(minutes=1)
    WorkOrder.objects.update(sent_at=past, expires_at=past + LINK_LASTS)

    with pytest.raises(answers.LinkDead):
        answers.offer(order=story.order, windows=[window(2)])


def test_link_that_sends_without_end_is_stopped(story):
    for _rank in range(answers.SENDINGS.allowed):
        answers.admit(story.order)

    with pytest.raises(answers.TooManySendings):
        answers.finish(order=story.order)


def test_agency_is_not_told_to_call_itself(story):
    orders.withdraw(order=story.order, by=story.erin)

    with pytest.raises(orders.NotPossible, match="relisez le dossier"):
        orders.send_again(order=story.order, by=story.erin)
