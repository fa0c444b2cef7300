"""« Télécharger mes données »: what the archive holds, for whom, until when."""

import csv
import datetime as dt
import io
import json
import zipfile

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from parvis.exchange.actions import own_data
from parvis.exchange.models import DataExport
from parvis.interventions.actions import messages, moves, photos
from parvis.interventions.actions.actors import Actor
from parvis.interventions.actions.messages import Writing
from parvis.interventions.models import Audience
from parvis.kit.storage import document_storage
from parvis.mail.models import OutboxMessage
from parvis.notices.models import Notice
from parvis.people.actions import hold
from parvis.people.models import Viewer
from tests.documents.factories import published
from tests.exchange.factories import ready_copy
from tests.factories import (
    AccountFactory,
    BuildingFactory,
    ClientFactory,
    EntryFactory,
    GrantFactory,
    InterventionFactory,
    LotFactory,
    OwnershipFactory,
    UserFactory,
)
from tests.interventions.cast import alice_of, declared, erin_of
from tests.interventions.test_follow_up import kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(db):
    return GrantFactory(client__last_name="Fontaine", user__password="argon2$secret")


@pytest.fixture
def archive(alice):
    """What Alice receives, beside Charlie, who has as much."""
    for grant in (alice, GrantFactory(client=ClientFactory(agency=alice.client.agency, last_name="Perrin"))):
        EntryFactory(account=AccountFactory(client=grant.client), label=f"=Appel de {grant.client.last_name}")
        published(client=grant.client, title=f"Appel de {grant.client.last_name}")
    return opened(alice.user)


def opened(user):
    file = io.BytesIO()
    own_data.write_archive(file, viewer=Viewer.of(user))
    return zipfile.ZipFile(file)


def table(archive, name):
    return json.loads(archive.read(f"donnees/{name}.json"))


def test_tables_come_as_json_and_as_csv_that_say_the_same(archive):
    text = archive.read("donnees/ecritures.csv").decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(text), delimiter=";")

    assert table(archive, "ecritures")[0]["libellé"] == "=Appel de Fontaine"
    assert line["libellé"] == "'=Appel de Fontaine"


def test_documents_that_the_person_sees_are_there_and_no_other(archive):
    files = [name for name in archive.namelist() if name.startswith("fichiers/")]

    assert len(files) == 1
    assert "Appel de Fontaine" in files[0]
    assert archive.read(files[0]).startswith(b"%PDF")


def test_nothing_of_a_neighbour_is_there(archive):
    everything = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("donnees/"))

    assert b"Fontaine" in everything
    assert b"Perrin" not in everything


def test_no_secret_is_there(archive):
    everything = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("donnees/"))

    assert b"argon2$secret" not in everything


def test_notice_in_french_says_what_is_where(archive):
    text = archive.read("LISEZMOI.txt").decode()

    assert "ecritures" in text
    assert "centimes d’euro" in text


def test_login_is_told_by_mail_and_on_the_portal_once(alice):
    export = own_data.ask(user=alice.user)

    assert own_data.make_waiting() == 1
    assert own_data.make_waiting() == 0

    export.refresh_from_db()
    assert (export.state, export.expires_at - export.made_at) == (DataExport.State.READY, dt.timedelta(days=7))
    assert OutboxMessage.objects.get(kind="own-data-ready").to_address == alice.user.email
    assert Notice.objects.get(user=alice.user).target_id == export.public_id
    assert document_storage().exists(export.storage_name)


def test_second_demand_waits_for_the_first(alice):
    own_data.ask(user=alice.user)

    with pytest.raises(own_data.AlreadyAsked):
        own_data.ask(user=alice.user)


def test_fourth_copy_of_a_day_is_refused(alice):
    for _ in range(3):
        own_data.ask(user=alice.user)
        own_data.make_waiting()

    with pytest.raises(own_data.AskedTooOften):
        own_data.ask(user=alice.user)


def test_login_on_hold_asks_for_none(alice):
    hold.begin_hold(alice.user)

    with pytest.raises(hold.Held):
        own_data.ask(user=alice.user)


def test_archive_is_erased_after_its_week(alice):
    copy = ready_copy(alice.user)
    long_ago = timezone.now() - dt.timedelta(days=8)
    DataExport.objects.update(asked_at=long_ago, made_at=long_ago, expires_at=timezone.now() - dt.timedelta(days=1))

    assert own_data.forget_expired() == 1

    assert not DataExport.objects.available().exists()
    assert not document_storage().exists(copy.storage_name)


