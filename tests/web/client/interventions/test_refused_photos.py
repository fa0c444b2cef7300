"""A photo that is refused takes nothing else with it: what was written stays, the others are asked for again."""

from django.core.files.uploadedfile import SimpleUploadedFile

from parvis.interventions.models import CaseMessage
from parvis.kit.identifiers import new_public_id
from tests.web.client.interventions.test_declare import jpeg
from tests.web.client.interventions.test_follow import path_of


def test_photos_beside_a_refused_one_are_named_to_be_chosen_again(signed_in, case):
    files = [jpeg(), SimpleUploadedFile("virus.jpg", b"no picture at all")]
    form = {"body": "Voici.", "sending_key": new_public_id(), "photos": files}

    page = signed_in.post(path_of(case, "message/"), form).content.decode()

    assert "«\u00a0virus.jpg\u00a0»\u00a0: " in page
    assert f"Choisissez à nouveau vos fichiers\u00a0: {files[0].name}." in page
    assert "Voici." in page
    assert not CaseMessage.objects.exists()


def test_one_refused_photo_is_not_asked_for_again(signed_in, case):
    form = {"body": "", "sending_key": new_public_id(), "photos": [SimpleUploadedFile("virus.jpg", b"no picture")]}

    page = signed_in.post(path_of(case, "message/"), form).content.decode()

    assert "Erreur" in page
    assert "Choisissez à nouveau" not in page
