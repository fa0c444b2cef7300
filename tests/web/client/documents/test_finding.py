"""Two hundred words with one wrong letter, each drawn from the papers of a building: the right paper comes first."""

import random
import string

import pytest
from django.utils import timezone

from parvis.documents.models import Kind
from parvis.kit.words import indexed, words_of
from parvis.web.client.documents.finding import Listed, Searched, found_in, suggestion_for
from tests.demo.test_documents import papers
from tests.demo.worlds import stage

SHORTEST = 4
FIRST = 5
WORDS, RIGHT = 200, 190
TEXTS = {
    "minutes": "Le président de séance constate le quorum et met aux voix le ravalement et la vidéosurveillance.",
    "insurance_contract": "Garanties incendie, dégâts des eaux, bris de glace, franchise et vétusté des canalisations.",
    "lease": "Le preneur s’acquitte du loyer à terme échu et entretient la chaudière, les volets et le jardinet.",
    "maintenance_log": "Étanchéité de la toiture, désembouage, remplacement du surpresseur, curage des réseaux.",
    "writ": "Devant le tribunal judiciaire, l’huissier instrumentaire signifie l’assignation en référé expertise.",
}


@pytest.fixture(scope="module")
def rows():
    """What an owner of the building may read, who also lets there and sits on its council."""
    places = {building.reference: building.source.name for building in stage().buildings}
    return [
        Searched(
            Listed(
                pk=rank,
                public_id="",
                kind=paper.kind,
                title=paper.title,
                dated_on=paper.dated_on,
                published_at=timezone.now(),
                building=places.get(paper.building),
                size=1,
                media_type="application/pdf",
                is_scanned=False,
            ),
            heading_words=indexed(f"{paper.title} {Kind(paper.kind).label} {Kind(paper.kind).category.label}"),
            file_words=indexed(TEXTS.get(paper.kind, "")),
        )
        for rank, paper in enumerate(sorted(papers(), key=lambda paper: paper.dated_on, reverse=True))
        if paper.building in ("001", "005", "")
    ]


def wrong(word, dice):
    """The word with one letter more, less, other, or two swapped."""
    place = dice.randrange(len(word) - 1)
    letter = dice.choice(string.ascii_lowercase)
    edits = (
        word[:place] + letter + word[place:],
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    )
    return dice.choice([edit for edit in edits if edit != word] or [word + letter])


def holds(row, word):
    return f" {word} " in f" {' '.join(words_of(row.listed.title))} {row.file_words}"


@pytest.mark.parametrize("seed", range(3))
def test_a_wrong_letter_is_forgiven_ninety_five_times_in_a_hundred(rows, seed):
    dice = random.Random(seed)
    words = sorted({word for row in rows for word in words_of(row.listed.title) + row.file_words.split()})
    words = [word for word in words if len(word) >= SHORTEST and not word.isdecimal()]
    by_key = {row.listed.pk: row for row in rows}

    right = 0
    for word in dice.choices(words, k=WORDS):
        found = found_in(rows, wrong(word, dice)).keys[:FIRST]
        right += any(holds(by_key[key], word) for key in found)

    assert right >= RIGHT


def test_a_suggestion_has_its_accents(rows):
    found = found_in(rows, "carnet d'entretein")

    assert suggestion_for("Carnet d'entretein", found, rows) == "Carnet d'entretien"
    assert suggestion_for("asemblée", found_in(rows, "asemblée"), rows) == "assemblée"


@pytest.mark.parametrize(("query", "kind"), [("PV", "minutes"), ("dpe", "energy_report"), ("AG", "minutes")])
def test_what_people_call_things_is_found(rows, query, kind):
    by_key = {row.listed.pk: row for row in rows}

    assert kind in {by_key[key].listed.kind for key in found_in(rows, query).keys[:FIRST]}
