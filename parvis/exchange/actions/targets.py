"""Where each file of a package goes: its model, how a row is recognised, what closes it."""

import dataclasses
import functools

from django.db import models

from parvis.agencies.models import AgencyOwned
from parvis.exchange.rules.tables import Table, load_table
from parvis.interventions.models import Intervention, InterventionEvent
from parvis.ledger.models import (
    Account,
    BudgetLine,
    Call,
    CallDifference,
    CallPart,
    Creditor,
    Entry,
    Expense,
    FiscalYear,
    WorksInstalment,
    WorksOperation,
)
from parvis.people.models import Client, Representation, StaffAbsence, StaffMember
from parvis.property.models import (
    AllocationKey,
    Building,
    BuildingAssignment,
    CouncilSeat,
    Lease,
    Lot,
    LotShare,
    ManagementMandate,
    Ownership,
    Tenancy,
)
from parvis.rentals.models import RentalApplication


@dataclasses.dataclass(frozen=True, kw_only=True)
class Target:
    """`closing` is the day column that --prune fills; `constants` are the columns a new row gets besides.

    `reset` are those that a changed row gets again. `held` are the tables whose rows go with a removed one, and the
    column by which they name it. `of_case` are the columns that name an intervention, in a row of the file once linked
    and in a row of the table: once somebody has touched it here, the books say nothing more of it. The rows that have
    `has_kept_details` keep, column by column, what an administrator wrote.
    """

    table: Table
    model: type[models.Model]
    closing: str = ""
    also_closed: tuple[tuple[str, str], ...] = ()
    is_removed: bool = False
    constants: tuple[tuple[str, str], ...] = ()
    reset: tuple[tuple[str, str], ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    held: tuple[tuple[str, str], ...] = ()
    of_case: tuple[str, str] = ("", "")
    has_kept_details: bool = False

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def stage(self) -> str:
        return f"stage_{self.name}"

    @property
    def linked(self) -> str:
        return f"linked_{self.name}"

    @property
    def db_table(self) -> str:
        return self.model._meta.db_table

    @property
    def is_agency_owned(self) -> bool:
        return issubclass(self.model, AgencyOwned)

    @property
    def has_public_id(self) -> bool:
        """Whether its rows stand in URLs."""
        return any(field.name == "public_id" for field in self.model._meta.concrete_fields)

    @property
    def columns(self) -> dict[str, str]:
        """Column of the file -> column of the database."""
        return {field.name: self.column(field.name) for field in self.table.fields if not field.secret}

    def column(self, name: str) -> str:
        if name in dict(self.renamed):
            return dict(self.renamed)[name]
        if self.table.foreign_key(name):
            return f"{name}_id"
        return f"{name}_cents" if self.table.field(name).type == "number" else name

    @property
    def written(self) -> dict[str, str]:
        """The columns that the model has: a lot, for one, names its building, a lease does not."""
        known = {field.column for field in self.model._meta.concrete_fields}
        return {name: column for name, column in self.columns.items() if column in known}

    @property
    def parent(self) -> tuple[str, type[AgencyOwned]]:
        """For rows that do not carry the agency: the column and the model that lead to it."""
        for field in self.model._meta.concrete_fields:
            if isinstance(field, models.ForeignKey) and issubclass(field.related_model, AgencyOwned):
                return field.column, field.related_model
        raise LookupError(self.name)


TARGETS = {
    target.name: target
    for target in (
        Target(table=load_table("staff"), model=StaffMember, closing="left_on", has_kept_details=True),
        Target(table=load_table("buildings"), model=Building, closing="closed_on"),
        Target(table=load_table("assignments"), model=BuildingAssignment, closing="ends_on"),
        Target(table=load_table("lots"), model=Lot, renamed=(("area", "area_square_decimetres"),)),
        Target(table=load_table("allocation_keys"), model=AllocationKey),
        Target(table=load_table("lot_shares"), model=LotShare, is_removed=True),
        Target(table=load_table("clients"), model=Client, closing="closed_on"),
        Target(table=load_table("ownerships"), model=Ownership, closing="ends_on"),
        Target(table=load_table("representatives"), model=Representation, closing="ends_on"),
        Target(table=load_table("mandates"), model=ManagementMandate, closing="ends_on"),
        Target(table=load_table("leases"), model=Lease, closing="ends_on"),
        Target(table=load_table("tenancies"), model=Tenancy, closing="ends_on"),
        Target(table=load_table("council_seats"), model=CouncilSeat, closing="ends_on"),
        Target(table=load_table("creditors"), model=Creditor),
        Target(
            table=load_table("accounts"),
            model=Account,
            closing="closed_on",
            constants=(("balance_cents", "0"), ("is_withheld", "FALSE")),
        ),
        Target(
            table=load_table("entries"),
            model=Entry,
            is_removed=True,
            constants=(("is_counted", "TRUE"),),
            reset=(("is_counted", "TRUE"),),
        ),
        Target(
            table=load_table("calls"),
            model=Call,
            is_removed=True,
            held=((CallPart._meta.db_table, "call_id"), (CallDifference._meta.db_table, "call_id")),
        ),
        Target(
            table=load_table("interventions"),
            model=Intervention,
            closing="closed_on",
            also_closed=(("state", Intervention.State.CLOSED),),
            of_case=("target_id", "id"),
        ),
        Target(
            table=load_table("intervention_events"),
            model=InterventionEvent,
            of_case=("intervention_id", "intervention_id"),
        ),
        Target(
            table=load_table("applications"),
            model=RentalApplication,
            also_closed=(("state", RentalApplication.State.EXPIRED),),
        ),
        Target(table=load_table("absences"), model=StaffAbsence, is_removed=True),
        Target(table=load_table("fiscal_years"), model=FiscalYear),
        Target(table=load_table("budget_lines"), model=BudgetLine, is_removed=True),
        Target(table=load_table("works_operations"), model=WorksOperation),
        Target(
            table=load_table("works_instalments"),
            model=WorksInstalment,
            is_removed=True,
            renamed=(("works_operation", "operation_id"),),
        ),
        Target(table=load_table("expenses"), model=Expense, is_removed=True),
        Target(table=load_table("call_parts"), model=CallPart, is_removed=True),
    )
}
LEDGER = ("accounts", "entries", "calls")


@functools.cache
def target_of(name: str) -> Target:
    return TARGETS[name]
