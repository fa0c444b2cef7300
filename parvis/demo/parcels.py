"""The parcel of documents of an agency: every paper as a PDF, and the index that names them."""

import csv
import datetime as dt
import io
from pathlib import Path

from PIL import Image, ImageDraw

from parvis.demo.agencies import DemoAgency
from parvis.demo.books import books_of
from parvis.demo.documents import DemoPaper, papers_of
from parvis.demo.roles import Stage
from parvis.demo.rows import Row, day
from parvis.exchange.actions.papers.parcels import INDEX
from parvis.exchange.rules.tables import load_table
from parvis.kit.french_dates import long_date
from parvis.kit.papers import Facts, Letterhead, Paper, Text
from parvis.kit.zips import file_name

FIRST_ONLINE = dt.date(2020, 7, 1)  # the secured access of décret 2019-502

INVENTED = "Document de démonstration : les personnes, les montants et les signatures sont inventés."
A4_AT_100_DPI = (827, 1169)


def write_parcel(agency: DemoAgency, stage: Stage, *, folder: Path, today: dt.date) -> None:
    """Write the index of the day, and the papers that are not there yet: what is dated does not change."""
    folder.mkdir(parents=True, exist_ok=True)
    places = {building.reference: building.source.name for building in stage.buildings}
    papers = list(papers_of(stage, books_of(stage, today=today), today=today))
    for paper in papers:
        path = folder / name_of(paper)
        if not path.exists():
            path.write_bytes(scan_of(paper) if paper.is_scanned else pdf_of(paper, agency=agency, places=places))
    with (folder / INDEX).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, load_table("documents").column_names, restval="", delimiter=";")
        writer.writeheader()
        writer.writerows(row_of(paper) for paper in papers)


def name_of(paper: DemoPaper) -> str:
    return f"{file_name(paper.reference)}.pdf"


def row_of(paper: DemoPaper) -> Row:
    return {
        "reference": paper.reference,
        "file": name_of(paper),
        "kind": paper.kind,
        "title": paper.title,
        "dated_on": day(paper.dated_on),
        "audience": paper.audience,
        "client": paper.client,
        "building": paper.building,
        "lot": paper.lot,
        "covers_from": day(paper.covers_from),
        "covers_until": day(paper.covers_until),
        "valid_until": day(paper.valid_until),
        "published_on": day(max(paper.dated_on, FIRST_ONLINE)),
    }


def pdf_of(paper: DemoPaper, *, agency: DemoAgency, places: dict[str, str]) -> bytes:
    facts = [("Immeuble", places[paper.building])] if paper.building else []
    facts += [("Date", long_date(paper.dated_on)), ("Référence", paper.reference), *paper.facts]
    if paper.valid_until:
        facts.append(("Valable jusqu’au", long_date(paper.valid_until)))
    lines = [agency.street, f"{agency.postal_code} {agency.city}", agency.phone]
    return Paper(
        letterhead=Letterhead(name=agency.name, hue=agency.hue, lines=lines),
        title=paper.title,
        recipient=[],
        blocks=[Facts(rows=facts), Text(paragraphs=[INVENTED], is_note=True)],
    ).pdf()


def scan_of(paper: DemoPaper) -> bytes:
    """A page as an old scanner gives it: a picture, without a word to read."""
    page = Image.new("L", A4_AT_100_DPI, 246)
    pen = ImageDraw.Draw(page)
    pen.text((90, 90), f"{paper.title}\n\n{INVENTED}".replace("’", "'"), fill=40)
    for line in range(40):
        pen.line([(90, 220 + 20 * line), (90 + 640 - (line * 37) % 160, 220 + 20 * line)], fill=150, width=3)
    written = io.BytesIO()
    page.save(written, "PDF", resolution=100)
    return written.getvalue()
