"""What is announced to a building of the demonstration: a cut, in two days."""

import datetime as dt

from parvis.agencies.models import Agency
from parvis.interventions.actions.announcements import Wording, publish
from parvis.interventions.models import Announcement
from parvis.kit.days import PARIS, paris_day
from parvis.kit.identifiers import new_public_id
from parvis.people.models import StaffMember
from parvis.property.models import Building

TEXT = "L’eau froide est coupée pour remplacer la vanne générale. Pensez à en garder un peu."
IN_DAYS = dt.timedelta(days=2)


def announce(agency: Agency, *, now: dt.datetime) -> None:
    """Once to the first building of the agency, in the name of somebody who works there."""
    building = Building.objects.filter(agency=agency, closed_on=None).order_by("reference").first()
    author = StaffMember.objects.filter(agency=agency, left_on=None).order_by("pk").first()
    if building is None or author is None or Announcement.objects.filter(agency=agency).exists():
        return
    day = paris_day(now) + IN_DAYS
    begins_at, ends_at = (dt.datetime.combine(day, dt.time(hour), tzinfo=PARIS) for hour in (8, 12))
    wording = Wording(
        key=new_public_id(),
        kind=Announcement.Kind.CUT,
        title="Coupure d’eau froide",
        text=TEXT,
        audience=Announcement.Readers.EVERYONE,
        begins_at=begins_at,
        ends_at=ends_at,
    )
    publish(building=building, wording=wording, by=author)
