"""What became of a file brought in, told in the very transaction that applied it."""

from parvis.exchange.models import ImportRun, Intake
from parvis.kit.clock import database_now


def settle_intake(intake_id: int | None, *, run: ImportRun) -> None:
    """The file has its report: a worker that dies after this has nothing left to do."""
    if intake_id is not None:
        settled = {"run": run, "state": Intake.State.DONE, "ended_at": database_now()}
        Intake.objects.filter(pk=intake_id).update(**settled)
