"""Messages and photos of a case: sent once, shown to whom they are for, examined, scanned."""

import io
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from parvis.documents.actions.sweeping import unreferenced
from parvis.interventions.actions import drafts, messages, moves, photos, reports
from parvis.interventions.actions.messages import Writing
from parvis.interventions.actions.photos import Picture
from parvis.interventions.models import Audience, CaseMessage, InterventionEvent, Photo
from parvis.journal.models import Record
from parvis.kit.identifiers import new_public_id
from parvis.kit.storage import document_storage
from parvis.mail.models import OutboxMessage
from parvis.notices.models import Notice
from parvis.people.models import Viewer
from tests.documents.clamd import Clamd, down
from tests.factories import GrantFactory, LotFactory, OwnershipFactory
from tests.interventions.cast import alice_of, declared, erin_of, eyes_of, report
from tests.interventions.pictures import picture
from tests.people.cast import viewer_of

pytestmark = pytest.mark.django_db
UPLOADS = Path(__file__).resolve().parents[1] / "data" / "uploads"
REFUSED = {
    "pdf_password.pdf": "protégé par un mot de passe",
    "pdfjs_js-buttons.pdf": "un programme",
    "pdf_form.pdf": "un formulaire",
    "pdfjs_poppler-85140-0.pdf": "abîmé",
    "svg_script_1.svg": "ni une photo",
    "svg_script_red_lightning.svg": "ni une photo",
    "xss.htm": "ni une photo",
    "zip_symlink_etc_passwd.zip": "ni une photo",
}


@pytest.fixture
def lot(db):
    return LotFactory()


@pytest.fixture
def alice(lot):
    return alice_of(lot)


@pytest.fixture
def erin(lot):
    return erin_of(lot.building)


@pytest.fixture
def case(lot, erin, alice):
    return declared(lot, alice)


def writing(text="Quelqu’un peut-il passer ?", **values):
    return Writing(**{"text": text, "sending_key": new_public_id(), **values})


def kept(**values):
    return Picture(kept=photos.keep(name="photo.jpg", content=picture(**values)), sending_key=new_public_id())


def bytes_of(file):
    return b"".join(document_storage().chunks(file.storage_name))


def test_message_is_sent_once_and_the_agency_is_told(case, alice, erin):
    sent = writing()

    for _ in range(2):
        messages.write(intervention=case, writing=sent, by=alice)

    assert CaseMessage.objects.count() == 1
    told = OutboxMessage.objects.filter(to_address=erin.member.email, subject__contains="message de")
    assert told.count() == 1


def test_internal_note_is_nobodys_but_the_staffs(case, alice, erin):
    messages.write(intervention=case, writing=writing("Client difficile", audience=Audience.INTERNAL), by=erin)
    messages.write(intervention=case, writing=writing("Nous passons demain"), by=erin)

    seen = CaseMessage.objects.visible_to(eyes_of(alice))

    assert [message.text for message in seen] == ["Nous passons demain"]
    assert OutboxMessage.objects.filter(to_address=alice.user.email, subject__contains="nouveau message").count() == 1


def test_neighbour_of_common_parts_reads_what_is_for_everyone(lot, alice, erin):
    common = declared(lot, alice, is_common=True)
    bob = viewer_of(OwnershipFactory(lot__building=lot.building, client__agency=lot.agency).client)
    messages.write(intervention=common, writing=writing("À Alice"), by=erin)
    messages.write(intervention=common, writing=writing("À tous", audience=Audience.EVERYONE), by=erin)
    photos.add(intervention=common, picture=kept(), by=alice)

    assert [message.text for message in CaseMessage.objects.visible_to(bob)] == ["À tous"]
    assert not Photo.objects.visible_to(bob).exists()
    assert InterventionEvent.objects.visible_to(bob).count() == 1


def test_client_writes_while_the_case_lasts_and_a_neighbour_does_not(lot, case, alice, erin):
    bob = alice_of(LotFactory(building=lot.building, agency=lot.agency))
    common = declared(lot, alice, is_common=True)
    moves.acknowledge(intervention=case, by=erin, version=1)
    messages.write(intervention=case, writing=writing(), by=alice)

    with pytest.raises(messages.NothingToSay):
        messages.write(intervention=common, writing=writing(), by=bob)
    moves.cancel(intervention=common, by=alice, version=1, reason="Réparé")
    with pytest.raises(messages.NothingToSay):
        messages.write(intervention=common, writing=writing(), by=alice)


def test_empty_message_is_refused(case, alice):
    with pytest.raises(messages.NothingWritten):
        messages.write(intervention=case, writing=writing("  "), by=alice)


def test_photo_tells_nothing_of_its_author_is_upright_and_small(case, alice):
    content = picture(size=(4000, 1000), _271="Canon", _274=6)

    photo = photos.add(intervention=case, picture=Picture(kept=photos.keep(name="x.jpg", content=content)), by=alice)

    shown, small = (Image.open(io.BytesIO(bytes_of(file))) for file in (photo.file, photo.thumbnail))
    assert not shown.getexif()
    assert shown.size == (640, 2560)
    assert small.size == (80, 320)


def test_seventh_photo_is_refused(case, alice):
    for number in range(6):
        photos.add(intervention=case, picture=kept(colour=(number, 0, 0)), by=alice)

    with pytest.raises(photos.TooManyPhotos):
        photos.add(intervention=case, picture=kept(colour="blue"), by=alice)


