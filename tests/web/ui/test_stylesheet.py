"""The stylesheet: one file in the agency's hue, whose colours stay readable whatever the hue."""

import gzip
import re

import brotli
import pytest
from django.test import Client

from parvis.kit.hue import colours
from parvis.web.ui import stylesheet
from tests.factories import AgencyFactory

READABLE = 4.5
STRONGLY_READABLE = 7
HUES = range(0, 361, 4)


def luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first, second):
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "background", "least"),
    [
        ("light-accent", "#ffffff", STRONGLY_READABLE),
        ("light-accent", "#f5f6f7", READABLE),
        ("light-accent", "light-accent-soft", READABLE),
        ("#ffffff", "light-accent-strong", STRONGLY_READABLE),
        ("light-on-strong-2", "light-accent-strong", STRONGLY_READABLE),
        ("dark-accent", "#182027", STRONGLY_READABLE),
        ("dark-accent", "dark-accent-soft", READABLE),
        ("#0c151b", "dark-accent", STRONGLY_READABLE),
        ("#ffffff", "dark-accent-strong", STRONGLY_READABLE),
    ],
)
def test_contrast_holds_for_every_hue(text, background, least):
    for hue in HUES:
        named = colours(hue)

        assert contrast(named.get(text, text), named.get(background, background)) >= least, hue


def test_no_rule_is_lost_when_the_files_are_joined():
    names = {
        name
        for path in stylesheet.FOLDER.rglob("*.css")
        for name in re.findall(r"\.([a-z][a-z-]+)", re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL))
    }

    missing = {name for name in names if f".{name}" not in stylesheet.full(222).text}

    assert missing == set()


def test_colours_and_sizes_stand_in_the_tokens_alone():
    for path in stylesheet.FOLDER.rglob("*.css"):
        css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)

        assert path.name == "tokens.css" or not re.search(r"#[0-9a-f]{3,8}\b|rgb\(|oklch\(", css), path.name
        assert "!important" not in css, path.name


def test_served_once_for_ever_and_compressed(client: Client):
    sheet = stylesheet.full(140)

    with_brotli = client.get(stylesheet.full_path(140), headers={"accept-encoding": "gzip, br"})
    with_gzip = client.get(stylesheet.full_path(140), headers={"accept-encoding": "gzip"})
    plain = client.get(stylesheet.full_path(140))

    assert brotli.decompress(with_brotli.content) == plain.content == sheet.text.encode()
    assert gzip.decompress(with_gzip.content) == plain.content
    assert "immutable" in plain.headers["Cache-Control"]
    assert len(with_brotli.content) < 7000


def test_address_of_another_release_is_not_kept(client: Client):
    response = client.get("/style/000000000000-140.css")

    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_hue_beyond_the_circle_does_not_exist(client: Client):
    assert client.get("/style/000000000000-361.css").status_code == 404


@pytest.mark.django_db
def test_page_wears_the_hue_of_its_agency(client: Client):
    AgencyFactory(host="testserver", hue=30)

    page = client.get("/a-propos/").content.decode()

    assert f"--light-accent:{colours(30)['light-accent']}" in page
