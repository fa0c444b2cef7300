"""What is done about one access: asked on a page of its own, done once, journalled, refused in words."""

import io
import re

import pytest
from django.test import Client as Browser
from django.utils import timezone
from pdfminer.high_level import extract_text

from parvis.journal.models import Record
from parvis.kit.identifiers import new_public_id
from parvis.people.actions import letters
from parvis.people.actions.sessions import note_session
from parvis.people.models import (
    AccessFreeze,
    DeliveryChoice,
    EmailLink,
    FormerPassword,
    Grant,
    HouseholdAccess,
    Letter,
    Proof,
    Viewer,
)
from parvis.property.client_search import client_search
from tests.factories import (
    BuildingAssignmentFactory,
    ClientFactory,
    GrantFactory,
    OwnershipFactory,
    StaffMemberFactory,
    UserFactory,
)
from tests.people.cast import staff_session
from tests.people.factories import HouseholdAccessFactory
from tests.web.entrance.cast import messages_to, text_of
from tests.web.staff.clients.test_card import lock

pytestmark = pytest.mark.django_db
ASKED = ("lettre", "retour", "debloquer", "courriel", "fermer", "voir-comme")


def post(browser, path, **values):
    return browser.post(path, values, follow=True).content.decode()


def fact(verb, jeanne):
    return Record.objects.get(verb=verb, object_id=jeanne.public_id)


@pytest.mark.parametrize("gesture", ASKED)
def test_every_gesture_is_asked_before_it_is_done(diane, card, jeanne, gesture):
    page = diane.get(f"{card}{gesture}/").content.decode()

    assert "Jeanne Martin" in page
    assert page.count("<h1>") == 1
    assert not Record.objects.filter(object_id=jeanne.public_id).exists()


def test_new_letter_is_handed_over_and_replaces_the_one_before(diane, card, jeanne):
    former = letters.draw_letter(client=jeanne)

    answer = diane.post(f"{card}lettre/", {"sending_key": new_public_id()})

    text = extract_text(io.BytesIO(answer.content))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="lettre-55443322.pdf"'
    assert "55443322" in text
    assert "4 RUE DES LILAS" in text
    assert former.code not in text
    assert Letter.objects.get(pk=former.letter.pk).ending == "reissued"
    assert Record.objects.filter(verb="letter.drawn", actor_kind="user", object_id=jeanne.public_id).exists()


def test_letter_to_somebody_who_chose_their_password_is_refused_in_words(diane, card, jeanne):
    GrantFactory(client=jeanne)

    page = post(diane, f"{card}lettre/", sending_key=new_public_id())

    assert "Ce client a déjà choisi son mot de passe" in page
    assert not Letter.objects.exists()


def test_double_press_draws_one_letter_and_the_next_form_another(diane, card, jeanne):
    shown = diane.get(f"{card}lettre/").context["form"].initial
    first = diane.post(f"{card}lettre/", shown)
    again = diane.post(f"{card}lettre/", shown)

    assert first.headers["Content-Type"] == "application/pdf"
    assert "Cette lettre vient d’être tirée" in again.content.decode()
    assert Letter.objects.get().ending == ""
    key = again.context["form"]["sending_key"].value()
    assert diane.post(f"{card}lettre/", {"sending_key": key}).headers["Content-Type"] == "application/pdf"


@pytest.fixture
def ines(agency, jeanne):
    """She looks after the building of Jeanne, who holds in another too."""
    member = StaffMemberFactory(agency=agency, user=UserFactory(agency=agency), scope="buildings")
    BuildingAssignmentFactory(building=jeanne.ownerships.get().lot.building, staff_member=member)
    OwnershipFactory(client=jeanne, lot__building__agency=agency)
    return staff_session(Browser(), member.user)


@pytest.mark.parametrize("gesture", ["lettre", "courriel", "fermer", "voir-comme"])
def test_whole_access_of_who_holds_elsewhere_too_is_out_of_reach(ines, card, jeanne, gesture):
    page = ines.get(card).content.decode()

    assert "Ce client a aussi des biens hors de vos immeubles" in page
    assert f"{card}{gesture}/" not in page
    assert ines.post(f"{card}{gesture}/").status_code == 404


def test_letters_of_a_building_leave_who_holds_elsewhere_to_the_agency(ines, jeanne):
    building = jeanne.ownerships.order_by("pk").first().lot.building

    page = ines.get(f"/gestion/clients/lettres/?immeuble={building.public_id}").content.decode()

    assert "1 client a aussi des biens hors de vos immeubles" in page
    assert "Jeanne Martin" not in page


def test_returned_letter_opens_nothing_any_more(diane, card, jeanne):
    drawn = letters.draw_letter(client=jeanne)

    page = post(diane, f"{card}retour/")

    assert "Le retour est noté." in page
    assert Letter.objects.get(pk=drawn.letter.pk).ending == "returned"
    assert fact("letter.returned", jeanne).actor_kind == "user"
    assert "Ce client n’a pas de lettre en attente." in post(diane, f"{card}retour/")


