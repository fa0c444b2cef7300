"""The first page of the staff."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from parvis.exchange.models import ImportRun
from parvis.people.models import User
from tests.factories import AccountFactory, AgencyFactory, ClientFactory, GrantFactory

pytestmark = pytest.mark.django_db
HOME = "/gestion/"
REFUSAL = {"file": "entries.csv", "line": 3, "column": "debit", "value": "=1.2", "reason": "Ce n’est pas un montant."}


def import_run(agency, **changes):
    moment = timezone.now()
    return ImportRun.objects.create(agency=agency, digest="0" * 64, started_at=moment, ended_at=moment, **changes)


def test_staff_read_what_an_import_did(diane, agency):
    import_run(agency, state="applied", read=1200, created=7, changed=5, notes=["clients.csv : 2 lignes absentes."])

    page = diane.get(HOME).content.decode()

    assert "Appliqué" in page
    assert "1\u202f200" in page
    assert "2 lignes absentes" in page
    assert "Télécharger les refus" not in page


@pytest.mark.parametrize(
    ("state", "refused", "label"),
    [("applied", 0, "Appliqué<"), ("applied", 3, "Appliqué en partie"), ("refused", 3, "Refusé")],
)
def test_the_outcome_of_an_import_is_said_in_words(diane, agency, state, refused, label):
    import_run(agency, state=state, refused=refused)

    assert label in diane.get(HOME).content.decode()


def test_staff_download_the_refusals_and_no_cell_is_a_formula(diane, agency):
    run = import_run(agency, state="refused", refused=1, refusals=[REFUSAL])

    response = diane.get(reverse("staff:home-refusals", args=[run.public_id]))

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == ["entries.csv", "3", "debit", "'=1.2", "Ce n’est pas un montant."]
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert reverse("staff:home-refusals", args=[run.public_id]) in diane.get(HOME).content.decode()


def test_staff_see_which_accounts_wait(diane, agency):
    AccountFactory(client__agency=agency, reference="450-INCOMPLET", is_withheld=True)
    AccountFactory(client__agency=agency, reference="450-ENTIER")

    page = diane.get(HOME).content.decode()

    assert "450-INCOMPLET" in page
    assert "450-ENTIER" not in page


def test_staff_see_nothing_of_another_agency(diane):
    elsewhere = AgencyFactory(host="ailleurs.exemple.fr")
    run = import_run(elsewhere, state="applied")
    AccountFactory(client__agency=elsewhere, reference="450-AILLEURS", is_withheld=True)

    page = diane.get(HOME).content.decode()

    assert "450-AILLEURS" not in page
    assert "Aucun paquet n’a encore été importé" in page
    assert diane.get(reverse("staff:home-refusals", args=[run.public_id])).status_code == 404


def test_staff_sign_out_with_a_button(diane):
    page = diane.get(HOME).content.decode()

    assert f'method="post" action="{reverse("entrance:logout")}"' in page
    assert "Se déconnecter" in page


def test_a_page_of_the_staff_costs_the_same_with_many_rows(diane, agency, assert_flat):
    import_run(agency, state="applied")
    AccountFactory(client__agency=agency, is_withheld=True)

    def grow():
        for _rank in range(8):
            import_run(agency, state="applied")
            AccountFactory(client__agency=agency, is_withheld=True)

    assert_flat(HOME, grow)


@pytest.mark.parametrize(
    "path", ["/", "/comptes/", "/biens/", "/interventions/", "/recherches/", "/autres/", "/profil/"]
)
def test_who_only_works_at_the_agency_is_led_from_the_pages_of_clients_to_their_own(diane, path):
    assert diane.get(path).url == HOME


def test_who_works_at_the_agency_and_owns_a_flat_has_both(diane, agency):
    user = User.objects.get(staffmember__isnull=False)
    GrantFactory(user=user, client=ClientFactory(agency=agency))

    assert "Bonjour Madame Fontaine" in diane.get("/").content.decode()
    assert '<a href="/">' in diane.get(HOME).content.decode()


def test_staff_find_their_way_as_on_every_page(diane):
    home, help_page = diane.get(HOME).content.decode(), diane.get("/aide/").content.decode()

    for page in (home, help_page):
        assert '<a class="skip-link visually-hidden" href="#contenu">' in page
        assert f'href="{HOME}"' in page
        assert 'href="/aide/"' in page
        assert 'href="/comptes/"' not in page
    assert "– Gestion Cabinet des Tilleuls</title>" in home


def test_staff_choose_how_their_pages_look(diane):
    page = diane.post("/profil/affichage/", {"theme": "dark"}, follow=True)

    assert page.redirect_chain[-1] == (HOME, 302)
    assert ' data-theme="dark"' in page.content.decode()
    assert "Votre choix d’affichage est enregistré" in page.content.decode()
    assert 'value="dark" checked' in page.content.decode()
