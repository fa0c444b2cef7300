"""The case that an address names, what its forms choose from, the answer that shows its file."""

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from parvis.interventions.access import cases_of_agency
from parvis.interventions.actions.actors import Actor
from parvis.interventions.models import Intervention, MessageTemplate, Supplier
from parvis.kit.identifiers import new_public_id
from parvis.people.models import StaffMember, Viewer
from parvis.people.rules import Duty, roles_with
from parvis.web.staff.interventions.case import case_page
from parvis.web.staff.interventions.forms import NoteForm, WriteForm
from parvis.web.ui.reads import PARTS, note_read
from parvis.web.ui.requests import ViewerRequest

PART = PARTS["interventions"]
Choices = list[tuple[str, str]]


def case_of(request: ViewerRequest, public_id: str) -> Intervention:
    """A case in the scope of the staff; whoever reported it will know that it was read."""
    cases = cases_of_agency(request.viewer).with_place().select_related("declared_by", "merged_into", "agency")
    case: Intervention = get_object_or_404(cases, public_id=public_id)
    note_read(request, clients=[case.reporter] if case.reporter else [], part=PART)
    return case


def actor_of(request: ViewerRequest) -> Actor:
    return Actor.of_staff(request.user.staffmember)


def staff_of(viewer: Viewer) -> list[StaffMember]:
    """To whom a case may be given: whoever opens the cases; without an access, everybody but the caretakers."""
    of_books = Q(desk_role="") & ~Q(role=StaffMember.Role.CARETAKER)
    present = StaffMember.objects.visible_to(viewer).filter(Q(desk_role__in=roles_with(Duty.CASES)) | of_books)
    return list(present.order_by("last_name", "first_name", "pk"))


def suppliers_of(viewer: Viewer) -> list[Supplier]:
    return list(Supplier.objects.visible_to(viewer).filter(left_on=None).order_by("name", "pk"))


def templates_of(viewer: Viewer) -> Choices:
    known = MessageTemplate.objects.visible_to(viewer).order_by("name", "pk")
    return [(template.public_id, template.name) for template in known]


def file_answer(
    request: ViewerRequest, case: Intervention, *, write: WriteForm | None = None, note: NoteForm | None = None
) -> HttpResponse:
    """The file of a case; with a form that was refused, and everything typed in it."""
    key = {"sending_key": new_public_id()}
    write = write or WriteForm(templates=templates_of(request.viewer), initial=key)
    context = {
        "page": case_page(case, viewer=request.viewer),
        "write": write,
        "note": note or NoteForm(initial=key, auto_id="note_%s"),
    }
    return render(request, "staff/interventions/detail.html", context)
