"""The documents of the agency, what its staff bring in, its imports."""

from parvis.people.rules import Duty
from tests.matrix.rows import Row
from tests.matrix.staff import staff_page


def the_document(cast):
    return {"public_id": cast.document.public_id}


def the_deposit(cast):
    """What Diane brought in, and nobody else sees."""
    return {"public_id": cast.deposit.public_id}


def the_intake(cast):
    return {"public_id": cast.intake.public_id}


def the_run(cast):
    return {"public_id": cast.import_run.public_id}


def of_diane(name, *, method="GET", status=200):
    return staff_page(name, the_deposit, duty=Duty.DOCUMENTS, method=method, status=status, hector=404)


ROWS: list[Row] = [
    staff_page("staff:documents-index", duty=Duty.DOCUMENTS),
    staff_page("staff:documents-deposit", duty=Duty.DOCUMENTS),
    staff_page("staff:documents-table", duty=Duty.DOCUMENTS),
    staff_page("staff:documents-publish", duty=Duty.DOCUMENTS, method="POST", status=302),
    of_diane("staff:documents-line"),
    of_diane("staff:documents-confirm", method="POST", status=302),
    of_diane("staff:documents-discard", method="POST", status=302),
    staff_page("staff:documents-detail", the_document, duty=Duty.DOCUMENTS),
    staff_page("staff:documents-file", the_document, duty=Duty.DOCUMENTS),
    staff_page("staff:documents-withdrawal", the_document, duty=Duty.DOCUMENTS),
    staff_page("staff:documents-replacement", the_document, duty=Duty.DOCUMENTS),
    staff_page("staff:imports-index", duty=Duty.BOOKS),
    staff_page("staff:imports-detail", the_intake, duty=Duty.BOOKS),
    staff_page("staff:imports-application", the_intake, duty=Duty.BOOKS, method="POST", status=302, hector=302),
    staff_page("staff:imports-again", the_intake, duty=Duty.BOOKS, method="POST", status=302, hector=302),
    staff_page("staff:imports-abandon", the_intake, duty=Duty.BOOKS, method="POST", status=302, hector=302),
    staff_page("staff:imports-refusals", the_intake, duty=Duty.BOOKS),
    staff_page("staff:imports-changes", the_intake, duty=Duty.BOOKS),
    staff_page("staff:imports-run", the_run, duty=Duty.BOOKS),
    staff_page("staff:imports-run-refusals", the_run, duty=Duty.BOOKS),
]
