"""Figures of the agency: accesses by building, delays of answer, what the help does not say; as a page and as CSV."""

import csv
import datetime as dt
import io

import pytest
from django.utils import timezone

from parvis.help.actions import forget_vain_searches, note_vain_search
from parvis.help.models import VainSearch
from parvis.help.rules import countable
from parvis.web.staff.statistics.figures import delay_words
from tests.factories import (
    AgencyFactory,
    BuildingFactory,
    ClientFactory,
    GrantFactory,
    InterventionFactory,
    OwnershipFactory,
)
from tests.threads.factories import MessageFactory, ThreadFactory

PAGE = "/gestion/statistiques/"
HOUR = dt.timedelta(hours=1)


def rows_of(diane, name):
    answer = diane.get(f"{PAGE}{name}.csv")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.django_db
def test_accesses_by_building(diane, agency):
    building = BuildingFactory(agency=agency, name="Les Lilas")
    for rank in range(4):
        client = ClientFactory(agency=agency)
        OwnershipFactory(client=client, lot__building=building)
        OwnershipFactory(client=client, lot__building=building)
        if rank == 0:
            GrantFactory(client=client)
    OwnershipFactory(client=ClientFactory(agency=agency), lot__building=building, ends_on=dt.date(2020, 1, 1))
    OwnershipFactory(lot__building__name="Ailleurs", lot__building__agency=AgencyFactory(host="ailleurs.exemple.fr"))

    assert rows_of(diane, "acces")[1:] == [["Les Lilas", "4", "1", "25\u202f%"]]
    assert "1 accès ouvert sur 5 clients" in diane.get(PAGE).content.decode()


@pytest.mark.django_db
def test_delays_of_answer(diane, agency):
    now = timezone.now()
    for hours in (1, 3, 30):
        grant = GrantFactory(client=ClientFactory(agency=agency))
        thread = ThreadFactory(client=grant.client, opened_at=now - 80 * HOUR)
        MessageFactory(thread=thread, author=grant.user, sent_at=now - 80 * HOUR)
        for later in (hours, hours + 5):
            MessageFactory(thread=thread, author=grant.user, is_from_agency=True, sent_at=now - (80 - later) * HOUR)
    ThreadFactory(client=ClientFactory(agency=agency), opened_at=now - HOUR)
    ThreadFactory(client=ClientFactory(agency=agency), opened_at=now - dt.timedelta(days=91))
    case = InterventionFactory(building__agency=agency, reported_on=now.date(), acknowledged_at=now - HOUR)
    case.events.create(happened_on=now.date(), happened_at=now - 2 * HOUR, label="Problème déclaré")
    InterventionFactory(building__agency=agency, reported_on=now.date())

    messages, cases = rows_of(diane, "reponses")[1:]

    assert messages == ["Messages des clients", "4", "3", "3\u00a0h", "30\u00a0h"]
    assert cases[1:] == ["1", "1", "1\u00a0h", "1\u00a0h"]


@pytest.mark.django_db
def test_searches_of_the_help_without_answer(diane, agency, client):
    for _time in range(2):
        client.get("/aide/?q=zorglub")
    client.get("/aide/?q=schtroumpf")
    client.get("/aide/?q=mot+de+passe")

    assert [row[0::2] for row in rows_of(diane, "recherches")[1:]] == [["zorglub", "2"]]
    assert set(VainSearch.objects.values_list("words", flat=True)) == {"zorglub", "schtroumpf"}


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("Chaudière", "chaudière"),
        ("vide ordures", "vide ordures"),
        ("Jeanne Dupont", ""),
        ("jeanne@exemple.fr", ""),
        ("06 12 34 56 78", ""),
        ("FR76 3000", ""),
        ("mon voisin du dessus crie", ""),
        ("abc", ""),
        ("a" * 41, ""),
        ("", ""),
    ],
)
def test_what_might_tell_of_somebody_is_not_counted(query, kept):
    assert countable(query) == kept


@pytest.mark.django_db
def test_one_address_cannot_fill_the_table(agency):
    counted = [note_vain_search(agency=agency, query="zorglub", address="192.0.2.1") for _time in range(40)]

    assert counted.count(True) == 30
    assert note_vain_search(agency=agency, query="zorglub", address="192.0.2.2")


@pytest.mark.django_db
def test_searches_are_forgotten_after_a_year(agency):
    note_vain_search(agency=agency, query="zorglub", address="192.0.2.1")
    VainSearch.objects.create(agency=agency, words="autrefois", month=dt.date(2020, 1, 1))

    assert forget_vain_searches() == 1
    assert VainSearch.objects.get().words == "zorglub"


@pytest.mark.django_db
def test_unknown_table_does_not_exist(diane):
    assert diane.get(f"{PAGE}inconnue.csv").status_code == 404


@pytest.mark.parametrize(
    ("delay", "words"),
    [({"minutes": 40}, "40\u00a0min"), ({"hours": 47}, "47\u00a0h"), ({"days": 3}, "3\u00a0jours")],
)
def test_delay_in_the_unit_that_says_enough(delay, words):
    assert delay_words(dt.timedelta(**delay)) == words
