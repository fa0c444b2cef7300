"""The journal in words: searched by day, person, gesture and object; a changed line shows."""

import ast
import datetime as dt

import pytest

from parvis.journal.actions import record
from parvis.journal.models import Record
from parvis.journal.rules import said
from parvis.people.models import User
from tests.factories import AgencyFactory, ClientFactory, GrantFactory
from tests.guards.tree import ROOT

PAGE = "/gestion/journal/"


@pytest.fixture
def alice(agency):
    return GrantFactory(client=ClientFactory(agency=agency, first_name="Alice", last_name="Fontaine"))


def of_diane():
    return ("user", User.objects.get(staffmember__isnull=False).public_id)


def shown(diane, **asked):
    return diane.get(PAGE, asked).content.decode()


@pytest.mark.django_db
def test_facts_are_said_in_french_with_names(diane, agency, alice):
    record(agency_id=agency.pk, verb="letter.drawn", actor=of_diane(), subject=("client", alice.client.public_id))
    record(agency_id=agency.pk, verb="sign-in.succeeded", actor=("user", alice.user.public_id))

    page = shown(diane)

    assert "Lettre d’accès tirée" in page
    assert f"Client Alice Fontaine, {alice.client.customer_reference}" in page
    assert "Diane Hamon" in page
    assert "letter.drawn" not in page.replace('value="letter.drawn"', "")
    assert page.index("<td>Alice Fontaine") < page.index("<td>Diane Hamon"), "The latest comes first."


@pytest.mark.django_db
def test_another_agency_is_never_shown(diane):
    record(agency_id=AgencyFactory(host="ailleurs.exemple.fr").pk, verb="shield.raised")

    assert "Aucun fait ne correspond" in shown(diane)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"qui": "Hamon"}, {"Document publié"}),
        ({"qui": "fontaine"}, {"Connexion"}),
        ({"objet": "10427999"}, {"Lettre revenue"}),
        ({"quoi": "shield.raised"}, {"Bouclier des mots de passe provisoires levé"}),
        ({"du": "2026-01-01", "au": "2026-01-02"}, {"Mot de passe changé"}),
        ({"objet": "inconnu"}, set()),
    ],
)
@pytest.mark.django_db
def test_search_keeps_what_was_asked(diane, agency, alice, asked, found):
    other = ClientFactory(agency=agency, last_name="Zed", customer_reference="10427999", reference_key="10427999")
    record(agency_id=agency.pk, verb="document.published", actor=of_diane())
    record(agency_id=agency.pk, verb="sign-in.succeeded", actor=("user", alice.user.public_id))
    record(agency_id=agency.pk, verb="letter.returned", subject=("client", other.public_id))
    record(agency_id=agency.pk, verb="shield.raised")
    old = record(agency_id=agency.pk, verb="password.changed")
    Record.objects.filter(pk=old.pk).update(recorded_at=dt.datetime(2026, 1, 2, 22, 30, tzinfo=dt.UTC))

    page = shown(diane, **asked)

    words = ["Document publié", "Connexion", "Lettre revenue", "Bouclier des mots de passe provisoires levé"]
    assert {word for word in [*words, "Mot de passe changé"] if f">{word}<" in page.partition("<tbody>")[2]} == found


@pytest.mark.django_db
def test_day_that_is_no_day_is_said(diane):
    assert "Écrivez une date" in shown(diane, du="hier")


@pytest.mark.django_db
def test_older_facts_stand_on_the_next_page_and_keep_the_search(diane, agency):
    for _rank in range(51):
        record(agency_id=agency.pk, verb="document.published")
    record(agency_id=agency.pk, verb="shield.raised")

    first = shown(diane, quoi="document.published")
    second = diane.get(f"{PAGE}?quoi=document.published&avant=2").content.decode()

    assert first.count("<tr>") == 51  # the head of the table, 50 facts
    assert "quoi=document.published&amp;avant=2" in first
    assert second.count("<tr>") == 2
    assert "Faits plus anciens" not in second


@pytest.mark.django_db
def test_page_costs_the_same_with_many_facts(diane, agency, assert_flat):
    def grow():
        for _rank in range(8):
            client = ClientFactory(agency=agency)
            record(agency_id=agency.pk, verb="letter.drawn", actor=of_diane(), subject=("client", client.public_id))

    grow()
    assert_flat(PAGE, grow)


@pytest.mark.django_db
def test_line_that_was_changed_shows_in_the_list(diane, agency):
    fact = record(agency_id=agency.pk, verb="shield.raised")
    Record.objects.filter(pk=fact.pk).update(verb="letter.drawn")

    assert "ne sont plus celles qui avaient été écrites" in shown(diane)


def test_every_verb_written_in_the_code_has_its_words():
    written = {verb for path in (ROOT / "parvis").rglob("actions/**/*.py") for verb in verbs_in(path)}

    assert sorted(verb for verb in written if said(verb) == verb) == []
    assert said("of.a-later-version") == "of.a-later-version"


def verbs_in(path):
    """The constant verbs that a module hands to the journal."""
    for node in ast.walk(ast.parse(path.read_text())):
        for keyword in getattr(node, "keywords", []):
            if keyword.arg == "verb" and isinstance(keyword.value, ast.Constant):
                yield keyword.value.value


@pytest.mark.django_db
def test_days_in_the_wrong_order_are_said(diane):
    page = shown(diane, du="2026-11-23", au="2026-11-20")

    assert "La fin précède le début." in page
    assert "Erreur\u00a0: Journal" in page
