"""Small FEC files for tests: lines as the norm writes them, then written in any other way."""

import io

import pytest

from parvis.exchange.rules.fec import FecRefused, read_fec

NAME = "123456782FEC20261231.txt"
COLUMNS = (
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib", "CompAuxNum"),
    *("CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit", "EcritureLet", "DateLet"),
    *("ValidDate", "Montantdevise", "Idevise"),
)
FARM = (*COLUMNS, "DateRglt", "ModeRglt", "NatOp")
PROFESSION = (*FARM, "IdClient")
LINE = {
    "JournalCode": "AF",
    "JournalLib": "Appels de fonds",
    "EcritureNum": "AF0001",
    "EcritureDate": "20260105",
    "CompteNum": "45010000",
    "CompteLib": "Copropriétaires",
    "CompAuxNum": "10427318",
    "CompAuxLib": "FONTAINE Hélène",
    "PieceRef": "P1",
    "PieceDate": "20260105",
    "EcritureLib": "Appel de fonds 1er trimestre",
    "Debit": "412,35",
    "Credit": "0,00",
    "ValidDate": "20260106",
}
CALL = (LINE["CompteNum"], LINE["CompAuxNum"])
OTHER_SIDE = {
    "CompteNum": "70100000",
    "CompteLib": "Provisions",
    "CompAuxNum": "",
    "CompAuxLib": "",
    "Debit": "0,00",
    "Credit": "412,35",
}


def entry(number, /, **changes):
    """Two lines that balance: a call on a client, and its other side."""
    client = LINE | {"EcritureNum": number} | changes
    counterpart = LINE | OTHER_SIDE | {"EcritureNum": number}
    return [client, counterpart]


def books(count=3):
    """Entries AF0001, AF0002… of two lines each: the first is on lines 2 and 3."""
    return [line for rank in range(1, count + 1) for line in entry(f"AF{rank:04d}", PieceRef=f"P{rank}")]


def signed(line):
    """The same with Montant and Sens."""
    has_debit = line["Debit"].strip("0,") != ""
    return line | {"Montant": line["Debit" if has_debit else "Credit"], "Sens": "D" if has_debit else "C"}


def with_sides(columns):
    return tuple({"Debit": "Montant", "Credit": "Sens"}.get(column, column) for column in columns)


def written(lines, *, columns=COLUMNS, separator="\t", encoding="utf-8", end="\r\n"):
    """The bytes of a file; columns that a line does not name are empty."""
    rows = [columns, *([line.get(column, "") for column in columns] for line in lines)]
    return "".join(separator.join(row) + end for row in rows).encode(encoding)


def read(content, *, name=NAME):
    """The reader once it has given everything, and its lines."""
    reader = read_fec(io.BytesIO(content), name=name)
    return reader, list(reader)


def kinds(reader):
    return {tolerance.kind for tolerance in reader.tolerances}


def refused(content, *, name=NAME):
    """Where and why a file is refused whole."""
    with pytest.raises(FecRefused) as refusal:
        read(content, name=name)
    return refusal.value.problem


def told(line):
    """What a line says, but its place in the file."""
    return line._replace(number=0)
