"""The rows of one building in the exchange format: what belongs to its syndicat, nothing of the lettings."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from parvis.exchange.actions.targets import TARGETS, Target
from parvis.exchange.rules.rows import cell
from parvis.exchange.rules.tables import Field, Table, load_table
from parvis.interventions.models import Audience, Intervention, InterventionEvent
from parvis.ledger.models import (
    Account,
    BudgetLine,
    Call,
    CallPart,
    Creditor,
    Entry,
    Expense,
    FiscalYear,
    WorksInstalment,
    WorksOperation,
)
from parvis.people.models import Client, Representation
from parvis.property.models import AllocationKey, Building, CouncilSeat, Lot, LotShare, Ownership

MEMBERS_READ = 2000
AnyRow = Any  # Any: a row of any of the models


@dataclass(frozen=True, kw_only=True)
class Scope:
    """One building, its co-owners past and present, and their accounts with the syndicat."""

    building: Building

    @property
    def accounts(self) -> "QuerySet[Account]":
        """Those of the syndicat: an ASL of the same place has an administration of its own."""
        of_syndicat = {"kind": Account.Kind.CO_OWNER, "creditor__kind": Creditor.Kind.OWNERS_ASSOCIATION}
        return Account.objects.filter(building=self.building, **of_syndicat)

    @property
    def clients(self) -> "QuerySet[Client]":
        """Whoever owns or owned there, has an account of the syndicat, or sat on its council."""
        concerned = (
            Q(pk__in=Ownership.objects.filter(lot__building=self.building).order_by().values("client_id"))
            | Q(pk__in=self.accounts.order_by().values("client_id"))
            | Q(pk__in=CouncilSeat.objects.filter(building=self.building).order_by().values("client_id"))
        )
        return Client.objects.filter(concerned)

    def rows(self) -> "dict[str, QuerySet[Any, Any]]":
        """File of the package → its rows; the others of the format are given empty."""
        building, accounts = self.building, self.accounts.order_by().values("pk")
        clients = self.clients.order_by().values("pk")
        years = FiscalYear.objects.filter(building=building)
        common = Intervention.objects.filter(building=building, scope=Intervention.Scope.COMMON)
        represented = Representation.objects.filter(client__in=clients, representative__in=clients)
        return {
            "buildings": Building.objects.filter(pk=building.pk),
            "lots": Lot.objects.filter(building=building).select_related("building"),
            "allocation_keys": AllocationKey.objects.filter(building=building).select_related("building"),
            "lot_shares": LotShare.objects.filter(key__building=building).select_related("key", "lot__building"),
            "clients": self.clients,
            "ownerships": Ownership.objects.filter(lot__building=building).select_related("lot__building", "client"),
            "representatives": represented.select_related("client", "representative"),
            "council_seats": CouncilSeat.objects.filter(building=building).select_related("building", "client"),
            "creditors": Creditor.objects.filter(accounts__in=accounts).distinct(),
            "accounts": self.accounts.select_related("client", "creditor", "building", "lot"),
            "entries": Entry.objects.counted().filter(account__in=accounts).select_related("account"),
            "calls": Call.objects.filter(account__in=accounts).select_related("account"),
            "interventions": common.select_related("building", "lot"),
            "intervention_events": InterventionEvent.objects.filter(
                intervention__in=common, audience=Audience.EVERYONE
            ).select_related("intervention"),
            "fiscal_years": years.select_related("building"),
            "budget_lines": BudgetLine.objects.filter(fiscal_year__in=years).select_related(
                "fiscal_year__building", "key"
            ),
            "works_operations": WorksOperation.objects.filter(building=building).select_related("building", "key"),
            "works_instalments": WorksInstalment.objects.filter(operation__building=building).select_related(
                "operation__building"
            ),
            "expenses": Expense.objects.filter(fiscal_year__in=years).select_related(
                "fiscal_year__building", "key", "works_operation"
            ),
            "call_parts": CallPart.objects.filter(call__account__in=accounts).select_related(
                "call__account", "fiscal_year__building", "works_operation__building"
            ),
        }


def lines_of(name: str, rows: "QuerySet[Any, Any]") -> Iterator[list[str]]:
    """The rows as lines of that file, in the order of its columns."""
    target = TARGETS[name]
    for row in rows.order_by("pk").iterator(chunk_size=MEMBERS_READ):
        yield [value_of(row, field, target=target) for field in target.table.fields]


def value_of(row: AnyRow, field: Field, *, target: Target) -> str:
    """One cell: a secret is never given, who reported an intervention is not the syndicat's business."""
    if field.secret or (target.name == "interventions" and field.name == "reporter"):
        return ""
    key = target.table.foreign_key(field.name)
    if key is not None:
        named = related(row, field.name, target=target)
        return "" if named is None else str(getattr(named, natural_column(load_table(key.table))))
    return cell(getattr(row, target.column(field.name)), kind=field.type)


def related(row: AnyRow, name: str, *, target: Target) -> AnyRow:
    """The row that a column names: a relation of the row, or of one that it belongs to."""
    attribute = dict(target.renamed).get(name, name).removesuffix("_id")
    if is_relation(row, attribute):
        return getattr(row, attribute)
    parents = [getattr(row, field.name) for field in row._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    for parent in parents:
        if parent is not None and is_relation(parent, attribute):
            return getattr(parent, attribute)
    return None


def is_relation(row: AnyRow, name: str) -> bool:
    return any(field.name == name and field.is_relation for field in row._meta.concrete_fields)


def natural_column(table: Table) -> str:
    """The column by which the rows of a table are named: the last of its key."""
    return table.primary_key[-1]
