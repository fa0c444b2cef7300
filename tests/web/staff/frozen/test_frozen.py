"""Accès gelés: the agency decides, each gesture confirmed; the notices that go by post."""

import io

import pytest
from django.db import transaction
from django.test import Client as Browser
from pdfminer.high_level import extract_text

from parvis.journal.models import Record
from parvis.people.actions import first_connection, freezing, letters, objections
from parvis.people.actions.sessions import note_session
from parvis.people.models import (
    AccessFreeze,
    Authenticator,
    EmailLink,
    FormerPassword,
    Grant,
    KnownBrowser,
    PaperNotice,
    Passkey,
    Proof,
    RecoveryCode,
    SocialAccount,
)
from tests.factories import (
    AgencyFactory,
    BuildingAssignmentFactory,
    ClientFactory,
    GrantFactory,
    OwnershipFactory,
    StaffMemberFactory,
    UserFactory,
)
from tests.people.cast import staff_session
from tests.web.entrance.cast import FORMER, messages_to, text_of

pytestmark = pytest.mark.django_db
PAGE = "/gestion/acces/"


@pytest.fixture
def agency():
    return AgencyFactory(host="testserver")


@pytest.fixture
def diane(agency):
    """A browser where Diane, of the cabinet, is signed in."""
    user = UserFactory(agency=agency)
    StaffMemberFactory(agency=agency, user=user)
    browser = Browser()
    staff_session(browser, user)
    browser.user = user
    return browser


@pytest.fixture
def jeanne(agency):
    """Jeanne's grant; her access is open."""
    client = ClientFactory(
        agency=agency, first_name="Jeanne", customer_reference="10427840", known_email="j@exemple.fr"
    )
    return GrantFactory(client=client)


def freeze(user, *, trigger=AccessFreeze.Trigger.PASSWORD_CHANGED, client=None):
    objections.of_login(user, trigger=trigger, email="j@exemple.fr", client=client)
    return freezing.freeze(link=EmailLink.objects.filter(purpose="not_me").latest("pk"))[0]


def decide(browser, row, gesture):
    return browser.post(f"{PAGE}{row.public_id}/{gesture}/", follow=True).content.decode()


def test_page_lists_who_is_frozen_since_when_and_after_what(diane, jeanne):
    freeze(jeanne.user)

    page = diane.get(PAGE).content.decode()

    assert "Jeanne Fontaine" in page
    assert "10427840" in page
    assert "un changement de mot de passe" in page


def test_gesture_is_confirmed_before_it_is_done(diane, jeanne):
    row = freeze(jeanne.user)

    for gesture in ("rouvrir", "fermer"):
        page = diane.get(f"{PAGE}{row.public_id}/{gesture}/").content.decode()
        assert "10427840" in page

    assert AccessFreeze.objects.open().count() == 1


def test_page_says_that_a_letter_frozen_before_it_served_needs_another(diane, agency, jeanne):
    newcomer = ClientFactory(agency=agency, known_email="n@exemple.fr")
    letters.draw_letter(client=newcomer)
    with transaction.atomic():
        started = first_connection.begin(client=newcomer, own_password_hash="", browser=first_connection.Browser())
    objections.of_start(started.activation, trigger="other_address", email="n@exemple.fr")
    (row,) = freezing.freeze(link=EmailLink.objects.get(purpose="not_me"))

    ways_on = [diane.get(f"{PAGE}{each.public_id}/rouvrir/").content.decode() for each in (row, freeze(jeanne.user))]

    assert ["tirez-en une nouvelle" in page for page in ways_on] == [True, False]
    assert ["le même mot de passe" in page for page in ways_on] == [False, True]


