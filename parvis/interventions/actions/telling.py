"""Who is told of what happens to a case: those who live with the problem by mail, neighbours on the portal alone."""

from django.db.models import QuerySet

from parvis.interventions import emails
from parvis.interventions.models import Audience, AuthorKind, Intervention, InterventionEvent
from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.mail.actions import queue_written
from parvis.notices.actions import notify
from parvis.notices.models import Notice
from parvis.people.models import Client
from parvis.people.models.absences import away
from parvis.property.models import Holding, on_day

TOLD_TO_NEIGHBOURS = ("acknowledged", "scheduled", "on_hold", "done")


def tell_of_step(case: Intervention, event: InterventionEvent) -> None:
    """Those who reported it, with a mail unless a client did it; whoever else is concerned, on the portal."""
    target, key = ("intervention", case.public_id), f"case-{case.public_id}-{case.version}"
    text = f"{case.title}\u00a0: {event.label}"[:300]
    reporters = reporters_of(case, event)
    if reporters:
        written = None if event.author_kind == AuthorKind.CLIENT else emails.step_taken(case, event=event)
        notify(
            clients=reporters,
            kind=Notice.Kind.INTERVENTION,
            text=text,
            target=target,
            written=written,
            key=key,
        )
    others = [client for client in concerned_besides(case, event) if client not in reporters]
    if others:
        notify(clients=others, kind=Notice.Kind.INTERVENTION, text=text, target=target, key=key)


def concerned_besides(case: Intervention, event: InterventionEvent) -> list[Client]:
    """Those of the lot at each step; the neighbours, for common parts, at the steps that change their day."""
    is_common = case.scope == Intervention.Scope.COMMON
    if is_common and not (case.is_shown_to_residents and event.to_state in TOLD_TO_NEIGHBOURS):
        return []
    return list(holders_of(case).exclude(pk=case.reporter_id or 0))


def reporters_of(case: Intervention, event: InterventionEvent) -> list[Client]:
    """Who reported it; of what everybody reads, also those whose report was merged into it."""
    reporter = [case.reporter] if case.reporter else []
    if event.audience != Audience.EVERYONE:
        return reporter
    joined = Client.objects.filter(interventions__merged_into=case).exclude(pk=case.reporter_id or 0)
    if case.scope == Intervention.Scope.PRIVATE:
        joined = joined.filter(pk__in=holders_of(case).values("pk"))
    return [*reporter, *joined.order_by("pk").distinct()]


def holders_of(case: Intervention) -> QuerySet[Client]:
    """Those of the lot today, of the whole building for common parts."""
    held = Holding.objects.filter(on_day(paris_day(database_now())), building_id=case.building_id)
    if case.scope == Intervention.Scope.PRIVATE:
        held = held.filter(lot_id=case.lot_id) if case.lot_id else held.none()
    return Client.objects.filter(pk__in=held.order_by().values("client_id"))


def tell_reporter(case: Intervention, *, text: str, written: emails.Told, key: str) -> None:
    """The reporter; those of the lot, of a private case that no client reported."""
    of_the_lot = holders_of(case) if case.scope == Intervention.Scope.PRIVATE else Client.objects.none()
    notify(
        clients=[case.reporter] if case.reporter else list(of_the_lot),
        kind=Notice.Kind.INTERVENTION,
        text=text[:300],
        target=("intervention", case.public_id),
        written=written,
        key=key,
    )


def tell_agency(case: Intervention, *, subject: str, lines: list[str]) -> None:
    """Whoever follows the case, and who stands in while they are away; the agency where nobody does."""
    for address, greeting in told_at_the_agency(case).items():
        written = emails.for_the_agency(case, subject=subject, greeting=greeting, lines=lines)
        queue_written(agency=case.agency, kind="case-agency", to_address=address, written=written)


def told_at_the_agency(case: Intervention) -> dict[str, str]:
    """Addresses and the names that they greet: somebody who is there is always among them."""
    agency, member = case.agency, case.assigned_to
    if member is None:
        return {agency.email: agency.name}
    told = {member.email or agency.email: str(member)}
    absence = away(member, day=paris_day(database_now()))
    if absence is not None:
        stand_in = absence.replacement
        told |= {stand_in.email or agency.email: str(stand_in)} if stand_in else {agency.email: agency.name}
    return told
