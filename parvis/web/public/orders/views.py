"""The link of an order. Asking for it changes nothing: scanners of mail open every link; a person presses a button."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from parvis.interventions.access import photos_for_supplier
from parvis.interventions.actions import answers
from parvis.interventions.models import WorkOrder
from parvis.kit.clock import database_now
from parvis.web.public.orders.forms import DeclineForm, DoneForm, PapersForm, SlotsForm
from parvis.web.public.orders.page import order_page
from parvis.web.ui.branding import Branding
from parvis.web.ui.forms import PageForm
from parvis.web.ui.posted import attached, posted
from parvis.web.ui.refused import refusals_on
from parvis.web.ui.requests import PageRequest
from parvis.web.ui.stored_files import answer_with_file
from parvis.web.ui.uploads import ask_files_again, refusals_on_photos

View = Callable[..., HttpResponseBase]
FILES = ("photos", "invoice")


def of_order(view: View) -> View:
    """The page of one order, for who holds its link; the same page for every link that opens nothing any more.

    Once the firm has declined, all that it reads is that it did: neither where nor whom to call there.
    """

    @wraps(view)
    def opened(request: PageRequest, token: str, **kwargs: str) -> HttpResponseBase:
        order = answers.order_of(token)
        if order is None:
            return render(request, "public/orders/dead.html", status=404)
        request.branding = Branding.of(order.agency)
        if order.is_declined:
            return render(request, "public/orders/declined.html", {"order": order})
        return view(request, token=token, order=order, **kwargs)

    return login_not_required(opened)


@of_order
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: PageRequest, token: str, order: WorkOrder) -> HttpResponse:
    """The order, and the times that the supplier offers: ticked, sent."""
    now = database_now()
    page = order_page(order, now=now)
    place = order.intervention.building.postal_code
    form = SlotsForm(posted(request), postal_code=place, now=now, waiting=page.waiting)
    if form.is_valid():
        with refusals_on(form, field="slots"):
            answers.offer(order=order, windows=form.windows)
            messages.success(request, "Vos créneaux sont envoyés. Vous recevrez un courriel dès que l’un est choisi.")
            return redirect("public:orders-detail", token)
    context = {"token": token, "page": page, "form": form}
    return render(request, "public/orders/detail.html", context)


@of_order
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: PageRequest, token: str, order: WorkOrder) -> HttpResponse:
    """« Je ne peux pas intervenir », confirmed, with a reason or none."""
    form = DeclineForm(posted(request))
    if form.is_valid():
        with refusals_on(form):
            answers.decline(order=order, reason=form.cleaned_data["reason"])
            return redirect("public:orders-detail", token)
    return render(request, "public/orders/decline.html", {"token": token, "order": order, "form": form})


@of_order
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: PageRequest, token: str, order: WorkOrder) -> HttpResponse:
    """« Je commence les travaux », confirmed."""
    form = PageForm(posted(request))
    if form.is_valid():
        with refusals_on(form):
            answers.begin(order=order)
            messages.success(request, "C’est noté\u00a0: les travaux ont commencé.")
            return redirect("public:orders-detail", token)
    return render(request, "public/orders/begin.html", {"token": token, "order": order, "form": form})


@of_order
@require_http_methods(["GET", "HEAD", "POST"])
def done(request: PageRequest, token: str, order: WorkOrder) -> HttpResponse:
    """« Les travaux sont terminés », confirmed, with the photos and the invoice when they are there."""
    form = DoneForm(posted(request), attached(request))
    if form.is_valid():
        with refusals_on(form), refusals_on_photos(form, field=first_sent(request)):
            answers.finish(order=order, text=form.cleaned_data["text"], papers=form.papers)
            messages.success(request, "C’est noté\u00a0: les travaux sont terminés. Merci.")
            return redirect("public:orders-detail", token)
    ask_files_again(form, request=request, fields=FILES)
    return render(request, "public/orders/done.html", {"token": token, "order": order, "form": form})


@of_order
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: PageRequest, token: str, order: WorkOrder) -> HttpResponse:
    """Photos and an invoice, at any time while the link lives."""
    form = PapersForm(posted(request), attached(request))
    if form.is_valid():
        with refusals_on(form), refusals_on_photos(form, field=first_sent(request)):
            answers.add_papers(order=order, papers=form.papers)
            messages.success(request, "Vos fichiers sont envoyés.")
            return redirect("public:orders-detail", token)
    ask_files_again(form, request=request, fields=FILES)
    return render(request, "public/orders/papers.html", {"token": token, "order": order, "form": form})


def first_sent(request: PageRequest) -> str:
    """The field beside which a refusal of the files is said."""
    return next((name for name in FILES if name in request.FILES), FILES[0])


@of_order
@require_safe
def photo(request: PageRequest, token: str, order: WorkOrder, public_id: str) -> HttpResponseBase:
    """A photo of the case, for who mends it."""
    found = get_object_or_404(photos_for_supplier(order).select_related("file"), public_id=public_id)
    return answer_with_file(request, found.file, name=f"photo-{order.number}")
