"""Déclarer un problème: one question a page, nothing typed is lost, sent twice it is one."""

import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import ExifTags, Image

from parvis.interventions.models import DraftFile, Intervention, ReportDraft
from parvis.property.models import Building
from tests.factories import ClientFactory, GrantFactory, InterventionFactory, LotFactory, OwnershipFactory

START = "/interventions/declarer/"
WHERE, WHAT, DESCRIBE, WHEN, CHECK = (
    f"{START}{word}/" for word in ("ou", "quoi", "description", "disponibilites", "verification")
)
LEAK = "De l'eau goutte du plafond depuis hier."
ODD = sorted((Path(__file__).resolve().parents[3] / "data" / "uploads").iterdir())
PHOTOS_OR_PDF = (".jpg", ".heic", ".pdf")


def in_the_lot(home):
    return f"lot-{home.public_id}"


def in_common(home):
    return f"parties-communes-{home.building.public_id}"


def go_through(visitor, home, *, until=CHECK, **changes):
    """Answer every question up to that page."""
    answers = {"spot": in_common(home), "place": "Parking, niveau −1", "category": "water", "description": LEAK}
    answers |= {"moments": ["morning"], "availability": "", "phone": "06 12 34 56 78"} | changes
    asked = {WHERE: ("spot", "place"), WHAT: ("category",), DESCRIBE: ("description",)}
    asked[WHEN] = ("moments", "availability", "phone", "leaves_key")
    for page, names in asked.items():
        if page == until:
            return
        visitor.post(page, {name: answers[name] for name in names if name in answers})


def send(visitor):
    key = visitor.get(CHECK).context["form"].initial["sending_key"]
    return visitor.post(CHECK, {"sending_key": key}, follow=True), key


def jpeg(rank=1):
    """A photo that tells where it was taken; another rank, another photo."""
    kept, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSMapDatum] = "PARVIS-GPS"
    Image.new("RGB", (400, 300), (rank * 20, 90, 120)).save(kept, "JPEG", exif=exif)
    return SimpleUploadedFile(f"plafond-{rank}.jpg", kept.getvalue(), content_type="image/jpeg")


def test_emergency_comes_first_with_whom_to_call(signed_in, home):
    page = signed_in.get(START).content.decode()

    assert 'href="tel:0800473333"' in page
    assert 'href="tel:112"' in page
    assert "Ce n’est pas une urgence" in page
    assert not ReportDraft.objects.exists()


def test_five_questions_make_a_case_with_its_number(signed_in, alice, home):
    signed_in.post(START, {"is_urgent": "non"})
    go_through(signed_in, home)

    answer, _key = send(signed_in)

    case = Intervention.objects.get()
    page = answer.content.decode()
    assert "Votre déclaration est enregistrée" in page
    assert f"Numéro {case.number}." in page
    assert "vous répond avant le" in page
    assert (case.reporter, case.building, case.lot) == (alice, home.building, None)
    assert (case.category, case.place, case.description) == ("water", "Parking, niveau −1", LEAK)
    assert (case.availability, case.phone) == ("Le matin, de 8\u00a0h à 12\u00a0h.", "0612345678")
    assert not case.is_urgent
    assert not ReportDraft.objects.exists()


def test_problem_at_home_names_the_lot_and_an_urgency_stays_one(signed_in, home):
    signed_in.post(START, {"is_urgent": "oui"})
    go_through(signed_in, home, spot=in_the_lot(home))

    send(signed_in)

    case = Intervention.objects.get()
    assert (case.lot, case.scope, case.is_urgent) == (home, "private", True)


def test_sent_twice_it_is_one_case(signed_in, home):
    go_through(signed_in, home)
    _answer, key = send(signed_in)

    again = signed_in.post(CHECK, {"sending_key": key})

    assert Intervention.objects.count() == 1
    assert again.url == f"/interventions/{Intervention.objects.get().public_id}/enregistree/"


@pytest.mark.parametrize(
    ("page", "typed", "error"),
    [
        (WHERE, {"spot": ""}, "Choisissez où est le problème."),
        (WHERE, {"spot": "lot-" + "a" * 26}, "Choisissez où est le problème."),
        (WHAT, {"category": "volcan"}, "Choisissez de quoi il s’agit."),
        (DESCRIBE, {"description": " "}, "Décrivez le problème."),
        (WHEN, {"phone": "12"}, "Renseignez un numéro à 10\u00a0chiffres"),
    ],
)
def test_wrong_answer_is_said_and_asked_again(signed_in, home, page, typed, error):
    go_through(signed_in, home, until=page)

    shown = signed_in.post(page, typed).content.decode()

    assert error in shown
    assert "<title>Erreur" in shown


def test_too_early_leads_to_the_question_that_is_missing(signed_in, home):
    go_through(signed_in, home, until=DESCRIBE)

    assert signed_in.get(CHECK).url == DESCRIBE
    assert signed_in.post(CHECK, {"sending_key": "a" * 26}).url == DESCRIBE
    assert not Intervention.objects.exists()


