"""Collaborateurs: who works here, what each may open, their first message, their absences, their leaving."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.kit.days import paris_day
from parvis.kit.refusals import Refusal
from parvis.people.access import colleagues
from parvis.people.actions import colleagues as posts
from parvis.people.actions.staff_access import invite as send_invitation
from parvis.people.models import StaffAbsence, StaffMember
from parvis.people.rules import Duty
from parvis.property.actions import look_after
from parvis.web.staff.access import staff_only
from parvis.web.staff.settings.staff_forms import AbsenceForm, PersonForm, PostForm
from parvis.web.staff.settings.staff_page import (
    buildings_offered,
    looked_after,
    member_lines,
    member_page,
    members_of,
    seen_by_clients,
)
from parvis.web.ui.fresh_proof import fresh_proof_required
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest

PREVIEW = "apercu"


@require_safe
@staff_only(Duty.SETTINGS)
def index(request: ViewerRequest) -> HttpResponse:
    lines = member_lines(request.viewer, today=paris_day(timezone.now()))
    return render(request, "staff/settings/staff.html", {"lines": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.SETTINGS)
@fresh_proof_required
def add(request: ViewerRequest) -> HttpResponse:
    """« Ajouter un collaborateur »; the access comes next."""
    form = PersonForm(request.POST or None)
    if form.is_valid():
        try:
            member = posts.add(
                agency=request.user.agency, person=posts.Person(**form.cleaned_data), by=author_of(request)
            )
            messages.success(request, f"{member} est ajouté. Invitez cette personne pour lui ouvrir un accès.")
            return redirect("staff:settings-member", member.public_id)
        except Refusal as refusal:
            form.add_error("reference", refusal.message)
    return render(request, "staff/settings/add.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.SETTINGS)
@fresh_proof_required
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    """One person: role, scope, buildings."""
    member = member_of(request, public_id)
    form = post_form(request, member)
    if form.is_valid() and changed(request, member, form):
        messages.success(request, f"Le rôle de {member} est enregistré.")
        return redirect("staff:settings-member", public_id)
    return shown(request, member, form=form, absence_form=absence_form(request))


@require_POST
@staff_only(Duty.SETTINGS)
@fresh_proof_required
def invite(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A message with the link to choose a password, for 24 hours; a second proof comes at the first sign-in."""
    member = member_of(request, public_id)
    try:
        user = send_invitation(agency=request.user.agency, reference=member.reference, by=author_of(request))
        messages.success(request, f"Un lien valable 24\u00a0heures part à {user.email}.")
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("staff:settings-member", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.SETTINGS)
@fresh_proof_required
def end(request: ViewerRequest, public_id: str) -> HttpResponse:
    """« Terminer l’accès », confirmed."""
    member = member_of(request, public_id)
    if request.method != "POST":
        return render(request, "staff/settings/end.html", {"member": member})
    try:
        posts.end_post(member=member, by=request.user)
        messages.success(request, f"L’accès de {member} est terminé.")
    except Refusal as refusal:
        messages.warning(request, refusal.message)
    return redirect("staff:settings-member", public_id)


@require_POST
@staff_only(Duty.SETTINGS)
def away(request: ViewerRequest, public_id: str) -> HttpResponse:
    """An absence, and who answers meanwhile; seen first as clients will read it."""
    member = member_of(request, public_id)
    form = AbsenceForm(request.POST, colleagues=replacements(request))
    previewed = None
    if form.is_valid():
        with refusals_on(form), transaction.atomic():
            absence = posts.note_absence(member=member, by=author_of(request), **form.cleaned_data)
            if PREVIEW not in request.POST:
                messages.success(request, "L’absence est notée. Les clients de ses immeubles la voient.")
                return redirect("staff:settings-member", public_id)
            transaction.set_rollback(True)
            previewed = absence
    post = post_form(request, member, is_asked=False)
    return shown(request, member, form=post, absence_form=form, previewed=previewed)


@require_POST
@staff_only(Duty.SETTINGS)
def back(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The absence was a mistake, or is over sooner."""
    mine = StaffAbsence.objects.visible_to(request.viewer).select_related("staff_member")
    absence = get_object_or_404(mine, public_id=public_id)
    posts.remove_absence(absence=absence, by=author_of(request))
    messages.success(request, "L’absence est retirée.")
    return redirect("staff:settings-member", absence.staff_member.public_id)


def member_of(request: ViewerRequest, public_id: str) -> StaffMember:
    return get_object_or_404(members_of(request.viewer), public_id=public_id)


def post_form(request: ViewerRequest, member: StaffMember, *, is_asked: bool = True) -> PostForm:
    initial = {
        "role": member.desk_role or member.role,
        "scope": member.scope,
        "buildings": looked_after(member, today=paris_day(timezone.now())),
    }
    typed = request.POST if request.method == "POST" and is_asked else None
    return PostForm(typed, initial=initial, buildings=buildings_offered(request.viewer))


def absence_form(request: ViewerRequest) -> AbsenceForm:
    return AbsenceForm(colleagues=replacements(request))


def replacements(request: ViewerRequest) -> object:
    return colleagues(request.viewer).filter(left_on=None)


@transaction.atomic
def changed(request: ViewerRequest, member: StaffMember, form: PostForm) -> bool:
    """Whether the post is as asked; a refusal stands on the form."""
    typed = form.cleaned_data
    try:
        held = posts.change_post(member=member, role=typed["role"], scope=typed["scope"], by=request.user)
    except Refusal as refusal:
        form.add_error(None, refusal.message)
        return False
    look_after(member=held, buildings=typed["buildings"], by=author_of(request))
    return True


def shown(
    request: ViewerRequest,
    member: StaffMember,
    *,
    form: PostForm,
    absence_form: AbsenceForm,
    previewed: StaffAbsence | None = None,
) -> HttpResponse:
    today = paris_day(timezone.now())
    page = member_page(member, today=today)
    context: dict[str, object] = {"page": page, "form": form, "absence_form": absence_form, "previewed": previewed}
    if previewed is not None:
        context["seen"] = seen_by_clients(member, today=today, absence=previewed)
    return render(request, "staff/settings/member.html", context)


def author_of(request: ViewerRequest) -> tuple[str, str]:
    return ("user", request.user.public_id)
