"""Files that the staff bring in: kept from the first byte, looked at, described, put online once."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from parvis.documents.actions import deposits
from parvis.documents.actions.deposits import NotOnTheTable, NotReplaceable, Outcome, OutOfScope, ReplacesLater, Said
from parvis.documents.actions.publishing import PublicationRefused, withdraw
from parvis.documents.jobs import examine_deposit, examine_deposits, forget_old
from parvis.documents.models import Deposit, Document
from parvis.journal.models import Record
from parvis.kit.days import paris_day
from parvis.kit.papers import Letterhead, Paper, Text
from parvis.kit.storage import document_storage
from parvis.people.models import Viewer
from tests.documents.factories import published, sample
from tests.factories import (
    BuildingAssignmentFactory,
    BuildingFactory,
    ClientFactory,
    LotFactory,
    OwnershipFactory,
    StaffMemberFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PDF = sample("pdf_minimal.pdf")
DAY = dt.date(2026, 3, 12)


@pytest.fixture
def diane():
    return StaffMemberFactory(user=UserFactory()).user


@pytest.fixture
def acacias(diane):
    return BuildingFactory(agency=diane.agency, name="Les Acacias", reference="B0012")


def says(words):
    """A real PDF with these words."""
    head = Letterhead(name="Cabinet des Tilleuls", hue=260, lines=["3 rue des Tilleuls"])
    return Paper(letterhead=head, title=words, recipient=[], blocks=[Text(paragraphs=["Suite."])]).pdf()


def brought(user, name="PV Les Acacias 2026-03-12.pdf", content=PDF, **more):
    """A file brought in, and looked at."""
    deposit = deposits.receive(user=user, file=ContentFile(content), name=name, **more)
    examine_deposit(deposit.public_id)
    deposit.refresh_from_db()
    return deposit


def said(**changes):
    facts = {"kind": "minutes", "title": "PV", "dated_on": DAY, "audience": "owners", **changes}
    return Said(**facts)


def viewer(user):
    return Viewer.of(user)


def test_file_is_kept_then_looked_at_and_what_it_is_is_proposed(diane, acacias):
    deposit = deposits.receive(user=diane, file=ContentFile(PDF), name="PV Les Acacias 2026-03-12.pdf")

    assert deposit.state == "waiting"
    assert document_storage().exists(deposit.storage_name)
    assert examine_deposits() == 1
    deposit.refresh_from_db()
    assert (deposit.state, deposit.kind, deposit.dated_on) == ("ready", "minutes", DAY)
    assert (deposit.building, deposit.audience, deposit.title) == (acacias, "owners", "PV Les Acacias")
    assert not document_storage().exists(deposit.storage_name)


def test_words_of_the_paper_tell_what_its_name_does_not(diane, acacias):
    alice = ClientFactory(agency=diane.agency, customer_reference="10427318", reference_key="10427318")

    deposit = brought(diane, name="scan0001.pdf", content=says("Appel de fonds du 1er avril 2026, client 10427318"))

    assert (deposit.kind, deposit.audience, deposit.client) == ("funds_call", "account", alice)
    assert (deposit.dated_on, deposit.title) == (dt.date(2026, 4, 1), "Appel de fonds")


def test_client_of_another_agency_is_never_proposed(diane):
    ClientFactory(customer_reference="20000000", reference_key="20000000")

    assert brought(diane, name="appel de fonds 20000000.pdf").client is None


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("vide.pdf", b"", "vide"),
        ("protege.pdf", sample("pdf_password.pdf"), "mot de passe"),
        ("boutons.pdf", sample("pdfjs_js-buttons.pdf"), "programme"),
        ("page.pdf", sample("xss.htm"), "ni un PDF"),
        ("dessin.svg", sample("svg_script_1.svg"), "ni un PDF"),
        ("archive.zip", sample("zip_symlink_etc_passwd.zip"), "ni un PDF"),
        ("photo.jpg", sample("photo_canon_40D.jpg")[:300], "abîmée"),
    ],
)
def test_bad_file_keeps_its_line_with_the_reason_and_the_others_go_on(diane, acacias, name, content, reason):
    bad, good = brought(diane, name=name, content=content), brought(diane)

    assert (bad.state, good.state) == ("refused", "ready")
    assert reason in bad.reason
    assert not document_storage().exists(bad.storage_name)


def test_file_too_heavy_is_refused_before_it_is_kept(diane, monkeypatch):
    monkeypatch.setattr(deposits, "LARGEST_BYTES", 3)

    deposit = brought(diane)

    assert deposit.state == "refused"
    assert "Le maximum est de" in deposit.reason


def test_same_file_brought_in_twice_waits_once(diane, acacias):
    first = deposits.receive(user=diane, file=ContentFile(PDF), name="PV.pdf")
    again = deposits.receive(user=diane, file=ContentFile(PDF), name="PV.pdf")

    assert again == first
    assert Deposit.objects.count() == 1


def test_two_at_the_same_moment_leave_one(diane, acacias, monkeypatch):
    first = deposits.receive(user=diane, file=ContentFile(PDF), name="PV.pdf")
    found = deposits.standing_like
    answers = iter([Deposit.objects.none()])
    monkeypatch.setattr(deposits, "standing_like", lambda deposit: next(answers, None) or found(deposit))

    again = deposits.receive(user=diane, file=ContentFile(PDF), name="PV.pdf")

    assert again == first
    assert Deposit.objects.count() == 1


def test_look_that_runs_twice_changes_nothing(diane, acacias):
    deposit = brought(diane)
    deposits.describe(deposit=deposit, said=said(title="Décidé", building=acacias), by=viewer(diane))

    examine_deposit(deposit.public_id)

    deposit.refresh_from_db()
    assert (deposit.state, deposit.title) == ("confirmed", "Décidé")


def test_confirmed_files_become_documents_once(diane, acacias):
    deposits.confirm(deposit=brought(diane), by=viewer(diane))
    other = brought(diane, name="autre.pdf", content=says("Autre"))

    assert deposits.publish_confirmed(by=viewer(diane)) == Outcome(published=1, sent_back=0)
    assert deposits.publish_confirmed(by=viewer(diane)) == Outcome(published=0, sent_back=0)

    document = Document.objects.get()
    assert (document.title, document.building, document.audience) == ("PV Les Acacias", acacias, "owners")
    assert document in Document.objects.published()
    other.refresh_from_db()
    assert other.state == "ready"


def test_file_for_later_is_not_read_before_its_day(diane, acacias):
    later = paris_day(timezone.now()) + dt.timedelta(days=3)
    deposits.describe(deposit=brought(diane), said=said(building=acacias, publish_on=later), by=viewer(diane))

    deposits.publish_confirmed(by=viewer(diane))

    document = Document.objects.get()
    assert paris_day(document.published_at) == later
    assert document not in Document.objects.published()


@pytest.mark.parametrize("audience", ["owners", "lot", "account"])
def test_paper_for_nobody_is_not_confirmed(diane, acacias, audience):
    deposit = brought(diane, name="scan.pdf")

    with pytest.raises(PublicationRefused, match="ne dit pas à qui"):
        deposits.describe(deposit=deposit, said=said(audience=audience), by=viewer(diane))

    deposit.refresh_from_db()
    assert deposit.state == "ready"


def test_guess_without_a_date_is_not_confirmed_as_it_is(diane, acacias):
    with pytest.raises(PublicationRefused, match="date"):
        deposits.confirm(deposit=brought(diane, name="PV Les Acacias.pdf"), by=viewer(diane))


def test_file_that_takes_a_document_s_place_keeps_its_address(diane, acacias):
    document = published(building=acacias, kind="bylaws", title="Règlement", dated_on=DAY)
    deposit = brought(diane, name="nouveau.pdf", content=says("Nouveau"), replaces=document)
    assert (deposit.kind, deposit.title, deposit.building) == ("bylaws", "Règlement", acacias)

    deposits.confirm(deposit=deposit, by=viewer(diane))
    deposits.publish_confirmed(by=viewer(diane))

    document.refresh_from_db()
    assert Document.objects.count() == 1
    assert document.file == deposit.file


@pytest.fixture
def ddt(acacias):
    """A document whose period and validity the legal list reads."""
    period = {"covers_from": dt.date(2026, 1, 1), "covers_until": dt.date(2026, 12, 31)}
    return published(building=acacias, kind="bylaws", valid_until=dt.date(2028, 6, 30), dated_on=DAY, **period)


def test_file_that_takes_a_document_s_place_keeps_its_period_and_validity(diane, ddt):
    deposits.confirm(deposit=brought(diane, name="nouveau.pdf", replaces=ddt), by=viewer(diane))
    deposits.publish_confirmed(by=viewer(diane))

    now = Document.objects.get()
    assert (now.covers_from, now.covers_until) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert now.valid_until == dt.date(2028, 6, 30)


def test_file_that_takes_a_document_s_place_does_not_wait_for_a_day(diane, acacias, ddt):
    later = paris_day(timezone.now()) + dt.timedelta(days=3)
    deposit = brought(diane, name="nouveau.pdf", replaces=ddt)

    with pytest.raises(ReplacesLater):
        deposits.describe(deposit=deposit, said=said(building=acacias, publish_on=later), by=viewer(diane))

    assert ddt in Document.objects.published()


def test_document_withdrawn_meanwhile_stays_withdrawn_and_the_file_waits(diane, ddt):
    deposit = deposits.confirm(deposit=brought(diane, name="nouveau.pdf", replaces=ddt), by=viewer(diane))
    withdraw(ddt, by=("user", diane.public_id))

    assert deposits.publish_confirmed(by=viewer(diane)) == Outcome(published=0, sent_back=1)

    deposit.refresh_from_db()
    assert (deposit.state, deposit.reason) == ("ready", NotReplaceable.message)
    assert not Document.objects.published().exists()


def test_what_no_longer_holds_is_to_be_checked_again_and_the_others_go_on(diane, acacias):
    bad, good = (
        deposits.confirm(deposit=brought(diane, name=f"PV Les Acacias 2026-03-1{day}.pdf"), by=viewer(diane))
        for day in (1, 2)
    )
    Deposit.objects.filter(pk=bad.pk).update(building=None)

    assert deposits.publish_confirmed(by=viewer(diane)) == Outcome(published=1, sent_back=1)

    bad.refresh_from_db()
    assert (bad.state, Document.objects.get().dated_on) == ("ready", good.dated_on)
    assert "ne dit pas à qui" in bad.reason
    deposits.describe(deposit=bad, said=said(building=acacias), by=viewer(diane))
    bad.refresh_from_db()
    assert (bad.state, bad.reason) == ("confirmed", "")


def test_quittance_and_what_is_withdrawn_are_not_replaced(diane):
    quittance = published(client=ClientFactory(agency=diane.agency), kind="rent_receipt")
    gone = published(client=ClientFactory(agency=diane.agency))
    gone.withdrawn_at = timezone.now()
    gone.save()

    for document in (quittance, gone):
        with pytest.raises(NotReplaceable):
            deposits.receive(user=diane, file=ContentFile(PDF), name="a.pdf", replaces=document)


@pytest.fixture
def ines():
    """She looks after one building only."""
    member = StaffMemberFactory(user=UserFactory(), scope="buildings")
    member.agency = member.user.agency
    member.save()
    BuildingAssignmentFactory(
        building=BuildingFactory(agency=member.user.agency, name="Les Lilas"), staff_member=member, ends_on=None
    )
    return member.user


def test_nothing_is_addressed_beyond_one_s_scope(ines):
    elsewhere = BuildingFactory(agency=ines.agency, name="Les Acacias")
    stranger = ClientFactory(agency=ines.agency)
    deposit = brought(ines)

    assert deposit.building is None
    for beyond in (
        {"building": elsewhere},
        {"audience": "account", "client": stranger},
        {"audience": "lot", "lot": LotFactory(building=elsewhere)},
        {"audience": "everyone"},
    ):
        with pytest.raises(OutOfScope):
            deposits.describe(deposit=deposit, said=said(**beyond), by=viewer(ines))


def test_her_own_building_is_proposed_and_confirmed(ines):
    deposit = brought(ines, name="PV Les Lilas 2026-03-12.pdf")
    OwnershipFactory(lot=LotFactory(building=deposit.building))

    assert deposits.confirm(deposit=deposit, by=viewer(ines)).state == "confirmed"


def test_what_is_left_aside_goes_and_what_is_published_stays(diane, acacias):
    kept, left = deposits.confirm(deposit=brought(diane), by=viewer(diane)), brought(diane, name="autre.pdf")
    deposits.publish_confirmed(by=viewer(diane))

    deposits.discard(left)
    deposits.discard(kept)

    assert list(Deposit.objects.values_list("state", flat=True)) == ["published"]
    with pytest.raises(NotOnTheTable):
        deposits.confirm(deposit=kept, by=viewer(diane))


def test_night_forgets_what_is_over_and_what_nobody_has_checked_for_a_month(diane, acacias):
    for name, state, days in (
        ("a.pdf", "receiving", 40),
        ("b.pdf", "refused", 40),
        ("c.pdf", "ready", 40),
        ("d.pdf", "ready", 29),
        ("e.pdf", "confirmed", 40),
    ):
        old = timezone.now() - dt.timedelta(days=days)
        deposit = brought(diane, name=name)
        facts = {"reason": "Abîmé", "settled_at": old} if state == "refused" else {}
        Deposit.objects.filter(pk=deposit.pk).update(state=state, received_at=old, **facts)

    assert forget_old() == 3
    assert set(Deposit.objects.values_list("name", flat=True)) == {"d.pdf", "e.pdf"}
    assert Record.objects.filter(verb="deposit.forgotten").count() == 1


def test_file_that_was_sent_back_lately_has_a_month_from_then(diane, acacias):
    deposit = deposits.confirm(deposit=brought(diane), by=viewer(diane))
    Deposit.objects.filter(pk=deposit.pk).update(received_at=timezone.now() - dt.timedelta(days=40), building=None)
    deposits.publish_confirmed(by=viewer(diane))

    assert forget_old() == 0
    assert Deposit.objects.get().state == "ready"
