"""An appointment as a file that every agenda reads."""

import icalendar
from django.utils import timezone

from parvis.kit.words import of_name
from parvis.web.client.interventions.case import Case


def appointment_file(case: Case, *, url: str) -> bytes:
    """Who comes, where, from when to when. Needs the building; the case has an appointment."""
    intervention = case.intervention
    building = intervention.building
    event = icalendar.Event()
    event.add("uid", f"{intervention.public_id}@parvis")
    event.add("sequence", intervention.version)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", intervention.appointment_begins_at)
    event.add("dtend", intervention.appointment_ends_at or intervention.appointment_begins_at)
    event.add("summary", f"Visite {of_name(case.supplier_name or 'l’entreprise')}\u00a0: {intervention.title}")
    event.add("location", f"{building.street}, {building.postal_code} {building.city}")
    event.add("description", f"Intervention {intervention.number}, {intervention.agency.name}")
    event.add("url", url)
    wanted = icalendar.Calendar()
    wanted.add("prodid", "-//Parvis//Espace client//FR")
    wanted.add("version", "2.0")
    wanted.add("method", "PUBLISH")
    wanted.add_component(event)
    content: bytes = wanted.to_ical()
    return content
