"""A photo that should not have been shown: hidden or taken out from the file of its case."""

import pytest

from parvis.interventions.actions import photos
from parvis.interventions.actions.photos import Picture
from tests.interventions.pictures import picture
from tests.web.staff.interventions.conftest import page_of

pytestmark = pytest.mark.django_db


def test_photo_is_hidden_or_taken_out_from_the_file_for_a_reason(diane, case, alice):
    photo = photos.add(intervention=case, picture=Picture(kept=photos.keep(name="a.jpg", content=picture())), by=alice)
    path = page_of(case, "photos", photo.public_id, "retirer")
    assert path in diane.get(page_of(case)).content.decode()

    assert "Vous ne pourrez pas revenir en arrière." in diane.get(path).content.decode()
    assert "Dites pourquoi." in diane.post(path, {"gesture": "hide"}).content.decode()
    diane.post(path, {"gesture": "hide", "reason": "Un visage."})
    photo.refresh_from_db()
    assert photo.audience == "internal"
    page = diane.post(path, {"gesture": "erase", "reason": "Un visage."}, follow=True).content.decode()

    assert "La pièce est retirée." in page
    assert "Un visage." in page
    assert diane.get(path).status_code == 404