def test_six_photos_of_the_report_leave_room_for_those_of_a_message(case, alice):
    for number in range(6):
        photos.add(intervention=case, picture=kept(colour=(number, 0, 0)), by=alice)

    messages.write(intervention=case, writing=writing(pictures=[kept(colour="blue")]), by=alice)
    many = [kept(colour=(0, number, 0)) for number in range(7)]
    with pytest.raises(photos.TooManyPhotos):
        messages.write(intervention=case, writing=writing(pictures=many), by=alice)

    assert case.photos.count() == 7


def test_photo_too_heavy_is_refused_in_words():
    with pytest.raises(photos.PhotoRefused, match="Ce fichier pèse 11\u00a0Mo. Le maximum est de 10\u00a0Mo."):
        photos.keep(name="photo.jpg", content=b"x" * (10 * 1024**2 + 1))


@pytest.mark.parametrize("path", sorted(UPLOADS.iterdir()), ids=lambda path: path.name)
def test_odd_file_is_drawn_again_or_refused_with_a_reason(path):
    content = path.read_bytes()
    reason = REFUSED.get(path.name)

    if reason:
        with pytest.raises(photos.PhotoRefused, match=reason):
            photos.keep(name=path.name, content=content)
    else:
        found = photos.keep(name=path.name, content=content)
        assert found.file.media_type in {"image/jpeg", "image/png", "application/pdf"}
        assert b"GPS" not in bytes_of(found.file)[:4096]


def test_photo_of_a_telephone_becomes_a_jpeg():
    (path,) = UPLOADS.glob("*.heic")

    found = photos.keep(name="IMG.HEIC", content=path.read_bytes())

    assert found.file.media_type == "image/jpeg"
    assert found.thumbnail is not None


def test_photos_of_the_draft_go_with_the_report(lot, alice):
    for _ in range(2):
        drafts.add_file(user=alice.user, name="a.jpg", content=picture())
    draft = drafts.of_user(alice.user)

    case = reports.declare(
        report=report(lot, client=alice.client, sending_key=draft.sending_key),
        by=alice,
        pictures=drafts.pictures_of(draft),
    )

    assert [photo.state for photo in case.photos.all()] == ["ready"]


# The scanner


@pytest.fixture
def clamd(settings):
    servers = []

    def start(word):
        servers.append(Clamd(word))
        settings.CLAMD_ADDRESS = servers[-1].address

    yield start
    for server in servers:
        server.server.close()


def test_infected_file_is_refused(clamd):
    clamd("Eicar FOUND")

    with pytest.raises(photos.PhotoRefused, match="Un virus"):
        photos.keep(name="photo.jpg", content=picture())


def test_scanned_photo_is_shown_at_once(clamd, case, alice):
    clamd("OK")

    assert photos.add(intervention=case, picture=kept(), by=alice).state == "ready"


def test_photo_waits_unseen_while_the_scanner_is_down_then_is_shown(settings, clamd, lot, alice, erin):
    case = declared(lot, alice)
    tenant = GrantFactory(client=OwnershipFactory(lot=lot, client__agency=lot.agency).client)
    down(settings)
    photo = photos.add(intervention=case, picture=kept(), by=alice)

    assert (photo.state, photos.scan_waiting()) == ("waiting", 0)
    assert list(Photo.objects.visible_to(eyes_of(alice))) == [photo]
    assert not Photo.objects.visible_to(Viewer.of(tenant.user)).exists()

    clamd("OK")
    assert photos.scan_waiting() == 1
    assert list(Photo.objects.visible_to(Viewer.of(tenant.user))) == [photo]


def test_photo_found_infected_later_is_refused_and_its_author_told(settings, clamd, case, alice):
    down(settings)
    photo = photos.add(intervention=case, picture=kept(), by=alice)

    clamd("Eicar FOUND")
    photos.scan_waiting()

    photo.refresh_from_db()
    assert (photo.state, photo.refusal) == ("refused", photos.INFECTED)
    assert Notice.objects.filter(user=alice.user, text__contains="virus").count() == 1
    assert photo.added_at <= timezone.now()


def test_author_takes_their_photo_out_and_nobody_elses(case, alice, erin):
    mine = photos.add(intervention=case, picture=kept(), by=alice)
    theirs = photos.add(intervention=case, picture=kept(colour="green"), by=erin)

    photos.remove(photo=mine, by=alice)
    with pytest.raises(photos.NotYours):
        photos.remove(photo=theirs, by=alice)

    assert list(Photo.objects.visible_to(eyes_of(alice))) == [theirs]


def test_photo_that_the_agency_hides_is_its_own_alone(case, alice, erin):
    photo = photos.add(intervention=case, picture=kept(), by=alice)

    for _press in range(2):
        photos.hide(photo=photo, reason="Un visage.", by=erin)

    assert not Photo.objects.visible_to(eyes_of(alice)).exists()
    assert not Photo.objects.for_supplier().exists()
    assert [event.text for event in case.events.filter(label="Photo ou pièce masquée")] == ["Un visage."]
    assert not InterventionEvent.objects.visible_to(eyes_of(alice)).filter(text="Un visage.").exists()
    assert Record.objects.filter(verb="photo.hidden", object_id=photo.public_id).count() == 1


def test_photo_that_the_agency_takes_out_leaves_its_file_to_be_swept(case, alice, erin):
    photo = photos.add(intervention=case, picture=kept(), by=alice)

    for _press in range(2):
        photos.erase(photo=photo, reason="Un visage.", by=erin)

    assert not Photo.objects.exists()
    assert set(unreferenced()) >= {photo.file, photo.thumbnail}
    assert Record.objects.filter(verb="photo.removed", object_id=photo.public_id).count() == 1
