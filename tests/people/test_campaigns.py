"""Campaigns of letters: batch by batch, within a day's limit, and what came back."""

import csv
import datetime as dt
import io
import stat

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from parvis.people.actions import campaigns, letters, opening
from parvis.people.actions.campaigns import DayIsFull, NobodyLeft
from parvis.people.letter_files import Content, LetterFile
from parvis.people.models import Campaign, Letter, LetterBatch
from tests.factories import AgencyFactory, ClientFactory, GrantFactory

pytestmark = pytest.mark.django_db
ADDRESS = {"street": "12 rue des Acacias", "postal_code": "75017", "city": "Paris"}
A_DAY_AND_MORE = dt.timedelta(hours=25)


@pytest.fixture
def agency():
    return AgencyFactory(slug="tilleuls")


@pytest.fixture
def campaign(agency):
    """At most 2 letters a batch, 3 a day."""
    return campaigns.start_campaign(agency=agency, name="Ouverture", batch_size=2, daily_limit=3)


@pytest.fixture
def draw(campaign, tmp_path):
    """Draw the next batch into a new file."""

    def one():
        path = tmp_path / f"lot-{LetterBatch.objects.count() + 1}.pdf"
        return campaigns.draw_batch(campaign=campaign, file=LetterFile(path=path))

    return one


def clients(agency, number, **fields):
    return [ClientFactory(agency=agency, **{**ADDRESS, **fields}) for _ in range(number)]


def a_day_later():
    LetterBatch.objects.update(drawn_at=dt.datetime.now(dt.UTC) - A_DAY_AND_MORE)


def test_batches_follow_each_other_until_nobody_is_left(agency, draw):
    waiting = clients(agency, 3)

    first = draw()
    a_day_later()
    second = draw()
    a_day_later()

    assert [(batch.number, batch.sent) for batch in (first, second)] == [(1, 2), (2, 1)]
    assert set(Letter.objects.values_list("client", flat=True)) == {client.pk for client in waiting}
    with pytest.raises(NobodyLeft):
        draw()


def test_a_day_has_its_limit(agency, draw):
    clients(agency, 5)
    draw()

    with pytest.raises(DayIsFull, match="2 lettres en 24\u00a0heures\u00a0: la limite de la campagne est de 3"):
        draw()

    assert Letter.objects.count() == 2


def test_no_letter_for_who_is_inside_has_left_waits_or_has_no_address(agency, draw):
    (wanted,) = clients(agency, 1)
    GrantFactory(client=ClientFactory(agency=agency, **ADDRESS))
    clients(agency, 1, closed_on=dt.date(2026, 1, 31))
    letters.draw_letter(client=ClientFactory(agency=agency, **ADDRESS))
    clients(agency, 1, street="")
    clients(AgencyFactory(), 1)

    batch = draw()

    assert list(batch.letters.values_list("client", flat=True)) == [wanted.pk]


def test_failure_leaves_neither_batch_nor_letter(agency, campaign, tmp_path):
    clients(agency, 1)
    (tmp_path / "lot.pdf").write_text("autre chose")

    with pytest.raises(FileExistsError):
        campaigns.draw_batch(campaign=campaign, file=LetterFile(path=tmp_path / "lot.pdf"))

    assert not LetterBatch.objects.exists()
    assert not Letter.objects.exists()


def test_numbers_follow_what_becomes_of_the_letters(agency, campaign, draw):
    activated, came_back = clients(agency, 2)
    draw()

    opening.end_secrets_of(activated)
    result = campaigns.mark_returned(
        agency=agency, identifiers=[came_back.customer_reference, activated.customer_reference, "inconnu"]
    )

    assert (result.marked, result.unknown) == (1, [activated.customer_reference, "inconnu"])
    row = Campaign.objects.with_numbers().get()
    assert (row.sent, row.activated, row.returned) == (2, 1, 1)


def test_returned_letter_opens_nothing_and_counts_once(agency, draw):
    (client,) = clients(agency, 1)
    draw()
    identifiers = [client.customer_reference.lower()]

    assert campaigns.mark_returned(agency=agency, identifiers=identifiers).marked == 1
    assert campaigns.mark_returned(agency=agency, identifiers=identifiers).marked == 0
    assert Letter.objects.get().ending == Letter.Ending.RETURNED
    assert LetterBatch.objects.get().returned == 1


