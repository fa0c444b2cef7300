"""Entreprises: the directory, a firm added, a firm changed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from parvis.interventions.actions.directory import keep_supplier
from parvis.interventions.models import Supplier
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.suppliers.forms import SupplierForm
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import ViewerRequest

SHOWN = 50
TOLD = "L’entreprise est enregistrée."


@require_safe
@staff_only(Duty.CASES)
def index(request: ViewerRequest) -> HttpResponse:
    found = Supplier.objects.visible_to(request.viewer).order_by("name", "pk")
    rows = Paginator(found, SHOWN).get_page(request.GET.get("page", ""))
    return render(request, "staff/suppliers/index.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CASES)
def add(request: ViewerRequest) -> HttpResponse:
    return edited(request, supplier=None, title="Ajouter une entreprise")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.CASES)
def edit(request: ViewerRequest, public_id: str) -> HttpResponse:
    supplier = get_object_or_404(Supplier.objects.visible_to(request.viewer), public_id=public_id)
    return edited(request, supplier=supplier, title=supplier.name)


def edited(request: ViewerRequest, *, supplier: Supplier | None, title: str) -> HttpResponse:
    form = SupplierForm(request.POST if request.method == "POST" else None, initial=known_of(supplier))
    if form.is_valid() and kept(request, form, supplier=supplier):
        messages.success(request, TOLD)
        return redirect("staff:suppliers-index")
    return render(request, "staff/suppliers/edit.html", {"form": form, "title": title})


def known_of(supplier: Supplier | None) -> dict[str, object]:
    return {name: getattr(supplier, name) for name in SupplierForm.base_fields} if supplier else {}


def kept(request: ViewerRequest, form: SupplierForm, *, supplier: Supplier | None) -> bool:
    """Whether what was typed is kept; why not stands on the form."""

    def now() -> dict[str, object]:
        if supplier is not None:
            supplier.refresh_from_db()
        return known_of(supplier)

    with refusals_on(form, field="name"), form.kept_as_shown(supplier, now=now) as is_same:
        if is_same:
            keep_supplier(firm=form.firm, by=request.user.staffmember, supplier=supplier)
    return not form.errors
