"""Documents come in row by row: each is taken whole or refused with its reason, and the others go on."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from parvis.agencies.models import Agency
from parvis.compliance.actions.states import refresh_buildings
from parvis.documents.actions import FileRefused, Paper, PublicationRefused, publish, withdraw
from parvis.documents.actions.publishing import facts_of, rehearse
from parvis.documents.models import Document
from parvis.exchange.actions.outcomes import settle_intake
from parvis.exchange.actions.papers.parcels import INDEX, Parcel, Unreadable, open_parcel
from parvis.exchange.actions.papers.rows import Holders, Row, RowRefused, index_table, read_rows
from parvis.exchange.actions.reading import TableFile
from parvis.exchange.actions.refusals import PackageRefused, WrongUse
from parvis.exchange.actions.report import LISTED, Report
from parvis.exchange.models import ImportRun
from parvis.journal.actions import record
from parvis.kit.days import paris_day

BY = ("import", "documents")
TWICE = "Cette référence est donnée deux fois : rien ne dit quelle ligne est la bonne, corrigez-les."
NO_FILE = "La colonne « file » (fichier) est obligatoire pour un document en ligne : remplissez-la."
UNKNOWN = "Ce document n’est pas connu de Parvis : il n’y a rien à retirer."
NEWS_EVERY = 500
CREATED, CHANGED, UNCHANGED = "created", "changed", "unchanged"


def say_nothing(_news: str) -> None:
    """The progress of an import that nobody watches."""


@dataclass(frozen=True, kw_only=True)
class PapersOptions:
    slug: str
    dry_run: bool = False
    today: dt.date = field(default_factory=lambda: paris_day(timezone.now()))
    progress: Callable[[str], None] = say_nothing
    intake_id: int | None = None


def import_documents(path: Path, options: PapersOptions) -> Report:
    """Bring a parcel of documents in. Run again, it changes nothing; killed at any row, the next run goes on.

    Raises `WrongUse` when there is no such path or agency. A parcel without a readable index is refused whole.
    """
    agency = Agency.objects.filter(slug=options.slug).first()
    if agency is None:
        raise WrongUse(f"L’agence « {options.slug} » n’existe pas : donnez son code.")
    report, started_at = Report(is_applied=True), timezone.now()
    try:
        with open_parcel(path) as parcel:
            importer = PapersImport(parcel=parcel, agency=agency, options=options, report=report)
            digest = importer.run()
    except PackageRefused as refusal:
        digest = ""
        report.refuse_all(refusal)
    if not options.dry_run:
        refresh_buildings(agency=agency)
        keep_run(report, agency=agency, digest=digest, started_at=started_at, intake_id=options.intake_id)
    return report


@dataclass(kw_only=True)
class PapersImport:
    parcel: Parcel
    agency: Agency
    options: PapersOptions
    report: Report

    def run(self) -> str:
        """Take every row; return the digest of the index."""
        index = self.parcel.index
        digest = hashlib.sha256(b"".join(index.chunks(INDEX))).hexdigest()
        table = index_table()
        rows = list(read_rows(TableFile(package=index, table=table), table=table, today=self.options.today))
        given = Counter(row.text("reference") for row in rows if isinstance(row, Row))
        holders = Holders(self.agency)
        for number, row in enumerate(rows, start=1):
            self.report.read += 1
            try:
                if isinstance(row, RowRefused):
                    raise row
                if given[row.text("reference")] > 1:
                    raise row.refused(TWICE, column="reference")
                self.count(self.take(row, holders))
            except RowRefused as refused:
                self.refuse(refused)
            if number % NEWS_EVERY == 0:
                self.options.progress(f"{number} documents sur {len(rows)}")
        return digest

    def count(self, outcome: str) -> None:
        setattr(self.report, outcome, getattr(self.report, outcome) + 1)

    def refuse(self, refused: RowRefused) -> None:
        self.report.refused += 1
        if len(self.report.refusals) < LISTED:
            self.report.refusals.append(refused.fault)

    def take(self, row: Row, holders: Holders) -> str:
        """One row: published, replaced, withdrawn, or as it was. Raises `RowRefused`."""
        known = Document.objects.of_agency(self.agency).filter(reference=row.text("reference")).first()
        if row.is_withdrawn:
            return self.take_back(row, known)
        before = facts_of(known) if known else None
        paper = holders.paper(row)
        if not row.text("file"):
            raise row.refused(NO_FILE, column="file")
        try:
            content = self.parcel.read(row.text("file"))
            document = self.put_online(paper, content=content, name=row.text("file"))
        except (Unreadable, FileRefused) as refusal:
            raise row.refused(str(refusal), column="file") from refusal
        except PublicationRefused as refusal:
            raise row.refused(refusal.message, column="audience") from refusal
        if before is None:
            return CREATED
        return UNCHANGED if facts_of(document) == before else CHANGED

    def put_online(self, paper: Paper, *, content: bytes, name: str) -> Document:
        if self.options.dry_run:
            return rehearse(paper, content=content, name=name)
        return publish(paper, content=content, name=name, by=BY)

    def take_back(self, row: Row, known: Document | None) -> str:
        if known is None:
            raise row.refused(UNKNOWN, column="reference")
        if known.withdrawn_at is not None:
            return UNCHANGED
        if not self.options.dry_run:
            withdraw(known, by=BY)
        return CHANGED


@transaction.atomic
def keep_run(
    report: Report, *, agency: Agency, digest: str, started_at: dt.datetime, intake_id: int | None = None
) -> None:
    """Keep the report, where the staff read those of every import."""
    run = ImportRun.objects.create(
        agency=agency,
        source=ImportRun.Source.PAPERS,
        file_name=INDEX,
        state=ImportRun.State.APPLIED if report.is_applied else ImportRun.State.REFUSED,
        digest=digest,
        started_at=started_at,
        ended_at=timezone.now(),
        notes=report.notes,
        **report.as_json(),
    )
    settle_intake(intake_id, run=run)
    record(agency_id=agency.pk, verb=f"papers_{run.state}", subject=("import", run.public_id))