def test_copy_that_could_not_be_made_in_a_day_is_given_up(alice):
    own_data.ask(user=alice.user)
    DataExport.objects.update(asked_at=timezone.now() - dt.timedelta(days=2))

    own_data.forget_expired()

    assert DataExport.objects.get().state == DataExport.State.FAILED
    assert own_data.ask(user=alice.user)


def test_database_keeps_one_waiting_copy_of_a_login(alice):
    DataExport.objects.create(agency=alice.client.agency, user=alice.user, asked_at=timezone.now())

    with pytest.raises(IntegrityError), transaction.atomic():
        DataExport.objects.create(agency=alice.client.agency, user=alice.user, asked_at=timezone.now())


def test_document_too_big_for_the_copy_is_named_in_the_notice(alice, monkeypatch):
    published(client=alice.client, title="Règlement de copropriété")
    monkeypatch.setattr(own_data, "MOST_BYTES", 1)

    archive = opened(alice.user)

    assert not [name for name in archive.namelist() if name.startswith("fichiers/")]
    assert "- Règlement de copropriété" in archive.read("LISEZMOI.txt").decode()


@pytest.mark.parametrize("ends_on", [None, dt.date(2025, 6, 30)])
def test_code_of_the_door_and_the_caretaker_stay_on_the_page(alice, ends_on):
    building = BuildingFactory(agency=alice.client.agency, door_code="75B55", caretaker_phone="0600000021")
    OwnershipFactory(client=alice.client, lot__building=building, ends_on=ends_on)

    everything = text_of(opened(alice.user))

    assert building.name in everything
    assert "75B55" not in everything
    assert "0600000021" not in everything


def test_report_of_a_neighbour_keeps_their_words_and_their_identifiant(alice):
    home = OwnershipFactory(client=alice.client).lot
    common = {"building": home.building, "scope": "common", "lot": None, "state": "acknowledged"}
    neighbour = ClientFactory(agency=alice.client.agency)
    InterventionFactory(reporter=neighbour, title="Ascenseur", description="Mon voisin du 3e", **common)
    InterventionFactory(reporter=alice.client, title="Lampe", description="Grillée", supplier_name="Elec SA", **common)

    theirs, hers = sorted(table(opened(alice.user), "interventions"), key=lambda row: row["objet"])

    assert (theirs["déclarant"], theirs["description"]) == (None, None)
    assert (hers["déclarant"], hers["description"]) == (alice.client.customer_reference, "Grillée")
    assert hers["entreprise"] is None
    assert neighbour.customer_reference not in text_of(opened(alice.user))


def test_balance_that_the_agency_withholds_is_withheld_there_too(alice):
    AccountFactory(client=alice.client, balance_cents=-7_654_321, is_withheld=True)

    assert "7654321" not in text_of(opened(alice.user))


def text_of(archive):
    return "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("donnees/"))


def test_person_without_anything_still_gets_their_own_login(db):
    user = UserFactory()

    assert table(opened(user), "acces")[0]["courriel confirmé"] == user.email


def test_photos_and_messages_of_ones_cases_are_there_and_not_what_the_agency_notes_for_itself(alice):
    lot = OwnershipFactory(client=alice.client, lot__agency=alice.client.agency).lot
    case = declared(lot, Actor.of_client(alice.user, client=alice.client))
    photos.add(intervention=case, picture=kept(), by=Actor.of_client(alice.user, client=alice.client))
    erin = erin_of(lot.building)
    messages.write(intervention=case, writing=Writing(text="Nous passons demain", sending_key="a"), by=erin)
    note = Writing(text="Client pressé", sending_key="b", audience=Audience.INTERNAL)
    messages.write(intervention=case, writing=note, by=erin)

    archive = opened(alice.user)

    assert [name for name in archive.namelist() if name.startswith("fichiers/photos/")]
    assert [row["message"] for row in table(archive, "messages-des-interventions")] == ["Nous passons demain"]


def test_what_a_neighbour_wrote_of_the_common_parts_is_not_there(alice):
    lot = OwnershipFactory(client=alice.client, lot__agency=alice.client.agency).lot
    bob = alice_of(LotFactory(building=lot.building, agency=lot.agency))
    private = {"availability": "Clé chez Mme Perrin", "phone": "0612345678", "description": "Je suis malade"}
    case = declared(bob_lot(bob), bob, is_common=True, **private)
    moves.cancel(intervention=case, by=bob, version=1, reason="Je déménage")

    everything = b"".join(opened(alice.user).read(name) for name in opened(alice.user).namelist())

    assert case.number.encode() in everything
    for words in (*private.values(), "Je déménage", bob.name):
        assert words.encode() not in everything


def bob_lot(bob):
    return bob.client.ownerships.get().lot
