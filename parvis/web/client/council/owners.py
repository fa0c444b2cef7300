"""The list of all co-owners as a spreadsheet and as a paper."""

from collections.abc import Iterator

from parvis.agencies.models import Agency
from parvis.compliance.models.owners_list import OwnerLine, OwnersList
from parvis.kit.french_dates import long_date
from parvis.kit.money import format_whole
from parvis.kit.papers import Letterhead, Paper, Table, Text
from parvis.kit.typography import format_phone, typographic

TITLE = "Liste des copropriétaires"
COLUMNS = ["Nom", "Adresse", "Courriel", "Droit", "Lots", "Tantièmes"]
RESERVED = "Réservé aux membres du conseil syndical (décret 2019-502, art. 3, 4° ; décret 67-223, art. 32)."


def table_rows(owners: OwnersList) -> Iterator[list[str]]:
    yield COLUMNS
    yield from (cells_of(line) for line in owners.lines)


def cells_of(line: OwnerLine) -> list[str]:
    return [line.name, line.address, line.email, line.rights_words, line.lots_words, str(line.shares)]


def owners_pdf(owners: OwnersList, *, agency: Agency) -> bytes:
    """The list as a tagged PDF, dated."""
    building = owners.building
    rows = [[*cells_of(line)[:-1], format_whole(line.shares)] for line in owners.lines]
    paper = Paper(
        letterhead=letterhead_of(agency),
        title=TITLE,
        subtitle=f"{building.name}, au {long_date(owners.day)}",
        recipient=[],
        banner=typographic(RESERVED),
        blocks=[
            Table(columns=COLUMNS, rows=rows, amounts=frozenset({5})),
            Text(paragraphs=[typographic(words_of_key(owners))], is_note=True),
        ],
        footer=f"{TITLE}, {building.name}",
    )
    return paper.pdf()


def words_of_key(owners: OwnersList) -> str:
    if owners.key is None:
        return "Les tantièmes ne sont pas connus."
    total = format_whole(owners.total_shares)
    return f"Tantièmes de la clé « {owners.key.label} », sur {total}. Un lot détenu à plusieurs compte pour chacun."


def letterhead_of(agency: Agency) -> Letterhead:
    lines = [agency.street, f"{agency.postal_code} {agency.city}", format_phone(agency.phone)]
    return Letterhead(name=agency.name, hue=agency.hue, lines=lines)