def test_no_other_letter_goes_by_itself_to_an_address_that_sent_one_back(agency):
    (client,) = clients(agency, 1)
    letters.draw_letter(client=client)
    campaigns.mark_returned(agency=agency, identifiers=[client.customer_reference])

    with pytest.raises(letters.AddressReturned):
        letters.draw_letter(client=client, is_automatic=True)

    client.street = "3 rue Neuve"
    client.save()
    letters.draw_letter(client=client, is_automatic=True)
    assert Letter.objects.filter(ended_at=None).count() == 1


def test_letters_of_another_agency_are_never_marked(agency):
    (client,) = clients(AgencyFactory(), 1, customer_reference="777", reference_key="777")
    letters.draw_letter(client=client)

    assert campaigns.mark_returned(agency=agency, identifiers=["777"]).marked == 0


@pytest.mark.parametrize(("size", "limit"), [(0, 10), (1001, 2000), (10, 9)])
def test_sizes_that_make_no_sense_are_refused_also_by_the_database(agency, size, limit):
    with pytest.raises(campaigns.WrongSizes):
        campaigns.start_campaign(agency=agency, name="A", batch_size=size, daily_limit=limit)
    with pytest.raises(IntegrityError):
        Campaign.objects.create(agency=agency, name="A", batch_size=size, daily_limit=limit)


def test_mailing_firm_gets_rows_that_its_key_alone_opens(agency, tmp_path):
    identity = pyrage.x25519.Identity.generate()
    (client,) = clients(agency, 1, first_name="Alice", last_name="Fontaine", civility="madam")
    path = tmp_path / "routeur.csv.age"
    file = LetterFile(path=path, content=Content.CSV, recipient=str(identity.to_public()))

    letters.print_letters(clients=[client], file=file)

    assert client.customer_reference.encode() not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(path.read_bytes(), [pyrage.x25519.Identity.generate()])
    clear = pyrage.decrypt(path.read_bytes(), [identity]).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(clear), delimiter=";")
    assert row["adresse_1"] == "Madame Alice Fontaine"
    assert row["identifiant"] == client.customer_reference
    assert len(row["mot_de_passe_provisoire"]) == 6
    assert len(row["cle"]) == 4
    assert "/l/" in row["lien"]


def test_pdf_may_be_encrypted_too(agency, tmp_path):
    identity = pyrage.x25519.Identity.generate()
    path = tmp_path / "lettres.pdf.age"

    letters.print_letters(clients=clients(agency, 1), file=LetterFile(path=path, recipient=str(identity.to_public())))

    assert pyrage.decrypt(path.read_bytes(), [identity]).startswith(b"%PDF")


def command(*arguments):
    call_command("letter_campaign", "--agency=tilleuls", *arguments)


def test_command_runs_a_campaign_from_start_to_numbers(agency, tmp_path, capsys):
    (client, *_) = clients(agency, 2)

    command("start", "Ouverture 2026", "--batch-size=2", "--daily-limit=2")
    command("next", "Ouverture 2026", f"--output={tmp_path / 'lot-1.pdf'}")
    command("returned", client.customer_reference, "inconnu")
    command("show")

    said = capsys.readouterr().out
    assert "2 client(s) sans accès ni lettre valable" in said
    assert "Lot 1 : 2 lettre(s) dans" in said
    assert "inconnu : aucune lettre en attente." in said
    assert "Ouverture 2026 : 2 envoyée(s), 0 accès ouvert(s), 1 retour(s)." in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("start", "Ouverture"), "porte déjà ce nom"),
        (("start", "Autre", "--batch-size=5000"), "de 1 à 1 000"),
        (("next", "Inconnue", "--output=x.pdf"), "Aucune campagne ne s’appelle"),
        (("next", "Ouverture", "--output=x.csv", "--format=csv"), "toujours chiffré"),
        (("next", "Ouverture", "--output=x.age", "--encrypt-to=bonjour"), "clé publique age"),
        (("next", "Ouverture", "--output=x.pdf"), "Il ne reste personne"),
    ],
)
def test_command_says_what_is_wrong(campaign, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        command(*arguments)
