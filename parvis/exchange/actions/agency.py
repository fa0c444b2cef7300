"""The agency of a package: created when asked, recognised otherwise, its own details brought up to date."""

import datetime as dt
from typing import Any

from parvis.agencies.models import Agency
from parvis.agencies.rules import read_closures, read_hours
from parvis.exchange.actions.refusals import PackageRefused, WrongUse
from parvis.exchange.actions.report import Report
from parvis.exchange.rules.tables import Field, load_table

AGENCY = load_table("agency")
PERIOD = ("entries_complete_from", "entries_complete_to")
Values = dict[str, str | None]


def find_agency(slug: str, *, create: bool) -> Agency | None:
    """The agency of that code; none yet when it is to be created."""
    agency = Agency.objects.filter(slug=slug).first()
    if agency is None and not create:
        known = ", ".join(Agency.objects.order_by("slug").values_list("slug", flat=True)) or "aucune"
        raise WrongUse(
            f"Aucune agence n’a le code « {slug} » (connues : {known}). Corrigez --agency, ou ajoutez --create-agency."
        )
    return agency


def refuse_other_agency(values: Values, *, slug: str, agency: Agency | None, create: bool) -> None:
    """A package says whose it is; its portal's host is not changed without being asked."""
    if values["slug"] != slug:
        raise refused(f"Ce paquet est celui d’une autre agence ; --agency demande « {slug} ».", "slug", values)
    if not (values["host"] or agency):
        raise refused("L’hôte du portail manque : il faut le donner pour créer l’agence.", "host", values)
    if agency and not create and values["host"] and values["host"] != agency.host:
        advice = "corrigez-le, ou ajoutez --create-agency pour changer l’hôte."
        raise refused(f"L’hôte du portail n’est pas celui de cette agence : {advice}", "host", values)
    begins, ends = (values[name] for name in PERIOD)
    if bool(begins) != bool(ends) or (begins and ends and ends < begins):
        raise refused("La période complète a un début et une fin, dans cet ordre.", PERIOD[1], values)


def refuse_wrong_hours(values: Values) -> None:
    """The hours and the closures are read before anything is written."""
    for column, read in (("weekly_hours", read_hours), ("closures", read_closures)):
        try:
            read(values[column] or "")
        except ValueError as error:
            raise refused(str(error), column, values) from error


def complete_period(values: Values) -> tuple[str, str] | None:
    begins, ends = (values[name] for name in PERIOD)
    return (begins, ends) if begins and ends else None


def apply_agency(
    values: Values, *, agency: Agency | None, create: bool, given: frozenset[str], report: Report
) -> Agency:
    """Write the agency's row; a column that the file does not give, or that an administrator decided, stays."""
    wanted = {
        field.name: python_value(field, values[field.name])
        for field in AGENCY.fields
        if field.name not in PERIOD and (create or not field.only_with_create_agency)
    }
    if agency is None:
        report.created += 1
        return create_agency(wanted)
    taken = given - set(agency.kept_here)
    changed = [name for name, value in wanted.items() if name in taken and getattr(agency, name) != value]
    if not changed:
        report.unchanged += 1
        return agency
    for name in changed:
        setattr(agency, name, wanted[name])
    agency.save(update_fields=changed)
    report.changed += 1
    return agency


def create_agency(wanted: dict[str, Any]) -> Agency:
    """Two agencies may share a host, and only one lends it its name."""
    owner = Agency.objects.filter(host=wanted["host"], is_host_owner=True).first()
    if owner and wanted["is_host_owner"]:
        reason = f"L’agence « {owner.slug} » donne déjà son nom à cet hôte : écrivez non."
        raise PackageRefused(reason, file=AGENCY.file, line=2, column="is_host_owner", value="oui")
    return Agency.objects.create(**wanted)


def python_value(field: Field, value: str | None) -> Any:  # Any: a model's field takes text, number, day or list
    if field.name == "other_hosts":
        return (value or "").split()
    if field.type == "boolean":
        return value == "1"
    if field.type == "integer":
        return int(value or 0)
    if field.type == "date":
        return dt.date.fromisoformat(value) if value else None
    return value or ""


def refused(reason: str, column: str, values: Values) -> PackageRefused:
    return PackageRefused(reason, file=AGENCY.file, line=2, column=column, value=values[column] or "")
