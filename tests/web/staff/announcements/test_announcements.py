"""The agency tells a building of a cut: written, looked at, published, read, withdrawn."""

import datetime as dt

import pytest
from django.utils import timezone

from parvis.interventions.actions import announcements
from parvis.interventions.models import Announcement
from parvis.kit.days import paris_day
from parvis.kit.identifiers import new_public_id
from parvis.mail.models import OutboxMessage
from parvis.notices.models import Notice
from tests.factories import (
    BuildingFactory,
    ClientFactory,
    GrantFactory,
    LotFactory,
    ManagementMandateFactory,
    OwnershipFactory,
    StaffMemberFactory,
    TenancyFactory,
)

pytestmark = pytest.mark.django_db
WRITE = "/gestion/annonces/ecrire/"


@pytest.fixture
def building(agency):
    return BuildingFactory(agency=agency)


def typed(of, **changes):
    day = (paris_day(timezone.now()) + dt.timedelta(days=3)).isoformat()
    when = {"begins_on": day, "begins": "08:00", "ends_on": day, "ends": "12:00"}
    words = {"building": of.public_id, "kind": "cut", "title": "Coupure d'eau froide", "text": ""}
    return {**when, **words, "audience": "owners", "key": new_public_id(), **changes}


def owner_of(building):
    return OwnershipFactory(client__agency=building.agency, lot=LotFactory(building=building)).client


def published(building, **changes):
    now = timezone.now()
    words = {"kind": "cut", "title": "Coupure", "text": "", "audience": "everyone"}
    times = {"begins_at": now + dt.timedelta(days=1), "ends_at": now + dt.timedelta(days=2)}
    wording = announcements.Wording(**{"key": new_public_id(), **words, **times, **changes})
    author = StaffMemberFactory(agency=building.agency)
    return announcements.publish(building=building, wording=wording, by=author)


def test_readers_are_counted_before_anything_is_published(diane, building):
    owner_of(building)
    ManagementMandateFactory(client=owner_of(building), lot=LotFactory(building=building))
    TenancyFactory(client__agency=building.agency, lease__lot=LotFactory(building=building))
    OwnershipFactory(client__agency=building.agency, lot=LotFactory(building=building), ends_on=dt.date(2025, 1, 1))

    page = diane.post(WRITE, typed(building)).content.decode()
    everyone = diane.post(WRITE, typed(building, audience="everyone")).content.decode()

    assert "visible par 2\u00a0copropriétaires et 1\u00a0bailleur<" in page
    assert "visible par 2\u00a0copropriétaires, 1\u00a0bailleur et 1\u00a0locataire<" in everyone
    assert not Announcement.objects.exists()


def test_published_twice_it_is_one(diane, building):
    form = typed(building, publish="1")

    diane.post(WRITE, form)
    diane.post(WRITE, form)

    assert Announcement.objects.get().title == "Coupure d'eau froide"


def test_what_was_typed_comes_back_to_be_changed(diane, building):
    page = diane.post(WRITE, typed(building, again="1")).content.decode()

    assert "Coupure d&#x27;eau froide" in page
    assert "Voir avant de publier" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ends": "07:00"}, "La fin doit suivre le début."),
        ({"begins_on": "2020-01-01", "ends_on": "2020-01-02"}, "Cette date est passée."),
        ({"title": ""}, "Renseignez un titre."),
        ({"building": ""}, "Choisissez un immeuble."),
        ({"begins": "tôt"}, "Renseignez une heure"),
    ],
)
def test_what_cannot_be_announced_is_said(diane, building, changes, said):
    page = diane.post(WRITE, typed(building, publish="1", **changes)).content.decode()

    assert said in page
    assert not Announcement.objects.exists()


def test_building_of_another_agency_cannot_be_chosen(diane):
    page = diane.post(WRITE, typed(BuildingFactory(), publish="1")).content.decode()

    assert "Choisissez un immeuble de la liste." in page


def test_readers_are_told_once_with_all_there_is_to_know(building):
    reader = GrantFactory(client=owner_of(building))
    GrantFactory(client=ClientFactory(agency=building.agency))
    announcement = published(building, text="Pensez à remplir une carafe.")

    first = announcements.tell_of_recent(now=timezone.now())
    again = announcements.tell_of_recent(now=timezone.now())

    assert (first, again) == (1, 0)
    notice = Notice.objects.get()
    assert (notice.user, notice.target_id) == (reader.user, announcement.public_id)
    assert OutboxMessage.objects.get().to_address == reader.user.email


def test_withdrawn_it_is_called_off_to_who_was_told(diane, building):
    GrantFactory(client=owner_of(building))
    announcement = published(building)
    announcements.tell_of_recent(now=timezone.now())

    diane.post(f"/gestion/annonces/{announcement.public_id}/retirer/")

    assert announcements.tell_of_recent(now=timezone.now()) == 1
    assert Notice.objects.filter(text__startswith="Annonce retirée").exists()
    again = diane.post(f"/gestion/annonces/{announcement.public_id}/retirer/", follow=True).content.decode()
    assert "Cette annonce est déjà retirée." in again


def test_withdrawn_at_once_it_was_never_told(building):
    GrantFactory(client=owner_of(building))
    announcement = published(building)
    announcements.withdraw(announcement=announcement, by=StaffMemberFactory(agency=building.agency))

    assert announcements.tell_of_recent(now=timezone.now()) == 0


def test_list_says_what_is_current_and_what_is_past(diane, building):
    published(building, title="Nettoyage des vitres")
    withdrawn = published(building, title="Coupure d’eau")
    announcements.withdraw(announcement=withdrawn, by=StaffMemberFactory(agency=building.agency))
    published(BuildingFactory(), title="Ailleurs")

    page = diane.get("/gestion/annonces/").content.decode()

    assert page.index("Nettoyage des vitres") < page.index("Passées et retirées") < page.index("Coupure d’eau")
    assert "Ailleurs" not in page


def test_cost_of_the_list_does_not_grow(diane, building, assert_flat):
    published(building)

    assert_flat("/gestion/annonces/", lambda: [published(building) for _rank in range(8)])
