"""From the answers to the case, and the open cases that seem to be about the same thing."""

import datetime as dt

from django.utils import timezone

from parvis.interventions.access import alike
from parvis.interventions.actions import drafts, reports
from parvis.interventions.models import Intervention
from parvis.interventions.rules.titles import Sketch, title_of
from parvis.kit.days import paris_day
from parvis.kit.viewer import Viewer
from parvis.web.client.interventions.authors import actor_of
from parvis.web.client.interventions.declaration import Declaration
from parvis.web.client.interventions.spots import Spot
from parvis.web.ui.requests import ViewerRequest


def send(declaration: Declaration, *, spot: Spot, request: ViewerRequest, key: str) -> Intervention:
    """Make the case of a declaration that is whole; the draft goes with it."""
    draft = drafts.of_user(request.user)
    return reports.declare(
        report=report_of(declaration, spot=spot, key=key),
        by=actor_of(request, client=spot.client),
        pictures=drafts.pictures_of(draft) if draft else [],
    )


def report_of(declaration: Declaration, *, spot: Spot, key: str) -> reports.Report:
    answers = declaration.answers
    place = answers.get("place", "")
    return reports.Report(
        building=spot.building,
        lot=spot.lot,
        client=spot.client,
        category=answers["category"],
        title=title_of(declaration.category_words, place=place, is_common=spot.lot is None),
        sending_key=key,
        description=answers["description"],
        place=place,
        availability=declaration.availability,
        phone=answers.get("phone", ""),
        is_urgent=bool(answers.get("is_urgent")),
    )


def similar_cases(declaration: Declaration, *, viewer: Viewer) -> list[Intervention]:
    """Those that the viewer may follow instead of declaring theirs."""
    spot = declaration.spot
    if spot is None:
        return []
    sketch = Sketch(
        building_id=spot.building.pk,
        lot_id=spot.lot.pk if spot.lot else None,
        category=declaration.answers["category"],
        place=declaration.answers.get("place", ""),
    )
    visible = Intervention.objects.visible_to(viewer).select_related("building", "reporter")
    return alike(visible, sketch, today=today())


def sent_lately(viewer: Viewer, *, today: dt.date) -> Intervention | None:
    """The latest declaration of that person since yesterday."""
    mine = Intervention.objects.visible_to(viewer).filter(reporter_id__in=viewer.client_ids)
    since = today - dt.timedelta(days=1)
    return mine.filter(reported_on__gte=since).exclude(sending_key="").order_by("-pk").first()


def today() -> dt.date:
    return paris_day(timezone.now())