def test_answers_come_back_and_are_offered_again_another_day(signed_in, home):
    go_through(signed_in, home, until=WHEN)
    ReportDraft.objects.update(kept_at=timezone.now() - dt.timedelta(days=29))

    start = signed_in.get(START).content.decode()

    assert "Vous avez commencé une déclaration" in start
    assert f'href="{WHEN}"' in start
    assert "Parking, niveau −1" in signed_in.get(WHERE).content.decode()
    assert LEAK in signed_in.get(DESCRIBE).context["form"].initial["description"]


def test_declaration_that_was_begun_comes_before_the_question_and_on_the_list(signed_in, home):
    before = signed_in.get("/interventions/").content.decode()
    go_through(signed_in, home, until=WHEN)

    start, listed = signed_in.get(START).content.decode(), signed_in.get("/interventions/").content.decode()

    assert start.index("Reprendre ma déclaration") < start.index("Est-ce une urgence\u202f?</h1>")
    assert "Vous avez commencé une déclaration" not in before
    assert "Vous avez commencé une déclaration" in listed


def test_who_comes_back_after_sending_reads_that_it_has_left(signed_in, home):
    go_through(signed_in, home)
    send(signed_in)
    case = Intervention.objects.get()

    page = signed_in.get(WHEN, follow=True).content.decode()

    assert f'<h1>Votre déclaration <span class="number">{case.number}</span> est déjà enregistrée</h1>' in page
    assert f'href="/interventions/{case.public_id}/"' in page
    signed_in.post(START, {"is_urgent": "non"})
    assert "Où est le problème" in signed_in.get(WHERE).content.decode()


def test_declaration_of_long_ago_stands_in_nobody_s_way(signed_in, home):
    go_through(signed_in, home)
    send(signed_in)
    Intervention.objects.update(reported_on=dt.date(2020, 1, 1))

    assert "Où est le problème" in signed_in.get(WHERE).content.decode()


def test_draft_is_its_author_s_alone_and_may_be_erased(signed_in, client, alice, home):
    go_through(signed_in, home, until=WHEN)
    other = GrantFactory(client=ClientFactory(agency=alice.agency))
    OwnershipFactory(client=other.client, lot=LotFactory(building=home.building))
    bob = Client()
    bob.force_login(other.user)

    assert "Vous avez commencé" not in bob.get(START).content.decode()
    assert bob.get(DESCRIBE).url == WHERE
    assert signed_in.post(f"{START}effacer/").url == START
    assert not ReportDraft.objects.exists()


def test_change_of_one_answer_comes_back_to_the_check(signed_in, home):
    go_through(signed_in, home)

    answer = signed_in.post(f"{WHEN}?retour=verification", {"availability": "Absent le mercredi", "phone": ""})

    assert answer.url == CHECK
    assert "Absent le mercredi." in signed_in.get(CHECK).content.decode()


def test_words_too_long_are_said_and_none_is_cut(signed_in, home):
    go_through(signed_in, home, until=DESCRIBE)
    long = "eau " * 1_050 + "fin"

    empty = signed_in.get(DESCRIBE).content.decode()
    said = [signed_in.post(DESCRIBE, {"description": long} | button).content.decode() for button in ({}, {"add": "1"})]

    assert "maxlength" not in empty
    for page in (*said, signed_in.get(DESCRIBE).content.decode()):
        assert f"{long}</textarea>" in page
    for page in said:
        assert "Votre description dépasse 4\u202f000\u00a0signes" in page
    assert signed_in.get(CHECK).url == DESCRIBE


def test_key_may_stay_with_the_caretaker_where_there_is_one(signed_in, home):
    go_through(signed_in, home, until=WHEN, spot=in_the_lot(home))
    without = signed_in.get(WHEN).content.decode()
    Building.objects.update(caretaker_name="Madame Lopes")

    signed_in.post(WHEN, {"leaves_key": "on"})

    assert "Laisser la clé au gardien" not in without
    assert "La clé est chez le gardien." in signed_in.get(CHECK).content.decode()


def test_key_is_of_no_use_in_the_common_parts(signed_in, home):
    Building.objects.update(caretaker_name="Madame Lopes")
    go_through(signed_in, home, until=WHEN, spot=in_the_lot(home))
    signed_in.post(WHEN, {"leaves_key": "on"})

    signed_in.post(WHERE, {"spot": in_common(home)})

    assert "Laisser la clé au gardien" not in signed_in.get(WHEN).content.decode()
    assert "La clé est chez le gardien." not in signed_in.get(CHECK).content.decode()


def test_known_telephone_is_proposed_and_taken_whatever_it_looks_like(signed_in, alice, home):
    type(alice).objects.update(mobile_phone="06 99 00 00 01")
    go_through(signed_in, home, until=WHEN)

    typed = signed_in.get(WHEN).context["form"]["phone"].value()

    assert typed == "06\u00a099\u00a000\u00a000\u00a001"
    assert signed_in.post(WHEN, {"phone": typed}).url == CHECK


