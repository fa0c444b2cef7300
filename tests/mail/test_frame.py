"""What every message has in common: one text, said as text and as HTML."""

import re
from html import unescape

import pytest

from parvis.mail import frame
from tests.factories import AgencyFactory

URL = "https://espace.exemple.fr/c/abcdefghijklmnopqrstuvwxyz"
NARROW, WIDE = "\u202f", "\u00a0"


def written(**changes):
    parts = {
        "agency": AgencyFactory.build(),
        "subject": "Confirmez votre adresse email",
        "preview": "Un clic pour activer votre espace client.",
        "greeting": "Madame Fontaine",
        "parts": [
            "Pour activer votre compte, confirmez votre adresse :",
            frame.Button(label="Confirmer mon adresse email", url=URL),
            frame.Facts(rows=[("Jour", "23 novembre 2026"), ("Navigateur", "Firefox")]),
            "Vous n'avez rien demandé ? Ne faites rien.",
        ],
    }
    return frame.write(**{**parts, **changes})


def words_of(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.partition("<body")[2].partition(">")[2])).split())


def test_text_and_html_say_the_same():
    message = written()

    for line in message.text.replace(f"{WIDE}: ", "\n").splitlines():
        assert " ".join(line.split()) in words_of(message.html)


def test_frame_greets_warns_and_signs():
    message = written()

    assert message.text.startswith("Bonjour Madame Fontaine,\n")
    assert frame.WARNING in message.text
    assert message.text.endswith(f"Pour nous écrire{WIDE}: contact@exemple.fr\n")
    assert f"Cabinet des Tilleuls – 01{WIDE}00" in message.text


def test_french_spaces_are_set():
    message = written()

    assert f"Vous n’avez rien demandé{NARROW}? Ne faites rien." in message.text
    assert f"votre adresse{WIDE}:" in message.text


def test_address_stands_alone_on_its_line_and_is_a_link_of_the_html():
    message = written()

    assert URL in message.text.splitlines()
    assert URL in message.html.splitlines()
    assert message.html.count(f'href="{URL}"') == 1


def test_html_has_one_button_no_image_no_script_nothing_from_elsewhere_and_says_its_language():
    html = written().html

    assert html.count("<a ") == 1
    assert 'lang="fr"' in html
    assert not re.search(r"<(img|script|link|iframe)|url\(|src=", html)
    assert set(re.findall(r"https?://[^/\s\"<]+", html)) == {"https://espace.exemple.fr"}


def test_what_a_person_typed_is_text_and_never_markup():
    html = written(greeting="<script>alert(1)</script>", subject="<b>objet</b>").html

    assert "<script>" not in html
    assert "<b>objet" not in html


@pytest.mark.parametrize("url", ["https://exemple.fr/?a=1", "https://exemple.fr/a&b", "https://exemple.fr/" + "a" * 70])
def test_address_that_some_relay_would_cut_is_refused(url):
    with pytest.raises(ValueError, match="76"):
        written(parts=[frame.Button(label="Ouvrir", url=url)])
