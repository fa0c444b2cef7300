"""Modèles de messages: their list, one added, changed, removed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.interventions.actions.directory import keep_template, remove_template
from parvis.interventions.models import MessageTemplate
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.message_templates.forms import TemplateForm
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest

SHOWN = 50


@require_safe
@staff_only(Duty.CASES)
def index(request: ViewerRequest) -> HttpResponse:
    found = MessageTemplate.objects.visible_to(request.viewer).order_by("name", "pk")
    rows = Paginator(found, SHOWN).get_page(request.GET.get("page", ""))
    return render(request, "staff/message_templates/index.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CASES)
def add(request: ViewerRequest) -> HttpResponse:
    return edited(request, template=None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CASES)
def edit(request: ViewerRequest, public_id: str) -> HttpResponse:
    return edited(request, template=template_of(request, public_id))


@require_POST
@staff_only(Duty.CASES)
def remove(request: ViewerRequest, public_id: str) -> HttpResponse:
    remove_template(template=template_of(request, public_id), by=request.user.staffmember)
    messages.success(request, "Le modèle est retiré.")
    return redirect("staff:message_templates-index")


def template_of(request: ViewerRequest, public_id: str) -> MessageTemplate:
    found: MessageTemplate = get_object_or_404(MessageTemplate.objects.visible_to(request.viewer), public_id=public_id)
    return found


def edited(request: ViewerRequest, *, template: MessageTemplate | None) -> HttpResponse:
    form = TemplateForm(request.POST if request.method == "POST" else None, initial=known_of(template))
    if form.is_valid() and kept(request, form, template=template):
        messages.success(request, "Le modèle est enregistré.")
        return redirect("staff:message_templates-index")
    context = {"form": form, "template": template, "title": template.name if template else "Ajouter un modèle"}
    return render(request, "staff/message_templates/edit.html", context)


def known_of(template: MessageTemplate | None) -> dict[str, str]:
    return {"name": template.name, "text": template.text} if template else {}


def kept(request: ViewerRequest, form: TemplateForm, *, template: MessageTemplate | None) -> bool:
    """Whether what was typed is kept; why not stands on the form."""

    def now() -> dict[str, str]:
        if template is not None:
            template.refresh_from_db()
        return known_of(template)

    with refusals_on(form, field="name"), form.kept_as_shown(template, now=now) as is_same:
        if is_same:
            keep_template(**form.cleaned_data, by=request.user.staffmember, template=template)
    return not form.errors
