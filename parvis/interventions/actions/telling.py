"""Who is told of what happens to a case: those who live with the problem by mail, neighbours on the portal alone."""

from parvis.interventions import emails
from parvis.interventions.models import AuthorKind, Intervention, InterventionEvent
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.mail.actions import queue_written
from parvis.notices.actions import notify
from parvis.notices.models import Notice
from parvis.people.models import Client
from parvis.property.models import Holding, on_day

TOLD_TO_NEIGHBOURS = ("acknowledged", "scheduled", "on_hold", "done")


def tell_of_step(case: Intervention, event: InterventionEvent) -> None:
    """The reporter, with a mail unless they did it themselves; whoever else is concerned, on the portal."""
    target, key = ("intervention", case.public_id), f"case-{case.public_id}-{case.version}"
    text = f"{case.title}\u00a0: {event.label}"[:300]
    if case.reporter is not None:
        written = None if event.author_kind == AuthorKind.CLIENT else emails.step_taken(case, event=event)
        notify(
            clients=[case.reporter],
            kind=Notice.Kind.INTERVENTION,
            text=text,
            target=target,
            written=written,
            key=key,
        )
    others = concerned_besides(case, event)
    if others:
        notify(clients=others, kind=Notice.Kind.INTERVENTION, text=text, target=target, key=key)


def concerned_besides(case: Intervention, event: InterventionEvent) -> list[Client]:
    """Those of the lot at each step; the neighbours, for common parts, at the steps that change their day."""
    is_common = case.scope == Intervention.Scope.COMMON
    if is_common and not (case.is_shown_to_residents and event.to_state in TOLD_TO_NEIGHBOURS):
        return []
    today = paris_day(database_now())
    held = Holding.objects.filter(on_day(today), building_id=case.building_id)
    if not is_common:
        held = held.filter(lot_id=case.lot_id) if case.lot_id else held.none()
    return list(Client.objects.filter(pk__in=held.order_by().values("client_id")).exclude(pk=case.reporter_id or 0))


def tell_reporter(case: Intervention, *, text: str, written: emails.Told, key: str) -> None:
    """The reporter, and those of the lot of a private case."""
    clients = [case.reporter] if case.reporter else []
    notify(
        clients=clients,
        kind=Notice.Kind.INTERVENTION,
        text=text[:300],
        target=("intervention", case.public_id),
        written=written,
        key=key,
    )


def tell_agency(case: Intervention, *, subject: str, lines: list[str]) -> None:
    """Whoever follows the case; the agency where nobody does."""
    member = case.assigned_to
    address = (member.email if member else "") or case.agency.email
    greeting = str(member) if member else case.agency.name
    written = emails.for_the_agency(case, subject=subject, greeting=greeting, lines=lines)
    queue_written(agency=case.agency, kind="case-agency", to_address=address, written=written)
