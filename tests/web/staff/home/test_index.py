"""The first page of the staff."""

import csv
import datetime as dt
import io

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from parvis.exchange.models import ImportRun, Intake
from parvis.interventions.actions import answers, orders
from parvis.kit.clock import database_now
from parvis.kit.french_dates import weekday_date
from parvis.mail.models import OutboxMessage
from parvis.people.models import User
from tests.exchange.factories import FecAccountFactory
from tests.factories import (
    AccountFactory,
    AgencyFactory,
    ClientFactory,
    GrantFactory,
    InterventionFactory,
    LotFactory,
    StaffMemberFactory,
    UserFactory,
)
from tests.interventions.orders import sent
from tests.mail.factories import queued, refused
from tests.people.cast import staff_session
from tests.threads.factories import MessageFactory, ThreadFactory

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

    response = diane.get(reverse("staff:imports-run-refusals", args=[run.public_id]))

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1] == ["entries.csv", "3", "debit", "'=1.2", "Ce n’est pas un montant."]
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert reverse("staff:imports-run-refusals", args=[run.public_id]) in diane.get(HOME).content.decode()


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
    assert diane.get(reverse("staff:imports-run-refusals", args=[run.public_id])).status_code == 404


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


def reported(agency, **facts):
    facts = {"state": "reported", "acknowledge_before": database_now() + dt.timedelta(hours=1), **facts}
    return InterventionFactory(building__agency=agency, **facts)


def waits_since(agency, days, **client):
    return ThreadFactory(client=ClientFactory(agency=agency, **client), opened_at=timezone.now() - days)


def test_what_waits_stands_by_deadline_whatever_it_is(diane, agency):
    reported(agency, title="Porte du hall", acknowledge_before=database_now() + dt.timedelta(days=30))
    waits_since(agency, dt.timedelta(days=20), last_name="Oubliee")
    reported(agency, title="Fuite au quatrième", acknowledge_before=database_now() - dt.timedelta(days=40))
    reported(agency, title="Terminée", state="closed")

    page = diane.get(HOME).content.decode()

    assert page.index("Fuite au quatrième") < page.index("Oubliee") < page.index("Porte du hall")
    assert page.count("En retard") == 2
    assert "2 en retard." in page
    assert "Terminée" not in page


def test_first_of_each_sort_are_shown_and_the_page_says_so(diane, agency):
    for rank in range(10):
        reported(agency, title=f"Fuite {rank}", acknowledge_before=database_now() - dt.timedelta(days=40))
    waits_since(agency, dt.timedelta(days=20), last_name="Oubliee")

    page = diane.get(HOME).content.decode()

    assert "Les 10 premiers de chaque sorte" in page
    assert "Au moins 11 en retard." in page


def test_case_of_the_books_waits_since_the_day_after_its_report(diane, agency):
    reported(agency, title="Promise", acknowledge_before=database_now() - dt.timedelta(hours=3))
    reported(agency, title="Des livres", reported_on=dt.date(2026, 1, 9), acknowledge_before=None)

    page = diane.get(HOME).content.decode()

    assert page.index("Des livres") < page.index("Promise")
    assert f"Avant la fin du {weekday_date(dt.date(2026, 1, 12))}" in page


@pytest.mark.parametrize(
    ("step", "state", "words"),
    [
        ("preview", "done", "1 import attend votre décision"),
        ("preview", "interrupted", "1 import interrompu à relancer"),
    ],
)
def test_import_that_waits_for_a_person_is_told(diane, agency, step, state, words):
    moment = timezone.now()
    facts = {
        "received_at": moment,
        "started_at": moment,
        "ended_at": moment,
        "preview": {"changes": [], "refusals": []},
    }
    Intake.objects.create(agency=agency, source="package", file_name="a.zip", size=1, step=step, state=state, **facts)

    page = diane.get(HOME).content.decode()

    assert words in page
    assert reverse("staff:imports-index") in page


def test_cases_of_others_are_left_out_when_asked(diane, agency):
    me = User.objects.get(staffmember__isnull=False).staffmember
    reported(agency, title="La mienne", assigned_to=me)
    reported(agency, title="De personne")
    reported(agency, title="De Karim", assigned_to=StaffMemberFactory(agency=agency))

    everything, mine = diane.get(HOME).content.decode(), diane.get(f"{HOME}?de=moi").content.decode()

    assert "De Karim" in everything
    assert "De Karim" not in mine
    assert "La mienne" in mine
    assert "De personne" in mine


def test_failures_come_first_and_lead_to_where_they_are_mended(diane, agency):
    import_run(agency, state="applied", refused=3)
    refused(queued(agency=agency))
    FecAccountFactory(agency=agency)

    page = diane.get(HOME).content.decode()

    assert page.index("À corriger") < page.index("Ce qui m’attend")
    for words in ("3 lignes refusées au dernier import", "1 courriel refusé depuis 30 jours", "1 compte du FEC attend"):
        assert words in page
    assert reverse("staff:home-mails") in page


def test_nothing_wrong_says_nothing(diane):
    page = diane.get(HOME).content.decode()

    assert "À corriger" not in page
    assert "tout est à jour" in page


def test_refused_mail_says_why_and_leaves_again(diane, agency):
    message = refused(queued(agency=agency), error="550 boîte inconnue")
    refused(queued(to="autre@exemple.fr"))

    page = diane.get("/gestion/courriels-refuses/").content.decode()
    diane.post(f"/gestion/courriels-refuses/{message.public_id}/renvoyer/")

    assert "550 boîte inconnue" in page
    assert "autre@exemple.fr" not in page
    assert OutboxMessage.objects.get(pk=message.pk).state == "queued"


def test_caretaker_reads_the_cases_of_the_building_and_nothing_of_accounts(agency):
    user = UserFactory(agency=agency)
    gaston = StaffMemberFactory(agency=agency, user=user, role="caretaker")
    here, elsewhere = reported(agency, title="Ici"), reported(agency, title="Ailleurs")
    gaston.assignments.create(agency=agency, building=here.building, starts_on=dt.date(2020, 1, 1))
    AccountFactory(client__agency=agency, reference="450-INCOMPLET", is_withheld=True)
    MessageFactory(thread=waits_since(agency, dt.timedelta(0), last_name="Ecrivaine"))
    import_run(agency, state="applied", refused=3)

    page = staff_session(Browser(), user).get(HOME, follow=True).content.decode()

    assert "Ici" in page
    for hidden in ("450-INCOMPLET", "Ecrivaine", "Derniers imports", "refusées", elsewhere.public_id):
        assert hidden not in page


def test_what_waits_costs_the_same_with_many_rows(diane, agency, assert_flat):
    reported(agency)
    waits_since(agency, dt.timedelta(0))

    def grow():
        for _rank in range(8):
            reported(agency)
            waits_since(agency, dt.timedelta(0))

    assert_flat(HOME, grow)


def test_order_that_a_firm_declined_waits_for_the_staff_until_another_is_sent(diane, agency):
    story = sent(LotFactory(building__agency=agency))
    words = f"Refusé par l’entreprise, intervention {story.case.number}"
    assert words not in diane.get(HOME).content.decode()

    answers.decline(order=story.order, reason="Trop loin.")

    page = diane.get(HOME).content.decode()
    assert words in page
    assert weekday_date(story.case.next_step_on) in page
    again = {"supplier": story.order.supplier, "text": "Réparer.", "by": story.erin, "version": story.case.version}
    orders.send(intervention=story.case, **again)
    assert words not in diane.get(HOME).content.decode()
