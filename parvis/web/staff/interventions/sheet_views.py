"""The sheet of a case: its facts, its quotes and what was decided of them, the file of a water damage."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from parvis.interventions.access import quotes_of_agency
from parvis.interventions.actions import photos, quotes, sheets
from parvis.interventions.models import Intervention, Quote, WaterDamage
from parvis.kit.clock import database_now
from parvis.kit.identifiers import new_public_id
from parvis.people.rules import Duty
from parvis.property.models import Lot
from parvis.web.staff.access import staff_only
from parvis.web.staff.interventions.finding import actor_of, case_of, staff_of, suppliers_of
from parvis.web.staff.interventions.forms import refusals_about
from parvis.web.staff.interventions.lines import Line
from parvis.web.staff.interventions.sheet_forms import (
    DamagedLotForm,
    DecisionForm,
    QuoteForm,
    SheetForm,
    WaterDamageForm,
)
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest
from parvis.web.ui.uploads import refusals_on_photos


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CASES)
def sheet(request: ViewerRequest, public_id: str) -> HttpResponse:
    case = case_of(request, public_id)
    typed = request.POST if request.method == "POST" else None
    form = SheetForm(typed, case=case, staff=staff_of(request.viewer), initial=sheet_of(case))
    if form.is_valid():
        with refusals_about(form):
            sheets.rewrite(intervention=case, sheet=form.sheet, by=actor_of(request), version=form.version)
            messages.success(request, "La fiche est enregistrée.")
            return redirect("staff:interventions-detail", public_id)
    return page_of(request, "staff/interventions/sheet.html", case, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CASES)
def quote(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A firm's price: whoever gives their agreement is told that it waits for them."""
    case = case_of(request, public_id)
    typed, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    key = {"sending_key": new_public_id()}
    form = QuoteForm(typed, files, case=case, suppliers=suppliers_of(request.viewer), initial=key)
    if form.is_valid():
        with refusals_about(form), refusals_on_photos(form, field="file"):
            quotes.attach(intervention=case, price=price_of(form), by=actor_of(request), version=form.version)
            messages.success(request, "Le devis est ajouté.")
            return redirect("staff:interventions-detail", public_id)
    return page_of(request, "staff/interventions/quote.html", case, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CASES)
def decision(request: ViewerRequest, public_id: str, quote_id: str) -> HttpResponse:
    """What was decided of a quote outside the portal."""
    case = case_of(request, public_id)
    found: Quote = get_object_or_404(quotes_of_agency(request.viewer).filter(intervention=case), public_id=quote_id)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            quotes.note_decision(quote=found, by=actor_of(request), **form.cleaned_data)
            messages.success(request, "La décision est enregistrée.")
            return redirect("staff:interventions-detail", public_id)
    return page_of(request, "staff/interventions/decision.html", case, form=form, quote=found)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CASES)
def damage(request: ViewerRequest, public_id: str) -> HttpResponse:
    """The water damage of a case: what is known of it, and the lots that the water reached."""
    case = case_of(request, public_id)
    typed = request.POST if request.method == "POST" else None
    form = WaterDamageForm(typed, case=case, lots=lots_of(case), initial=damage_of(request, case))
    if form.is_valid():
        with refusals_about(form):
            sheets.keep_damage(intervention=case, damage=form.damage, by=actor_of(request), version=form.version)
            messages.success(request, "Le sinistre est enregistré.")
            return redirect("staff:interventions-damage", public_id)
    lot_form = DamagedLotForm(case=case, lots=lots_of(case), prefix="touche")
    return damage_page(request, case, form=form, lot_form=lot_form)


@require_POST
@staff_only(Duty.CASES)
def damaged_lot(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A lot more, or what is known of it now."""
    case = case_of(request, public_id)
    form = DamagedLotForm(request.POST, case=case, lots=lots_of(case), prefix="touche")
    if form.is_valid():
        with refusals_about(form):
            sheets.keep_claim(intervention=case, claim=form.claim, by=actor_of(request), version=form.version)
            messages.success(request, "Le lot est enregistré.")
            return redirect("staff:interventions-damage", public_id)
    facts = WaterDamageForm(case=case, lots=lots_of(case), initial=damage_of(request, case))
    return damage_page(request, case, form=facts, lot_form=form)


def page_of(request: ViewerRequest, template: str, case: Intervention, **context: object) -> HttpResponse:
    line = Line(case=case, now=database_now())
    return render(request, template, {"case": case, "line": line, **context})


def damage_page(
    request: ViewerRequest, case: Intervention, *, form: WaterDamageForm, lot_form: DamagedLotForm
) -> HttpResponse:
    known = WaterDamage.objects.visible_to(request.viewer).filter(intervention=case).prefetch_related("lots__lot")
    context = {"form": form, "lot_form": lot_form, "damage": known.first()}
    return page_of(request, "staff/interventions/damage_form.html", case, **context)


def sheet_of(case: Intervention) -> dict[str, object]:
    names = ("title", "place", "category", "kind", "payer", "is_urgent", "is_shown_to_residents")
    follower = case.assigned_to.public_id if case.assigned_to else ""
    return {**{name: getattr(case, name) for name in names}, "assigned_to": follower}


def damage_of(request: ViewerRequest, case: Intervention) -> dict[str, object]:
    known = (
        WaterDamage.objects.visible_to(request.viewer).filter(intervention=case).select_related("source_lot").first()
    )
    if known is None:
        return {}
    facts = {name: getattr(known, name) for name in WaterDamageForm.base_fields}
    return {**facts, "source_lot": known.source_lot.public_id if known.source_lot else ""}


def lots_of(case: Intervention) -> list[Lot]:
    """Those of the building: the case itself is in the scope of whoever asks."""
    return list(case.building.lots.order_by("kind", "number", "pk"))


def price_of(form: QuoteForm) -> quotes.Price:
    typed = form.cleaned_data
    files = [photos.keep_checked(name=file.name or "", content=file.read()) for file in typed["file"]]
    return quotes.Price(
        supplier=typed["supplier"],
        amount_cents=typed["amount_cents"],
        label=typed["label"],
        approver=typed["approver"],
        answer_before=typed["answer_before"],
        file=files[0].file if files else None,
        sending_key=typed["sending_key"],
    )
