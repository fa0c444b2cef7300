"""How the signs of a FEC are found: by what French words look like, read one way or the other."""

import pytest

from parvis.exchange.rules.fec import FecRefused
from tests.exchange.fec_files import LINE, books, kinds, read, refused, written

LABELS = [
    "Régularisation des charges",
    "Hélène à Évreux",
    "FRANÇAIS",
    "ÉLECTRICITÉ",
    "n°12 bis",
    "Œuvres et cœur",
    "reçu en août, payé à Noël",
    "Maître Müller",
]


def labelled(*labels):
    return [line | {"EcritureLib": label} for label in labels for line in books(1)]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(
    ("encoding", "name", "tolerated"),
    [
        ("utf-8", "UTF-8", set()),
        ("iso8859-15", "ISO 8859-15", set()),
        ("cp1252", "", {"encoding"}),
        ("cp850", "CP850 (DOS)", {"encoding"}),
    ],
)
def test_one_accented_label_is_enough_to_know_the_encoding(label, encoding, name, tolerated):
    lines = [line | {"CompAuxLib": ""} for line in labelled(label)]
    if encoding == "cp850" and "Œ" in label:
        lines = [line | {"EcritureLib": "œuvre".replace("œ", "é")} for line in lines]
    content = written(lines, encoding=encoding)

    reader, found = read(content)

    assert {line.label for line in found} == {line["EcritureLib"] for line in lines}
    assert name in ("", reader.layout.encoding)
    assert kinds(reader) <= tolerated


@pytest.mark.parametrize("encoding", ["utf-8", "iso8859-15", "cp1252", "cp850"])
def test_the_same_line_has_the_same_identity_in_every_encoding(encoding):
    _reader, expected = read(written(books(), encoding="utf-8"))

    _reader, found = read(written(books(), encoding=encoding))

    assert [line.identity for line in found] == [line.identity for line in expected]


def test_signs_beside_the_letters_are_read_too():
    """Signs that only Windows-1252 has tell it from ISO 8859-15."""
    lines = labelled("L’appel – 12 € « net »", "Hélène…", "n° 3 : 25 m²")

    reader, found = read(written(lines, encoding="cp1252"))

    assert reader.layout.encoding == "Windows-1252"
    assert [line.label for line in found[::2]] == ["L’appel – 12 € « net »", "Hélène…", "n° 3 : 25 m²"]


def test_letters_far_in_the_file_count_as_much_as_the_first():
    lines = [line | {"CompAuxLib": "", "CompteLib": "Comptes"} for line in books(3000)]
    lines[-1]["EcritureLib"] = "Régularisation"

    assert read(written(lines, encoding="cp850"))[1][-1].label == "Régularisation"


def test_a_composed_and_a_decomposed_letter_are_one():
    (composed,) = read(written([LINE | {"CompAuxLib": "Hélène"}]))[1]
    (decomposed,) = read(written([LINE | {"CompAuxLib": "He\u0301le\u0300ne"}]))[1]

    assert composed == decomposed
    assert composed.identity == decomposed.identity


def test_letters_that_read_both_ways_are_read_by_the_norm_and_the_doubt_is_told():
    lines = [line | {"CompAuxLib": ""} for line in labelled("CÔTE")]
    for line in lines:
        line["CompteLib"] = "Comptes"

    reader, found = read(written(lines, encoding="iso8859-15"))

    assert found[0].label == "CÔTE"
    assert kinds(reader) == {"encoding-doubt"}


def test_a_byte_that_windows_does_not_define_leaves_dos_alone():
    lines = [line | {"CompAuxLib": "", "CompteLib": "Comptes"} for line in labelled("ÉTÉ")]

    assert read(written(lines, encoding="cp850"))[1][0].label == "ÉTÉ"


@pytest.mark.parametrize("encoding", ["mac-roman", "cp1253", "koi8-r"])
def test_another_encoding_is_refused_rather_than_guessed(encoding):
    words = {"cp1253": "Ελλάδα και Κύπρος", "koi8-r": "Расчёты с владельцами"}
    lines = [
        line | {"CompAuxLib": "", "CompteLib": "Comptes"} for line in labelled(words.get(encoding, "Hélène à Orléans"))
    ]

    assert "aucun des encodages connus" in refused(written(lines, encoding=encoding)).reason


@pytest.mark.parametrize("place", [0, 6, 3998])
def test_two_encodings_in_one_file_are_refused_where_they_meet(place):
    parts = written(books(2000)).split(b"\r\n")
    parts[place + 1] = parts[place + 1].decode().replace("Copropriétaires", "Régie").encode("cp1252")

    problem = refused(b"\r\n".join(parts))

    assert (problem.line, problem.value) == (place + 2, "octet e9")


def test_a_refusal_speaks_as_the_others():
    with pytest.raises(FecRefused, match="deux encodages"):
        read(written(books()) + "é".encode("cp1252"))
