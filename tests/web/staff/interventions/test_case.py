"""The file of a case: what clients read, and apart, what they never do; the sheet, quotes, water damage."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from parvis.interventions.actions import moves
from parvis.interventions.models import (
    CaseMessage,
    DamagedLot,
    Intervention,
    MessageTemplate,
    Photo,
    Quote,
    WaterDamage,
)
from parvis.kit.french_dates import long_instant
from parvis.kit.identifiers import new_public_id
from parvis.mail.models import OutboxMessage
from parvis.notices.models import Notice
from parvis.people.models import ClientRead, StaffMember
from tests.documents.clamd import down
from tests.factories import (
    AgencyFactory,
    BuildingFactory,
    CouncilSeatFactory,
    InterventionFactory,
    LotFactory,
    StaffMemberFactory,
)
from tests.interventions.cast import declared
from tests.web.staff.interventions.conftest import page_of

pytestmark = pytest.mark.django_db
PDF = Path("tests/data/uploads/pdf_minimal.pdf").read_bytes()


def read(browser, case, *rest):
    return browser.get(page_of(case, *rest)).content.decode()


def say(browser, case, **typed):
    known = {"audience": "reporter", "body": "Le plombier passe jeudi.", "sending_key": new_public_id()}
    return browser.post(page_of(case, "messages"), {**known, **typed}, follow=True).content.decode()


def test_file_shows_who_where_and_what(diane, case):
    page = read(diane, case)

    for words in ("Fuite sous l’évier", "L’évier fuit depuis hier.", "06\u00a012\u00a034\u00a056\u00a078", case.number):
        assert words in page


def test_reporter_sees_who_at_the_agency_read_their_case(diane, case):
    read(diane, case)

    assert ClientRead.objects.get().part == "Interventions"


def test_message_leaves_with_its_words(diane, case):
    page = say(diane, case)

    assert "Le message est envoyé." in page
    assert CaseMessage.objects.get().audience == "reporter"


def test_note_stays_inside(diane, case):
    typed = {"note": "Locataire difficile à joindre", "sending_key": new_public_id()}
    before = OutboxMessage.objects.count()

    page = diane.post(page_of(case, "notes"), typed, follow=True).content.decode()

    inside = page.partition('class="inside')[2]
    assert "Locataire difficile à joindre" in inside
    assert CaseMessage.objects.get().audience == "internal"
    assert OutboxMessage.objects.count() == before


def test_notes_are_announced_once(diane, case):
    page = read(diane, case)

    assert page.count("Notes internes") == 1
    assert "Le client ne les voit jamais." in page


def test_urgent_case_says_the_hour_before_which_it_is_acknowledged(diane, lot, alice):
    case = declared(lot, alice, is_urgent=True)

    assert f"À prendre en charge avant le {long_instant(case.acknowledge_before)}." in read(diane, case)


def test_message_sent_twice_is_one(diane, case):
    key = new_public_id()

    for _ in range(2):
        say(diane, case, sending_key=key)

    assert CaseMessage.objects.count() == 1


def test_empty_message_is_said_beside_its_field(diane, case):
    page = say(diane, case, body="")

    assert "Écrivez votre message." in page
    assert not CaseMessage.objects.exists()


def test_template_is_added_to_what_was_typed_and_nothing_leaves(diane, case, agency):
    template = MessageTemplate.objects.create(agency=agency, name="Passage", text="Merci de laisser l’accès libre.")

    page = say(diane, case, body="Bonjour,", template=template.public_id, insert="1")

    assert "Bonjour,\n\nMerci de laisser l’accès libre." in page
    assert "Erreur" not in page
    assert not CaseMessage.objects.exists()


def test_file_that_is_no_photo_is_refused_and_the_words_stay(diane, case):
    bad = SimpleUploadedFile("photo.jpg", b"MZ this is a program", content_type="image/jpeg")

    page = say(diane, case, photos=bad)

    assert "Le plombier passe jeudi." in page
    assert "field-error" in page
    assert not CaseMessage.objects.exists()
    assert not Photo.objects.exists()


# The sheet


def sheet_of(case, **typed):
    names = ("title", "place", "category", "kind", "payer")
    return {**{name: getattr(case, name) for name in names}, "version": case.version, "assigned_to": "", **typed}


def test_sheet_is_written_anew(diane, case):
    member = StaffMember.objects.get()
    typed = sheet_of(case, title="Fuite d’eau chaude", payer="insurance", assigned_to=member.public_id, is_urgent="on")

    page = diane.post(page_of(case, "fiche"), typed, follow=True).content.decode()

    assert "La fiche est enregistrée." in page
    case.refresh_from_db()
    assert (case.title, case.payer, case.assigned_to, case.is_urgent) == (
        "Fuite d’eau chaude",
        "insurance",
        member,
        True,
    )


def test_sheet_that_somebody_else_changed_is_refused_and_kept(diane, case):
    shown = sheet_of(case, title="Ma version")
    diane.post(page_of(case, "fiche"), sheet_of(case, title="La leur"))

    page = diane.post(page_of(case, "fiche"), shown).content.decode()

    assert "Ce dossier a changé pendant que vous écriviez" in page
    assert "Ma version" in page
    case.refresh_from_db()
    assert case.title == "La leur"


# Quotes


def offer(browser, case, plumber, **typed):
    known = {
        "supplier": plumber.public_id,
        "label": "Remplacement du siphon",
        "amount_cents": "1 234,50",
        "approver": "landlord",
        "version": case.version,
        "sending_key": new_public_id(),
    }
    return browser.post(page_of(case, "devis"), {**known, **typed}, follow=True).content.decode()


def test_quote_is_attached_and_its_landlord_is_asked(diane, acknowledged, plumber, alice):
    page = offer(diane, acknowledged, plumber)

    assert "Le devis est ajouté." in page
    acknowledged.refresh_from_db()
    assert acknowledged.state == "awaiting_approval"
    assert "1\u202f234,50\u202f€" in page
    assert Quote.objects.get().amount_cents == 123450
    assert was_asked(alice)


def test_quote_sent_twice_is_one(diane, case, plumber):
    key = new_public_id()

    pages = [offer(diane, case, plumber, approver="agency", sending_key=key) for _ in range(2)]

    assert all("Le devis est ajouté." in page for page in pages)
    assert Quote.objects.count() == 1


def test_file_that_the_scanner_has_not_seen_is_refused(diane, acknowledged, plumber, settings):
    down(settings)

    page = offer(diane, acknowledged, plumber, file=SimpleUploadedFile("devis.pdf", PDF))

    assert "L’antivirus ne répond pas\u00a0: renvoyez ce fichier dans quelques minutes." in page
    assert not Quote.objects.exists()


def was_asked(actor):
    return Notice.objects.filter(user=actor.user, text__contains="un devis attend votre réponse").exists()


@pytest.fixture
def cellar(lot, alice, desk):
    """A case of the common parts, acknowledged."""
    case = declared(lot, alice, is_common=True, title="Fuite en cave")
    return moves.acknowledge(intervention=case, by=desk, version=case.version)


def test_council_is_asked_about_a_quote_for_common_parts(diane, cellar, alice, plumber):
    CouncilSeatFactory(building=cellar.building, agency=cellar.agency, client=alice.client)

    offer(diane, cellar, plumber, approver="council")

    assert was_asked(alice)


def test_agreement_is_not_asked_of_what_nobody_took_up(diane, case, plumber):
    assert "une fois l’intervention prise en charge" in offer(diane, case, plumber)
    assert not Quote.objects.exists()


def test_quote_that_the_agency_decides_asks_nobody(diane, case, plumber, alice):
    offer(diane, case, plumber, approver="agency")

    case.refresh_from_db()
    assert (case.state, was_asked(alice)) == ("reported", False)


def test_quote_on_a_case_that_changed_is_refused_and_kept(diane, acknowledged, plumber):
    page = offer(diane, acknowledged, plumber, version=acknowledged.version - 1)

    assert "Ce dossier a changé pendant que vous écriviez" in page
    assert "Remplacement du siphon" in page
    assert not Quote.objects.exists()


def test_common_parts_have_no_landlord(diane, cellar, plumber):
    assert "Ce problème est dans les parties communes" in offer(diane, cellar, plumber)
    assert not Quote.objects.exists()


@pytest.mark.parametrize("typed", ["", "douze", "12,345", "-5", "99999999,00"])
def test_amount_that_is_none_is_said(diane, case, plumber, typed):
    assert "Renseignez un montant, par exemple 412,35." in offer(diane, case, plumber, amount_cents=typed)


def test_decision_learnt_by_telephone_is_noted_once(diane, acknowledged, plumber):
    offer(diane, acknowledged, plumber)
    address = page_of(acknowledged, "devis", Quote.objects.get().public_id, "decision")

    diane.post(address, {"decision": "accepted", "reason": ""})
    page = diane.post(address, {"decision": "refused", "reason": "Trop cher"}).content.decode()

    assert "Une décision est déjà notée pour ce devis." in page
    assert Quote.objects.get().decision == "accepted"


def test_refusal_of_a_quote_says_why(diane, acknowledged, plumber):
    offer(diane, acknowledged, plumber)
    address = page_of(acknowledged, "devis", Quote.objects.get().public_id, "decision")

    page = diane.post(address, {"decision": "refused", "reason": ""}).content.decode()

    assert "Renseignez un motif." in page


def test_case_is_given_to_those_who_may_open_it(diane, case, agency):
    for name, role, desk_role in (
        ("Ouvre", "accountant", "assistant"),
        ("Ferme", "manager", "accountant"),
        ("Attend", "manager", ""),
        ("Garde", "caretaker", ""),
    ):
        StaffMemberFactory(agency=agency, last_name=name, role=role, desk_role=desk_role)

    page = read(diane, case, "fiche")

    assert [name in page for name in ("Ouvre", "Ferme", "Attend", "Garde")] == [True, False, True, False]


# Water damage


def test_water_damage_is_completed_as_it_becomes_known(diane, case):
    typed = {
        "version": case.version,
        "occurred_on": "2026-11-18",
        "source": "Machine à laver",
        "building_insurer": "Assurances du Val",
    }

    diane.post(page_of(case, "sinistre"), typed)
    page = read(diane, case, "sinistre")

    assert WaterDamage.objects.get().source == "Machine à laver"
    assert 'value="2026-11-18"' in page
    case.refresh_from_db()
    assert case.kind == "water_damage"


def test_lot_reached_by_the_water_has_its_insurer_and_claim(diane, case, lot):
    typed = {"touche-lot": lot.public_id, "touche-insurer": "Mutuelle du Lac"}

    for number in ("S-1", "S-12"):
        case.refresh_from_db()
        typed |= {"version": case.version, "touche-claim_number": number}
        diane.post(page_of(case, "sinistre", "lots"), typed)

    assert DamagedLot.objects.get().claim_number == "S-12"
    assert "Mutuelle du Lac" in read(diane, case)


@pytest.mark.parametrize("rest", [(), ("lots",)], ids=["damage", "lot"])
def test_two_pages_of_one_damage_do_not_overwrite_each_other(diane, case, lot, rest):
    shown = {"version": case.version, "touche-lot": lot.public_id}
    diane.post(
        page_of(case, "sinistre"), {**shown, "source": "Machine à laver", "building_insurer": "Assurances du Val"}
    )
    late = {**shown, "source": "Chauffe-eau", "touche-insurer": "Mutuelle du Lac"}

    refused = diane.post(page_of(case, "sinistre", *rest), late)

    assert "Ce dossier a changé pendant que vous écriviez" in refused.content.decode()
    assert ("Mutuelle du Lac" if rest else "Chauffe-eau") in refused.content.decode()
    assert (WaterDamage.objects.get().building_insurer, DamagedLot.objects.count()) == ("Assurances du Val", 0)
    case.refresh_from_db()
    again = diane.post(page_of(case, "sinistre", *rest), {**late, "version": case.version})
    assert again.status_code == 302


def test_lot_of_another_building_cannot_be_chosen(diane, case, agency):
    stranger = LotFactory(building=BuildingFactory(agency=agency))

    page = diane.post(page_of(case, "sinistre", "lots"), {"touche-lot": stranger.public_id}).content.decode()

    assert "Choisissez un lot." in page
    assert not DamagedLot.objects.exists()


def test_statement_signed_before_the_damage_is_refused(diane, case):
    typed = {"version": case.version, "occurred_on": "2026-11-18", "statement_signed_on": "2026-11-01"}

    assert "Le constat est signé avant le sinistre." in diane.post(page_of(case, "sinistre"), typed).content.decode()
    assert not WaterDamage.objects.exists()


# Who else


def test_case_of_another_agency_does_not_exist(diane):
    stranger = InterventionFactory(building=BuildingFactory(agency=AgencyFactory()))

    assert diane.get(page_of(stranger)).status_code == 404


@pytest.mark.usefixtures("diane")
def test_cost_of_a_file_does_not_follow_what_it_holds(assert_flat, case):
    def grow():
        facts = {"author_kind": "staff", "author_name": "Diane", "text": "Vu", "sent_at": case.acknowledge_before}
        for audience in ("everyone", "internal"):
            CaseMessage.objects.bulk_create(
                CaseMessage(intervention=case, audience=audience, sending_key=f"{audience}{rank}", **facts)
                for rank in range(50)
            )

    CaseMessage.objects.create(
        intervention=case, author_kind="staff", author_name="Diane", text="Vu", sent_at=case.acknowledge_before
    )
    assert_flat(page_of(case), grow)
    assert Intervention.objects.count() == 1