def test_unlocked_access_may_be_tried_again(diane, card, jeanne, agency):
    lock(agency, "55443322")

    page = post(diane, f"{card}debloquer/")

    assert "L’accès est débloqué." in page
    assert ">Bloqué<" not in page
    assert fact("access.unlocked", jeanne).actor_kind == "user"
    assert "Cet accès n’est pas bloqué." in post(diane, f"{card}debloquer/")


def test_changed_address_is_told_to_the_old_one_which_may_freeze(diane, card, jeanne):
    grant = GrantFactory(client=jeanne)

    page = post(diane, f"{card}courriel/", email="Nouvelle@Exemple.fr")

    (message,) = messages_to("jeanne@exemple.fr", "known-email-changed")
    grant.user.refresh_from_db()
    assert "L’adresse connue est changée. L’ancienne est prévenue." in page
    assert "nouvelle@exemple.fr" in page
    assert "nouvelle@exemple.fr" not in text_of(message)
    assert EmailLink.objects.get(user=grant.user, purpose="not_me").trigger == "profile_changed"
    assert grant.user.sensitive_from is not None
    assert fact("client.known-email-changed", jeanne).actor_kind == "user"


def test_client_is_found_by_the_new_address_at_once(diane, card, jeanne, agency):
    post(diane, f"{card}courriel/", email="nouvelle@exemple.fr")

    staff = Viewer.of(StaffMemberFactory._meta.model.objects.get().user)
    assert [found.client for found in client_search(staff, "nouvelle@ex")] == [jeanne]


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("jeanne@exemple.fr", "C’est déjà l’adresse connue de l’agence."),
        ("jeanne", "Nos messages ne peuvent pas aller à cette adresse"),
        ("jeannè@exemple.fr", "Nos messages ne peuvent pas aller à cette adresse"),
    ],
)
def test_address_that_serves_nothing_is_refused(diane, card, jeanne, email, words):
    page = post(diane, f"{card}courriel/", email=email)

    jeanne.refresh_from_db()
    assert words in page
    assert jeanne.known_email == "jeanne@exemple.fr"


def test_address_of_an_access_on_hold_waits(diane, card, jeanne):
    grant = GrantFactory(client=jeanne)
    grant.user.sensitive_from = timezone.now() + timezone.timedelta(hours=72)
    grant.user.save()

    page = post(diane, f"{card}courriel/", email="nouvelle@exemple.fr")

    assert "Par sécurité, le changement de courriel sera possible à partir du" in page


def test_ended_access_opens_nothing_and_its_post_goes_on(diane, card, jeanne):
    grant = GrantFactory(client=jeanne)
    address = grant.user.email
    theirs = Browser()
    theirs.force_login(grant.user)
    note_session(user=grant.user, session_key=theirs.session.session_key, name="Firefox", proof=Proof.PASSWORD)
    person = HouseholdAccessFactory(client=jeanne, given_by=grant.user)

    page = post(diane, f"{card}fermer/")

    grant.user.refresh_from_db()
    assert "L’accès est fermé." in page
    assert theirs.get("/").status_code == 302
    assert (grant.user.is_active, grant.user.email) == (False, "")
    assert not Grant.objects.filter(client=jeanne, ended_at=None).exists()
    assert HouseholdAccess.objects.get(pk=person.pk).ending == "holder_gone"
    assert messages_to(address, "access-ended-by-agency")
    assert {choice.channel for choice in DeliveryChoice.objects.filter(client=jeanne)} == {"post"}
    assert not messages_to("jeanne@exemple.fr", "delivery-chosen")
    assert fact("access.ended", jeanne).actor_kind == "user"


def test_login_that_acts_for_another_client_goes_on_for_them(diane, card, jeanne, agency):
    grant = GrantFactory(client=jeanne)
    GrantFactory(client=ClientFactory(agency=agency), user=grant.user)

    post(diane, f"{card}fermer/")

    grant.user.refresh_from_db()
    assert grant.user.is_active
    assert Grant.objects.filter(user=grant.user, ended_at=None).count() == 1


def test_letter_and_former_password_end_too(diane, card, jeanne):
    letters.draw_letter(client=jeanne)
    FormerPassword.objects.create(client=jeanne, scheme="sha256", wrapped="x")

    post(diane, f"{card}fermer/")

    assert Letter.objects.get().ending == "cancelled"
    assert not FormerPassword.objects.exists()


def test_ending_nothing_a_frozen_access_or_that_of_the_staff_is_refused(diane, card, jeanne, agency):
    assert "Ce client n’a ni accès, ni lettre" in post(diane, f"{card}fermer/")

    grant = GrantFactory(client=jeanne)
    StaffMemberFactory(agency=agency, user=grant.user)
    assert "aussi celui d’un collaborateur" in post(diane, f"{card}fermer/")

    AccessFreeze.objects.create(agency=agency, client=jeanne, trigger="access_opened", frozen_at=timezone.now())
    assert "Cet accès est gelé" in post(diane, f"{card}fermer/")
    assert Grant.objects.filter(ended_at=None).exists()


def test_buttons_say_what_they_do(diane, card):
    pages = [diane.get(f"{card}{gesture}/").content.decode() for gesture in ASKED]

    assert all(re.search(r'<button class="button button-phone">[^<]+</button>', page) for page in pages)
