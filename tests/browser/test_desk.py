"""The desk on a phone and on a large screen, without a script: what waits, the journal, settings, figures, roles."""

import pytest

from tests.browser.inspection import sideways, violations
from tests.browser.looking_at_cases import photo
from tests.browser.person import SIZES, Person

pytestmark = pytest.mark.browser
PAGES = {
    "/gestion/": ("Tableau de bord", "gestion-accueil"),
    "/gestion/autres/": ("Autres", "gestion-autres"),
    "/gestion/courriels-refuses/": ("Courriels refusés", "gestion-courriels"),
    "/gestion/journal/": ("Journal", "gestion-journal"),
    "/gestion/journal/verification/": ("Vérification du journal", "gestion-journal-verification"),
    "/gestion/statistiques/": ("Statistiques", "gestion-statistiques"),
    "/gestion/reglages/": ("Réglages", "gestion-reglages"),
    "/gestion/reglages/agence/": ("Coordonnées et horaires", "gestion-agence"),
    "/gestion/reglages/apparence/": ("Apparence", "gestion-apparence"),
    "/gestion/reglages/collaborateurs/": ("Collaborateurs", "gestion-collaborateurs"),
    "/gestion/reglages/aide/": ("Articles de l’aide", "gestion-aide"),
}

LOOKS = 80
FORMS = ("/gestion/reglages/collaborateurs/ajouter/", "/gestion/reglages/aide/connexion/")


@pytest.fixture(params=SIZES)
def nadia(request, person_at, demonstration) -> Person:
    """The administrator of the first agency, on the first page."""
    person = person_at(request.param, java_script_enabled=False)
    person.comes_to_work(demonstration.staff())
    person.page.wait_for_url("**/gestion/")
    return person


def test_day_of_an_administrator(nadia):
    """One sign-in for it all: a code of the telephone serves once."""
    every_page_holds(nadia)
    hue_is_seen_before_it_is_kept(nadia)
    logo_is_seen_before_it_is_kept(nadia)
    colleague_is_added_and_invited(nadia)
    details_of_a_colleague_are_written_and_given_back(nadia)
    own_words_of_the_help_are_read_and_taken_back(nadia)


def every_page_holds(nadia):
    for path, (title, name) in PAGES.items():
        nadia.opens(path)
        nadia.is_on(title)
        nadia.keeps(name)
        assert sideways(nadia) == [], path


def hue_is_seen_before_it_is_kept(nadia):
    nadia.opens("/gestion/reglages/apparence/")
    nadia.types("Teinte", "140")
    nadia.presses("Voir l’aperçu")
    nadia.reads("Rien n’est encore enregistré")
    assert nadia.page.locator('link[href$="-140.css"]').count() == 1
    nadia.keeps("gestion-apercu")
    nadia.types("Teinte", "222")
    nadia.types("Mot d’accueil (facultatif)", f"Bienvenue, {nadia.size}")
    nadia.presses("Enregistrer")
    nadia.reads("Les réglages sont enregistrés.")

    nadia.opens("/gestion/journal/?qui=Gauthier&quoi=agency.changed")

    nadia.reads("Nadia Gauthier")
    nadia.opens("/gestion/journal/verification/")
    nadia.presses("Vérifier tout le journal")
    for _ in range(LOOKS):  # the worker reads the chain
        if nadia.page.get_by_text("chaîne entière").count():
            break
        nadia.page.wait_for_timeout(500)
        nadia.page.reload()
    nadia.reads("chaîne entière")


def logo_is_seen_before_it_is_kept(nadia):
    nadia.opens("/gestion/reglages/apparence/")
    nadia.page.get_by_label("Nouveau logo (facultatif)").set_input_files(photo())
    nadia.presses("Voir l’aperçu")
    nadia.reads("Rien n’est encore enregistré")
    assert nadia.page.get_by_alt_text("Le nouveau logo").evaluate("image => image.naturalWidth") > 0
    nadia.keeps("gestion-apercu-logo")
    nadia.presses("Enregistrer")
    nadia.reads("Logo d’aujourd’hui")
    nadia.keeps("gestion-logo")
    nadia.presses("Retirer le logo")

    nadia.reads("Le logo est retiré.")


