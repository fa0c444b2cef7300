"""Words as people type them: accents, plurals, cut short, a letter wrong; never a word of somebody else's."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parvis.kit.words import Entry, fold, indexed, search, spelled, stem, words_of

TITLES = (
    "Convocation à l’assemblée générale du 8 décembre 2026",
    "Procès-verbal de l’assemblée générale 2025",
    "Appel de charges, 1er trimestre 2027",
    "Contrat d’entretien de l’ascenseur",
    "Règlement de copropriété",
    "Devis de travaux, ravalement des façades",
    "Bail d’habitation",
)
ENTRIES = [Entry(rank, indexed(title)) for rank, title in enumerate(TITLES)]


def titles_for(query, **options):
    return [TITLES[key] for key in search(query, ENTRIES, **options).keys]


@pytest.mark.parametrize(
    ("text", "folded"),
    [("L’Échéancier", "l’echeancier"), ("Sœur", "soeur"), ("FAÇADE", "facade"), ("Nœud n° 3", "noeud n° 3")],
)
def test_accents_and_case_are_no_difference(text, folded):
    assert fold(text) == folded


def test_words_stand_without_their_apostrophes_and_hyphens():
    assert words_of("L’état-daté d'Élise") == ["l", "etat", "date", "d", "elise"]


@pytest.mark.parametrize(
    "query", ["assemblee", "ASSEMBLÉES", "assemblées générales", "l’assemblée", "assemb", "de l assemblee generale"]
)
def test_accents_plurals_and_beginnings_find_the_same(query):
    assert titles_for(query) == [TITLES[0], TITLES[1]]


def test_every_word_must_stand():
    assert titles_for("assemblée 2025") == [TITLES[1]]
    assert titles_for("assemblée ascenseur") == []


@pytest.mark.parametrize("query", ["ascenceur", "assenseur", "acsenseur", "ascenseurr", "scenseur"])
def test_one_wrong_letter_is_forgiven_and_said(query):
    found = search(query, ENTRIES)

    assert (found.keys, found.corrections) == ([3], {query: "ascenseur"})


def test_a_short_word_is_forgiven_a_lost_letter_and_never_turned_into_a_shorter_one():
    assert search("bal", ENTRIES).corrections == {"bal": "bail"}
    assert search("duu", ENTRIES).corrections == {}


def test_two_wrong_letters_are_a_question_without_an_answer():
    found = search("assenceur", ENTRIES)

    assert (found.keys, found.corrections) == ([], {"assenceur": "ascenseur"})


def test_nothing_near_is_nothing():
    assert search("zzzzzz", ENTRIES) == search("zzzzzz", [])


def test_a_heading_counts_more_than_a_body_and_a_whole_word_more_than_a_beginning():
    entries = [
        Entry(1, indexed("Autre"), indexed("le bail est joint")),
        Entry(2, indexed("Bailleur social")),
        Entry(3, indexed("Bail d’habitation")),
    ]

    assert search("bail", entries).keys == [3, 2, 1]


def test_a_synonym_finds_what_it_stands_for():
    assert titles_for("pv", synonyms={"pv": ("proces",)}) == [TITLES[1]]
    assert titles_for("pv") == []


def test_a_plural_of_its_own_finds_the_singular():
    assert search("général", [Entry(1, indexed("Comptes généraux"))]).keys == [1]
    assert search("généraux", [Entry(1, indexed("Compte général"))]).keys == [1]


def test_a_year_is_no_beginning_nor_a_mistake():
    assert titles_for("202") == []
    assert titles_for("2024") == []


def test_an_empty_query_finds_everything_in_its_order():
    assert search("  ", ENTRIES).keys == list(range(len(TITLES)))


def test_a_correction_is_spelled_as_in_the_titles():
    assert spelled("assemblee", TITLES) == "assemblée"
    assert spelled("inconnu", TITLES) == "inconnu"


def test_what_is_kept_of_a_text_is_bounded():
    assert len(indexed(" ".join(map(str, range(5_000))), at_most=100).split()) == 100


@given(st.text(max_size=200))
def test_any_text_may_be_looked_for_and_looked_through(text):
    search(text, [Entry(1, indexed(text), indexed(text))])


@given(st.text(alphabet=string.ascii_lowercase, min_size=1, max_size=20))
def test_a_stem_is_found_in_what_is_kept_of_the_word(word):
    assert f" {stem(word)}" in indexed(word)
