"""What a supplier does with the link of an order, without a login; what the link does not show."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from parvis.interventions.actions import messages, orders
from parvis.interventions.actions.photos import Picture, keep
from parvis.interventions.models import Photo, Slot, WorkOrder
from parvis.journal.models import Record
from parvis.kit.days import paris_day
from parvis.kit.identifiers import new_public_id
from tests.factories import LotFactory
from tests.interventions.orders import sent

pytestmark = pytest.mark.django_db
PHOTO = Path("tests/data/uploads/photo_canon_40D.jpg").read_bytes()
PDF = Path("tests/data/uploads/pdf_minimal.pdf").read_bytes()
BOX = re.compile(r'name="slots" value="([^"]+)"')


@pytest.fixture
def story(db):
    lot = LotFactory(building__agency__host="testserver", floor="3e étage")
    return sent(lot, availability="Le matin", phone="0600000001", place="Salle de bains")


@pytest.fixture
def link(story):
    return f"/o/{story.token}/"


def page_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def photo(name="chantier.jpg", content=PHOTO):
    return SimpleUploadedFile(name, content)


def test_order_says_where_and_what_and_names_nobody(client, link, story):
    page = page_of(client, link)

    for words in ("Réparer la fuite.", "Résidence Les Acacias", "3e étage", "alle de bains", "06\u00a000\u00a000"):
        assert words in page
    assert "Fontaine" not in page
    assert "Alice" not in page


def test_phone_of_a_home_stays_hidden_where_the_agency_says_so(client, link):
    WorkOrder.objects.update(shows_contact=False)

    assert "06\u00a000\u00a000" not in page_of(client, link)


def test_asking_for_the_pages_changes_nothing(client, link):
    before = (Record.objects.count(), WorkOrder.objects.values().get())

    for path in ("", "terminee/", "fichiers/", "refus/", "debut/"):
        page_of(client, link + path)
        assert client.head(link + path).status_code == 200

    assert (Record.objects.count(), WorkOrder.objects.values().get()) == before


def test_two_ticks_are_two_times_in_one_sending(client, link):
    keys = BOX.findall(page_of(client, link))[:2]

    page = client.post(link, {"slots": keys}, follow=True).content.decode()

    assert "Vos créneaux sont envoyés." in page
    assert Slot.objects.count() == 2
    assert all(paris_day(slot.begins_at) > paris_day(timezone.now()) for slot in Slot.objects.all())


def test_time_of_ones_own_is_taken(client, link):
    day = paris_day(timezone.now()) + dt.timedelta(days=20)

    client.post(link, {"day": day.isoformat(), "begins": "07:30", "ends": "09:00"})

    assert Slot.objects.get().ends_at - Slot.objects.get().begins_at == dt.timedelta(hours=1.5)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Cochez un créneau, ou proposez-en un autre."),
        ({"slots": ["20200101T08-10"]}, "Un créneau coché est passé."),
        ({"day": "2020-01-01", "begins": "08:00", "ends": "10:00"}, "Ce créneau est déjà passé."),
        ({"day": "2020-01-01"}, "Renseignez le jour, l’heure de début et l’heure de fin."),
        ({"day": "demain", "begins": "08:00", "ends": "10:00"}, "Renseignez un jour complet."),
    ],
)
def test_what_cannot_be_offered_is_said(client, link, typed, said):
    page = client.post(link, typed).content.decode()

    assert said in page
    assert "<title>Erreur\u00a0: " in page
    assert not Slot.objects.exists()


def test_one_button_says_that_it_is_done(client, link, story):
    page = client.post(f"{link}terminee/", follow=True).content.decode()

    assert "les travaux sont terminés" in page
    assert "Oui, ils sont terminés" not in page
    assert story.case.state == "done"


def test_work_that_the_agency_says_is_done_asks_nothing_more(client, link, story):
    orders.finish(intervention=story.case, by=story.erin, version=story.case.version)

    page = page_of(client, link)

    assert "L’agence a noté que les travaux sont terminés." in page
    assert "terminee/" not in page
    assert "fichiers/" in page


def test_photos_and_invoice_come_with_it(client, link, story):
    files = {"photos": [photo(), photo("2.pdf", PDF)], "invoice": photo("facture.pdf", PDF), "text": "Joint changé."}

    page = client.post(f"{link}terminee/", files, follow=True).content.decode()

    assert "Déjà envoyé\u00a0: 3\u00a0fichiers, dont la facture." in page
    order = WorkOrder.objects.get()
    assert (order.invoice_name, order.report) == ("facture.pdf", "Joint changé.")
    assert set(Photo.objects.values_list("audience", "author_kind")) == {
        ("reporter", "supplier"),
        ("internal", "supplier"),
    }


def test_files_sent_twice_are_there_once(client, link):
    for _time in range(2):
        client.post(f"{link}fichiers/", {"photos": [photo()]})

    assert Photo.objects.count() == 1


@pytest.mark.parametrize("name", ["xss.htm", "svg_script_1.svg", "zip_symlink_etc_passwd.zip", "pdfjs_js-buttons.pdf"])
def test_file_that_is_not_sound_is_refused_and_said(client, link, name):
    content = (Path("tests/data/uploads") / name).read_bytes()
    disguised = f"{Path(name).stem}.pdf"

    page = client.post(f"{link}fichiers/", {"invoice": photo(disguised, content)}).content.decode()

    assert "error-summary" in page
    assert not Photo.objects.exists()
    assert WorkOrder.objects.get().invoice is None


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "Choisissez une photo ou une facture."),
        ({"photos": [photo("virus.exe")]}, "Ce fichier n’est pas accepté."),
        ({"photos": [photo(f"{rank}.jpg") for rank in range(7)]}, "6\u00a0fichiers au plus à la fois."),
        ({"photos": [photo(content=b"")]}, "Ce fichier n’est pas arrivé."),
        ({"invoice": photo("f.pdf", b"%PDF-" + b"0" * 10_000_001)}, "Ce fichier pèse 11\u00a0Mo."),
    ],
)
def test_what_cannot_be_sent_is_said(client, link, files, said):
    assert said in client.post(f"{link}fichiers/", files).content.decode()


def test_good_files_beside_a_refused_one_are_named_to_be_chosen_again(client, link, story):
    files = {"photos": [photo("avant.jpg"), photo("faux.jpg", b"no picture")], "invoice": photo("facture.pdf", PDF)}

    page = client.post(f"{link}terminee/", files | {"text": "Joint changé."}).content.decode()

    assert "«\u00a0faux.jpg\u00a0»\u00a0: " in page
    assert "Choisissez à nouveau vos fichiers\u00a0: avant.jpg." in page
    assert "Choisissez à nouveau vos fichiers\u00a0: facture.pdf." in page
    assert "Joint changé." in page
    assert WorkOrder.objects.get().done_at is None


def test_times_that_wait_are_not_offered_again(client, link):
    first, *others = BOX.findall(page_of(client, link))

    client.post(link, {"slots": [first]})

    assert BOX.findall(page_of(client, link)) == others


def test_photo_of_the_case_is_shown_to_who_mends_it_but_not_a_note(client, link, story):
    client.post(f"{link}fichiers/", {"photos": [photo()], "invoice": photo("facture.pdf", PDF)})
    shown, hidden = Photo.objects.get(audience="reporter"), Photo.objects.get(audience="internal")

    assert client.get(f"{link}photos/{shown.public_id}/").status_code == 200
    assert client.get(f"{link}photos/{hidden.public_id}/").status_code == 404


def test_each_photo_of_the_case_has_a_name_of_its_own(client, link, story):
    for name, content in (("a.jpg", PHOTO), ("b.pdf", PDF)):
        pictures = [Picture(kept=keep(name=name, content=content))]
        said = messages.Writing(text="Voyez.", sending_key=new_public_id(), pictures=pictures)
        messages.write(intervention=story.case, by=story.alice, writing=said)

    page = page_of(client, link)

    assert "Photo\u00a01\u00a0sur\u00a02" in page
    assert "Photo\u00a02\u00a0sur\u00a02" in page


def test_every_dead_link_has_the_same_page_with_the_agency_s_phone(client, link, story):
    unknown = client.get(f"/o/{'a' * 26}/")
    cut = client.get("/o/abc/")
    orders.withdraw(order=story.order, by=story.erin)
    withdrawn = client.get(link)
    posted = client.post(link, {"slots": ["x"]})

    pages = {answer.content for answer in (unknown, cut, withdrawn, posted)}
    assert len(pages) == 1
    assert {answer.status_code for answer in (unknown, cut, withdrawn, posted)} == {404}
    assert "01\u00a000\u00a000\u00a000\u00a000" in unknown.content.decode()


def test_another_order_stays_closed(client, link):
    other = sent(LotFactory(building__agency__host="ailleurs.exemple.fr"))

    client.post(f"{link}terminee/")

    assert other.case.state == "ordered"


def test_appointment_chosen_is_shown_and_no_more_times_are_asked(client, link, story):
    answer = client.post(link, {"slots": BOX.findall(page_of(client, link))[:1]}, follow=True)
    assert answer.content.decode().count("Vos créneaux sont envoyés") == 1
    assert "Déjà proposés" in (later := page_of(client, link))
    assert "Vos créneaux sont envoyés" in later

    orders.choose_slot(slot=Slot.objects.get(), by=story.alice, version=story.case.version)

    page = page_of(client, link)
    assert "Rendez-vous\u00a0: <strong>" in page
    assert "Quand pouvez-vous venir" not in page


def test_page_costs_the_same_with_many_times(client, link, story, assert_flat):
    def grow():
        client.post(link, {"slots": BOX.findall(page_of(client, link))[:5]})

    assert_flat(link, grow)


def test_firm_declines_in_one_more_tap_and_reads_no_more_where_it_is(client, link, story):
    assert "Je ne peux pas intervenir" in page_of(client, link)
    client.post(f"{link}fichiers/", {"photos": [photo()]})

    page = client.post(f"{link}refus/", {"reason": "Trop loin."}, follow=True).content.decode()

    assert "que vous ne pouvez pas intervenir." in page
    assert story.case.state == "ordered"
    assert WorkOrder.objects.get().declined_reason == "Trop loin."
    for path in ("", "refus/", "terminee/", "fichiers/", f"photos/{Photo.objects.get().public_id}/"):
        read = page_of(client, link + path)
        assert "06\u00a000" not in read
        assert "Salle de bains" not in read


def test_refusal_sent_again_says_the_same(client, link):
    for _press in range(2):
        page = client.post(f"{link}refus/", follow=True).content.decode()

    assert "que vous ne pouvez pas intervenir." in page
    assert Record.objects.filter(verb="order.declined").count() == 1


def test_refusal_of_work_that_is_over_is_said(client, link, story):
    orders.finish(intervention=story.case, by=story.erin, version=story.case.version)

    assert "refus/" not in page_of(client, link)
    assert "appelez l’agence" in client.post(f"{link}refus/").content.decode()
    assert "appelez l’agence" in client.post(f"{link}debut/").content.decode()
    assert WorkOrder.objects.get().state == "done"


def test_reason_that_is_too_long_is_said(client, link):
    page = client.post(f"{link}refus/", {"reason": "x" * 501}).content.decode()

    assert "500\u00a0signes au plus" in page
    assert WorkOrder.objects.get().state == "sent"


def test_work_begins_once_and_is_no_longer_refused(client, link, story):
    for _press in range(2):
        page = client.post(f"{link}debut/", follow=True).content.decode()

    assert "Les travaux ont commencé." in page
    assert "refus/" not in page
    assert "debut/" not in page
    assert "terminee/" in page
    assert story.case.state == "in_progress"
