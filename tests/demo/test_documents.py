"""The papers of the demonstration: of every heading, for every audience, some missing on purpose."""

import csv
import datetime as dt
from collections import Counter

import pytest

from parvis.demo.documents import papers_of
from parvis.demo.parcels import write_parcel
from parvis.documents import examiner
from parvis.documents.examiner import check, read_text
from parvis.documents.models import Audience, Category, Kind
from tests.demo.worlds import DAYS, MOULIN, TILLEULS, TODAY, books, package, stage


@pytest.fixture(autouse=True, scope="module")
def _end_the_process():
    yield
    examiner.stop()


def papers(today=TODAY, agency=TILLEULS):
    return list(papers_of(stage(agency), list(books(today, agency)), today=today))


def test_every_heading_and_every_audience_has_something_to_show():
    found = papers()

    shown = {Kind(paper.kind).category for paper in found}
    assert shown >= set(Category) - {Category.SENT, Category.RECEIPTS}
    assert {paper.audience for paper in found} == set(Audience.values)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_each_paper_has_its_reference_on_any_day_and_none_is_of_tomorrow(day):
    found = papers(day)

    assert [reference for reference, count in Counter(paper.reference for paper in found).items() if count > 1] == []
    assert all(paper.dated_on <= day for paper in found)


def test_what_lacks_lacks_on_purpose():
    kinds = {(paper.building, paper.kind) for paper in papers()}
    minutes = Counter(paper.building for paper in papers() if paper.kind == "minutes")

    assert ("002", "maintenance_log") not in kinds
    assert ("001", "maintenance_log") in kinds
    assert (minutes["004"], minutes["001"]) == (2, 3)
    guarantee = next(paper for paper in papers(agency=MOULIN) if paper.kind == "financial_guarantee")
    assert guarantee.valid_until < TODAY


def test_entries_and_expenses_name_papers_that_exist(tmp_path):
    rows = package(tmp_path, agency=TILLEULS)
    references = {paper.reference for paper in papers()}

    pieces = {entry["piece"] for entry in rows["entries"]} - {""}
    assert pieces
    assert pieces <= references
    assert {row["piece"] for row in rows["expenses"]} & references


def test_the_parcel_is_made_once_and_its_files_pass_the_check(tmp_path):
    write_parcel(MOULIN, stage(MOULIN), folder=tmp_path, today=TODAY)
    made = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.pdf")}

    write_parcel(MOULIN, stage(MOULIN), folder=tmp_path, today=TODAY + dt.timedelta(days=1))

    index = (tmp_path / "documents.csv").read_text(encoding="utf-8").splitlines()
    assert {row["file"] for row in csv.DictReader(index, delimiter=";")} <= {path.name for path in tmp_path.iterdir()}
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in made} == made
    for name in list(made)[:5]:
        checked = check((tmp_path / name).read_bytes(), name=name)
        assert "démonstration" in read_text(checked.content).text