def details_of_a_colleague_are_written_and_given_back(nadia):
    nadia.opens("/gestion/reglages/collaborateurs/")
    nadia.page.locator("main .rows a.row", has_text="Actif").last.click()
    nadia.follows("Modifier les coordonnées")
    before = nadia.page.get_by_label("Nom", exact=True).input_value()
    nadia.types("Nom", "Zinzolin")
    nadia.presses("Voir l’aperçu")
    nadia.reads("Rien n’est encore enregistré")
    nadia.keeps("gestion-coordonnees-apercu")
    assert sideways(nadia) == []
    nadia.presses("Enregistrer")
    nadia.reads("Modifié ici le")
    nadia.reads(f"à la place de «\u00a0{before}\u00a0»")
    nadia.keeps("gestion-coordonnees")
    nadia.page.get_by_role("button", name="Reprendre vos données").click()

    nadia.reads("Vos données sont suivies de nouveau.")
    assert nadia.page.get_by_label("Nom", exact=True).input_value() == before


def colleague_is_added_and_invited(nadia):
    nadia.opens("/gestion/reglages/collaborateurs/ajouter/")
    for label, words in {
        "Prénom": "Zoé",
        "Nom": f"Martin {nadia.size}",
        "Référence": f"ZM-{nadia.size}",
        "Courriel professionnel": f"zoe.{nadia.size}@tilleuls.exemple.fr",
    }.items():
        nadia.types(label, words)
    nadia.page.get_by_label("Fonction").select_option("manager")
    nadia.presses("Ajouter")
    nadia.page.get_by_label("Rôle", exact=True).select_option("manager")
    nadia.page.get_by_label("Périmètre").select_option("buildings")
    nadia.page.locator('input[name="buildings"]').first.check()
    nadia.presses("Enregistrer")
    nadia.reads("est enregistré")
    nadia.presses("Inviter")

    nadia.reads("Un lien valable 24\u00a0heures part à")
    nadia.reads("Invité")
    nadia.keeps("gestion-collaborateur")
    assert sideways(nadia) == []


def own_words_of_the_help_are_read_and_taken_back(nadia):
    nadia.opens("/gestion/reglages/aide/payer-par-cheque/")
    nadia.types("Titre", f"Chèques au comptoir {nadia.size}")
    nadia.presses("Voir l’aperçu")
    nadia.reads("Rien n’est encore enregistré")
    nadia.presses("Enregistrer")
    nadia.opens("/aide/?q=comptoir")
    nadia.reads(f"Chèques au comptoir {nadia.size}")
    nadia.opens("/gestion/reglages/aide/payer-par-cheque/")
    nadia.presses("Rétablir l’article d’origine")

    nadia.opens("/aide/?q=comptoir")
    nadia.does_not_read("Chèques au comptoir")


@pytest.mark.parametrize("size", SIZES)
def test_desk_is_accessible(person_at, demonstration, size):
    nadia = person_at(size)
    nadia.comes_to_work(demonstration.staff())
    nadia.page.wait_for_url("**/gestion/")

    for path in (*PAGES, *FORMS):
        nadia.opens(path)
        assert violations(nadia) == [], path
    nadia.opens("/gestion/reglages/collaborateurs/")
    nadia.page.locator("main .rows a.row").first.click()
    nadia.reads("Rôle et périmètre")
    assert violations(nadia) == []
    nadia.follows("Modifier les coordonnées")
    nadia.presses("Voir l’aperçu")
    nadia.reads("Rien n’est encore enregistré")
    assert violations(nadia) == []
    nadia.follows("Retour")
    nadia.follows("Terminer l’accès")
    nadia.reads("Ses sessions s’arrêtent")
    assert violations(nadia) == []


@pytest.mark.parametrize("size", SIZES)
def test_caretaker_finds_the_lodge_and_nothing_else(person_at, demonstration, size):
    aminata = person_at(size)
    aminata.comes_to_work(demonstration.staff("caretaker"))
    aminata.page.wait_for_url("**/gestion/loge/")

    aminata.keeps("gestion-gardienne")
    assert aminata.page.locator('nav.menu a[href="/gestion/loge/"]').count() == 1
    for hidden in (
        "interventions",
        "clients",
        "messages",
        "journal",
        "reglages",
        "statistiques",
        "ecarts",
        "comptes-fec",
    ):
        assert aminata.page.locator(f'a[href="/gestion/{hidden}/"]').count() == 0
        aminata.opens(f"/gestion/{hidden}/")
        assert aminata.page.title().startswith("Cette page n’existe pas"), hidden