def test_reopened_access_opens_again_but_no_session_comes_back(diane, jeanne):
    theirs = Browser()
    theirs.force_login(jeanne.user)
    row = freeze(jeanne.user)
    note_session(user=jeanne.user, session_key=theirs.session.session_key, name="Firefox", proof=Proof.PASSWORD)

    page = decide(diane, row, "rouvrir")

    jeanne.user.refresh_from_db()
    row.refresh_from_db()
    fact = Record.objects.get(verb="access.reopened")
    assert "L’accès est rouvert." in page
    assert jeanne.user.is_active
    assert theirs.get("/profil/").status_code == 302
    assert (row.outcome, row.lifted_by) == ("reopened", f"user:{diane.user.public_id}")
    assert (fact.actor_kind, fact.actor_id) == ("user", diane.user.public_id)
    assert messages_to(jeanne.user.email, "access-reopened")


def test_closed_access_keeps_nothing_that_opens_and_the_client_may_be_sent_a_letter(diane, agency, jeanne):
    user, client = jeanne.user, jeanne.client
    things_that_open(user)
    row = freeze(user)

    page = decide(diane, row, "fermer")

    user.refresh_from_db()
    assert "Vous pouvez tirer une nouvelle lettre." in page
    assert (user.is_active, user.email, user.password) == (False, "", "")
    assert not Grant.objects.filter(client=client, ended_at=None).exists()
    assert not any(
        rows.objects.exists() for rows in (Passkey, Authenticator, RecoveryCode, SocialAccount, KnownBrowser)
    )
    assert Record.objects.filter(verb="access.closed", object_id=client.public_id).exists()
    assert letters_refused(client) == []


def things_that_open(user):
    now = freezing.database_now()
    Passkey.objects.create(
        agency=user.agency,
        user=user,
        name="iPhone",
        rp_id="testserver",
        credential_id="a",
        public_key="b",
        added_at=now,
    )
    SocialAccount.objects.create(
        agency=user.agency, user=user, provider="google", issuer="https://g", subject="1", linked_at=now
    )


def letters_refused(client):
    return letters.refusals(clients=[client], is_automatic=False, now=freezing.database_now())


def test_former_password_of_a_closed_access_opens_nothing_more(diane, agency):
    client = ClientFactory(agency=agency)
    FormerPassword.objects.create(client=client, scheme=FORMER.scheme, wrapped=FORMER.wrapped)
    row = AccessFreeze.objects.create(
        agency=agency, client=client, trigger="other_address", frozen_at=freezing.database_now()
    )

    decide(diane, row, "fermer")

    assert not FormerPassword.objects.exists()


def test_letter_is_refused_in_french_while_the_access_is_frozen(jeanne):
    freeze(jeanne.user)
    Grant.objects.update(ended_at=freezing.database_now())

    ((_, refusal),) = letters_refused(jeanne.client)

    assert "est gelé" in refusal.message


def test_clients_of_one_login_are_decided_together(diane, agency, jeanne):
    other = GrantFactory(client=ClientFactory(agency=agency, customer_reference="10427841"), user=jeanne.user)
    row = freeze(jeanne.user)

    page = diane.get(f"{PAGE}{row.public_id}/rouvrir/").content.decode()
    decide(diane, row, "rouvrir")

    assert "10427840" in page
    assert other.client.customer_reference in page
    assert not AccessFreeze.objects.open().exists()


def test_access_of_who_holds_elsewhere_too_is_not_closed_by_who_sees_some_buildings(agency, jeanne):
    member = StaffMemberFactory(agency=agency, user=UserFactory(agency=agency), scope="buildings")
    lot = OwnershipFactory(client=jeanne.client, lot__building__agency=agency).lot
    BuildingAssignmentFactory(building=lot.building, staff_member=member)
    OwnershipFactory(client=jeanne.client, lot__building__agency=agency)
    freeze(jeanne.user)
    row = AccessFreeze.objects.get()

    page = staff_session(Browser(), member.user).post(f"{PAGE}{row.public_id}/fermer/", follow=True).content.decode()

    assert "Ce client a aussi des biens hors de vos immeubles" in page
    assert AccessFreeze.objects.open().exists()