def test_open_case_about_the_same_thing_is_proposed_first(signed_in, home, today):
    case = InterventionFactory(building=home.building, category="water", place="Parking", reported_on=today)
    InterventionFactory(building=home.building, category="lift", title="Ascenseur en panne", reported_on=today)
    go_through(signed_in, home, until=WHAT)

    page = signed_in.post(WHAT, {"category": "water"}, follow=True).content.decode()

    assert "Ce problème est déjà signalé." in page
    assert f'href="/interventions/{case.public_id}/"' in page
    assert f'href="{DESCRIBE}"' in page
    assert "Ascenseur en panne" not in page


def test_what_looks_like_nothing_else_goes_straight_on(signed_in, home):
    go_through(signed_in, home, until=WHAT)

    assert signed_in.post(WHAT, {"category": "water"}, follow=True).redirect_chain[-1] == (DESCRIBE, 302)


def test_photo_is_kept_described_shown_then_goes_with_the_case(signed_in, home):
    go_through(signed_in, home, until=DESCRIBE)

    signed_in.post(DESCRIBE, {"description": LEAK, "add": "1", "photos": [jpeg()]})
    assert signed_in.get(DESCRIBE).context["form"].initial["description"] == LEAK

    file = DraftFile.objects.get()
    small = signed_in.get(f"{START}photos/{file.public_id}/vignette/")
    signed_in.post(DESCRIBE, {"description": LEAK, f"words-{file.public_id}": "Auréole humide"})
    signed_in.post(WHEN, {"phone": ""})
    send(signed_in)

    photo = Intervention.objects.get().photos.get()
    assert small.status_code == 200
    assert small.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in small.headers["Content-Security-Policy"]
    assert photo.description == "Auréole humide"
    assert b"PARVIS-GPS" in jpeg().read()
    assert b"PARVIS-GPS" not in b"".join(
        signed_in.get(f"/interventions/photos/{photo.public_id}/fichier/").streaming_content
    )


def test_same_photo_sent_again_after_a_break_is_one(signed_in, home):
    go_through(signed_in, home, until=DESCRIBE)

    for _ in range(2):
        signed_in.post(DESCRIBE, {"description": LEAK, "add": "1", "photos": [jpeg()]})

    assert DraftFile.objects.count() == 1


def test_photo_may_be_taken_back(signed_in, home):
    go_through(signed_in, home, until=DESCRIBE)
    signed_in.post(DESCRIBE, {"description": "", "add": "1", "photos": [jpeg()]})

    signed_in.post(DESCRIBE, {"description": "", "remove": DraftFile.objects.get().public_id})

    assert not DraftFile.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("page.html", b"<script>alert(1)</script>", "Ce fichier n’est pas accepté. Choisissez une photo"),
        ("photo.jpg", b"x" * 10_000_001, "Ce fichier pèse 11\u00a0Mo. Le maximum est de 10\u00a0Mo."),
        ("photo.jpg", b"<script>alert(1)</script>", "fichier"),
    ],
)
def test_refused_file_is_said_and_the_words_and_the_others_are_kept(signed_in, home, name, content, error):
    go_through(signed_in, home, until=DESCRIBE)

    files = [SimpleUploadedFile(name, content), jpeg()]
    page = signed_in.post(DESCRIBE, {"description": LEAK, "photos": files}).content.decode()

    assert error in page
    assert "De l&#x27;eau goutte du plafond" in page
    assert DraftFile.objects.count() == 1


def test_seventh_photo_is_refused(signed_in, home):
    go_through(signed_in, home, until=DESCRIBE)

    photos = [jpeg(rank) for rank in range(1, 8)]
    page = signed_in.post(DESCRIBE, {"description": LEAK, "photos": photos}).content.decode()

    assert DraftFile.objects.count() == 6
    assert "Pas plus de 6\u00a0photos." in page


def test_what_was_typed_survives_the_end_of_the_session(signed_in, alice, home):
    go_through(signed_in, home, until=DESCRIBE)
    ticket = signed_in.get(DESCRIBE).context["ticket"]

    led = Client().post(DESCRIBE, {"ticket": ticket, "description": "Une longue description."})
    signed_in.force_login(alice.grants.get().user)

    assert led.url == f"/connexion/?next={DESCRIBE}"
    assert "Une longue description." in signed_in.get(DESCRIBE).content.decode()


def test_whoever_holds_nothing_is_given_the_telephone(signed_in):
    assert 'href="tel:+33100000000"' in signed_in.get(START).content.decode()


@pytest.mark.parametrize("path", ODD, ids=lambda path: path.name)
def test_odd_file_is_kept_or_refused_in_words_and_the_answers_stay(signed_in, home, path):
    go_through(signed_in, home, until=DESCRIBE)
    file = SimpleUploadedFile(path.name, path.read_bytes())

    response = signed_in.post(DESCRIBE, {"description": LEAK, "photos": [file], "add": "1"})

    kept = DraftFile.objects.count()
    assert (response.status_code, kept) in ((302, 1), (200, 0))
    assert kept or "error-message" in response.content.decode()
    assert ReportDraft.objects.get().answers["description"] == LEAK
    if path.suffix not in PHOTOS_OR_PDF:
        assert kept == 0
