"""Pages leave compressed for the browsers that can read them so."""

import gzip

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PAGE = "/aide/connexion/"


@pytest.mark.parametrize("accepted", ["gzip, deflate, br, zstd", "br;q=0, gzip;q=0.5"])
def test_page_leaves_compressed(client: Client, accepted: str):
    plain = client.get(PAGE)

    packed = client.get(PAGE, headers={"accept-encoding": accepted})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Content-Length"] == str(len(packed.content))
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.content) < len(plain.content) / 2
    assert gzip.decompress(packed.content) == plain.content


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0.000"])
def test_browser_that_takes_no_compression_reads_the_page(client: Client, accepted: str):
    answer = client.get(PAGE, headers={"accept-encoding": accepted})

    assert "Content-Encoding" not in answer.headers
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Connexion" in answer.content.decode()


def test_short_answer_and_one_already_compressed_stay_as_they_are(client: Client):
    short = client.get("/sante/vivante", headers={"accept-encoding": "gzip"})
    style = client.get("/style/000000000000-222.css", headers={"accept-encoding": "gzip"})

    assert "Content-Encoding" not in short.headers
    assert gzip.decompress(style.content).startswith(b":root")