def test_decision_is_taken_once(diane, jeanne):
    row = freeze(jeanne.user)
    decide(diane, row, "rouvrir")

    page = decide(diane, row, "fermer")

    assert "la décision est déjà prise" in page
    assert Grant.objects.filter(pk=jeanne.pk, ended_at=None).exists()


def test_links_of_earlier_messages_object_to_nothing_once_decided(diane, jeanne):
    row = freeze(jeanne.user)
    objections.of_login(jeanne.user, trigger=AccessFreeze.Trigger.SIGN_IN_CODE, email="j@exemple.fr")
    decide(diane, row, "rouvrir")

    with pytest.raises(freezing.links.LinkRefused):
        freezing.freeze(link=EmailLink.objects.latest("pk"))


def test_attachment_that_was_a_false_alarm_comes_back(diane, agency, jeanne):
    husband = GrantFactory(client=ClientFactory(agency=agency))
    Grant.objects.filter(pk=jeanne.pk).update(user=husband.user)
    row = freeze(husband.user, trigger=AccessFreeze.Trigger.ATTACHED, client=jeanne.client)
    assert client_ids(husband.user) == [husband.client_id]
    reopening, closing = (
        diane.get(f"{PAGE}{row.public_id}/{gesture}/").content.decode() for gesture in ("rouvrir", "fermer")
    )
    assert "rattaché de nouveau à l’accès de l’autre personne" in reopening
    assert "continue sans lui" in closing

    decide(diane, row, "rouvrir")

    assert client_ids(husband.user) == sorted([husband.client_id, jeanne.client_id])


def test_attachment_objected_to_leaves_the_other_login_open(agency, jeanne):
    husband = GrantFactory(client=ClientFactory(agency=agency))
    Grant.objects.filter(pk=jeanne.pk).update(user=husband.user)

    freeze(husband.user, trigger=AccessFreeze.Trigger.ATTACHED, client=jeanne.client)

    husband.user.refresh_from_db()
    assert husband.user.is_active
    assert client_ids(husband.user) == [husband.client_id]
    (told,) = messages_to(agency.email, "access-frozen")
    assert "qui continue sans lui" in " ".join(text_of(told).split())


def client_ids(user):
    return sorted(Grant.objects.filter(user=user, ended_at=None).values_list("client_id", flat=True))


def test_another_agency_neither_sees_nor_decides(jeanne):
    row = freeze(jeanne.user)
    elsewhere = AgencyFactory(host="ailleurs.exemple.fr")
    user = UserFactory(agency=elsewhere)
    StaffMemberFactory(agency=elsewhere, user=user)
    browser = staff_session(Browser(), user)

    assert "Jeanne" not in browser.get(PAGE).content.decode()
    assert browser.post(f"{PAGE}{row.public_id}/rouvrir/").status_code == 404


def test_notice_is_printed_once_for_all_and_again_on_demand(diane, agency):
    client = ClientFactory(agency=agency, last_name="Perrin", street="12 rue des Acacias")
    notice = PaperNotice.objects.create(
        agency=agency,
        client=client,
        subject="access_opened",
        masked_email="x•••y@exemple.fr",
        happened_at=freezing.database_now(),
    )
    assert "Imprimer les avis" in diane.get(PAGE).content.decode()

    printed = diane.post(f"{PAGE}avis/imprimer/")
    notice.refresh_from_db()
    first = notice.printed_at
    again = diane.post(f"{PAGE}avis/{notice.public_id}/imprimer/")

    notice.refresh_from_db()
    text = " ".join(extract_text(io.BytesIO(printed.content)).split())
    assert "12 RUE DES ACACIAS" in text
    assert "x•••y@exemple.fr" in text
    assert "Appelez-nous tout de suite au 01 00 00 00 00" in text
    assert again.content.startswith(b"%PDF")
    assert notice.printed_at == first
    assert notice.printed_by == f"user:{diane.user.public_id}"
    assert "Aucun avis n’attend." in diane.get(PAGE).content.decode()
    assert Record.objects.filter(verb="notice.printed", object_id=client.public_id).count() == 2
