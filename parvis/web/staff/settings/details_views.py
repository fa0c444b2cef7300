"""Coordonnées d’un collaborateur: seen first as clients see them, kept here, given back to the books."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from parvis.kit.days import paris_day
from parvis.people.actions.details import change_details, follow_books
from parvis.people.models import KeptDetail, StaffMember
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.settings.details_page import details_page, initial_of, previewed
from parvis.web.staff.settings.staff_forms import DetailsForm
from parvis.web.staff.settings.staff_page import members_of
from parvis.web.ui.fresh_proof import fresh_proof_required
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest

PREVIEW = "apercu"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.SETTINGS)
@fresh_proof_required
def details(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Name, job, telephone, address; none of it opens anything."""
    member = get_object_or_404(members_of(request.viewer), public_id=public_id)
    form = DetailsForm(request.POST or None, initial=initial_of(member))
    context: dict[str, object] = {"page": details_page(member), "form": form}
    if form.is_valid():
        if PREVIEW not in request.POST and kept(request, form, member):
            return redirect("staff:settings-details", public_id)
        today = paris_day(timezone.now())
        context |= {"is_preview": not form.errors, "seen": previewed(member, form.cleaned_data, today=today)}
    return render(request, "staff/settings/details.html", context)


@require_POST
@staff_only(Duty.SETTINGS)
@fresh_proof_required
def books(request: ViewerRequest, public_id: str) -> HttpResponse:
    """What the books say of one detail, again."""
    member = get_object_or_404(members_of(request.viewer), public_id=public_id)
    name = request.POST.get("detail", "")
    follow_books(member=member, name=name, by=author_of(request))
    messages.success(request, "Vos données sont suivies de nouveau.")
    has_left = name == KeptDetail.Name.LEFT_ON
    return redirect("staff:settings-member" if has_left else "staff:settings-details", public_id)


def kept(request: ViewerRequest, form: DetailsForm, member: StaffMember) -> bool:
    """Whether what was typed is kept; why not stands on the form."""

    def now() -> dict[str, str]:
        member.refresh_from_db(fields=list(form.initial))
        return initial_of(member)

    with refusals_on(form), form.kept_as_shown(member, now=now) as is_same:
        if is_same:
            change_details(member=member, values=form.cleaned_data, by=author_of(request))
            messages.success(request, "Les coordonnées sont enregistrées.")
    return not form.errors


def author_of(request: ViewerRequest) -> tuple[str, str]:
    return ("user", request.user.public_id)
