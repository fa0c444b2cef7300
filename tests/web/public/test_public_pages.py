"""Pages that anyone may open: help, legal texts, the page for old browsers."""

import re
import subprocess
import sys

import pytest
from django.test import Client

from parvis.documents.actions import archives
from parvis.exchange.actions import own_data
from parvis.mail import rules as mail
from parvis.notices import rules as notices
from parvis.people.actions import reads
from parvis.threads import rules as drafts
from tests.factories import AgencyFactory, GrantFactory
from tests.guards.tree import ROOT

PAGES = ("/aide/", "/aide/connexion/", "/a-propos/", "/accessibilite/", "/mentions-legales/", "/donnees-personnelles/")
OLD_BROWSERS = (
    "Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko",
    "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 5.1)",
)
LABELS = ("Première Connexion", "Identifiant", "Mot de passe", "Connexion", "Courriel", "Soumettre")
OTHER_LABELS = ("Confirmer mon adresse email", "Mot de passe oublié", "Copier le lien hypertexte", "Se déconnecter")


@pytest.fixture(autouse=True)
def agency(db):
    return AgencyFactory(host="testserver", legal_name="Tilleuls SARL", mediator="Médiateur des Tilleuls")


@pytest.mark.parametrize("path", PAGES)
def test_page_is_open_to_all_and_names_the_agency_of_the_host(client: Client, path: str):
    response = client.get(path)

    assert response.status_code == 200
    assert "Cabinet des Tilleuls" in response.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_page_of_an_unknown_host_names_nobody(client: Client, path: str):
    response = client.get(path, headers={"host": "127.0.0.1"})

    assert response.status_code == 200
    assert "Tilleuls" not in response.content.decode()


def test_agency_answers_at_its_other_hosts_too(client: Client, agency):
    agency.other_hosts = ["autre.localhost"]
    agency.save()

    assert "Cabinet des Tilleuls" in client.get("/aide/", headers={"host": "autre.localhost"}).content.decode()


def test_signed_in_person_keeps_the_menu_and_their_own_agency(client: Client):
    elsewhere = GrantFactory(client__agency=AgencyFactory(name="Régie du Port", host="port.exemple.fr"))
    client.force_login(elsewhere.user)

    page = client.get("/aide/").content.decode()

    assert "Navigation principale" in page
    assert "Régie du Port" in page
    assert "Cabinet des Tilleuls" not in page


@pytest.mark.parametrize("label", LABELS + OTHER_LABELS)
def test_sign_in_help_uses_the_words_of_the_screens(client: Client, label: str):
    page = client.get("/aide/connexion/").content.decode()

    assert f"«\u00a0{label}\u00a0»" in page


def test_sign_in_help_has_its_six_parts(client: Client):
    page = client.get("/aide/connexion/").content.decode()

    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", page)[:6] == [
        "Navigateur",
        "Identifiant et mot de passe",
        "Première connexion",
        "Message de confirmation",
        "Nouveau mot de passe",
        "Se déconnecter",
    ]


def test_legal_page_says_who_publishes(client: Client):
    page = client.get("/mentions-legales/").content.decode()

    assert "Tilleuls SARL" in page
    assert "Médiateur des Tilleuls" in page
    assert "Carte professionnelle" not in page  # not known, so not said


def test_data_page_tells_how_long_each_thing_is_really_kept(client: Client):
    page = client.get("/donnees-personnelles/").content.decode().replace("\u00a0", " ")

    for days in (drafts.DRAFT_KEPT, archives.KEPT, own_data.KEPT, notices.READ_KEPT, mail.BODY_KEPT):
        assert f"{days.days} jours" in page
    for year in (reads.KEPT, notices.UNREAD_KEPT, mail.ROW_KEPT):
        assert year.days in (365, 366)
    assert page.count("12 mois") == 3


def test_demonstration_invents_what_the_legal_pages_must_say():
    asked = "from django.conf import settings as s; print(s.SITE_HOSTING, s.SITE_DIRECTOR, s.DATA_PROTECTION_CONTACT)"
    environment = {"PARVIS_ENV": "demonstration", "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", asked]
    said = subprocess.run(command, check=True, cwd=ROOT, env=environment, capture_output=True, text=True)

    for words in ("Hébergeur de démonstration", "Camille Exemple", "@exemple.fr"):
        assert words in said.stdout


@pytest.mark.parametrize("agent", OLD_BROWSERS)
@pytest.mark.parametrize("path", ["/", "/aide/", "/connexion/"])
def test_internet_explorer_gets_a_page_it_can_show(client: Client, path: str, agent: str):
    response = client.get(path, headers={"user-agent": agent})
    page = response.content.decode()

    assert response.status_code == 200
    assert "Votre navigateur n’est pas compatible" in page
    assert all(name in page for name in ("Firefox", "Safari (Apple)", "Chrome", "Edge"))
    assert "01\u00a000\u00a000\u00a000\u00a000" in page
    assert not re.search(r"<(?:script|style|link|svg|nav|main)\b", page)


def test_any_other_browser_gets_the_site(client: Client):
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 9_3 like Mac OS X) AppleWebKit/601.1 Version/9.0 Safari/601.1"

    assert "Aide" in client.get("/aide/", headers={"user-agent": agent}).content.decode()


def test_first_screen_fits_in_the_first_round_trip(client: Client):
    page = client.get("/aide/connexion/", headers={"accept-encoding": "gzip, br"})

    assert len(page.content) < 14_000
    assert "stylesheet" not in client.get("/aide/connexion/").content.decode()


def test_search_engines_are_told_to_stay_away(client):
    response = client.get("/robots.txt")

    assert "Disallow: /" in response.content.decode()
    assert "noindex" in client.get("/aide/").headers["X-Robots-Tag"]
