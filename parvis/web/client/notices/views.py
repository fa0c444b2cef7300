"""Notifications: read them, choose which ones also come by courriel, follow the links of messages."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from parvis.kit.days import paris_day
from parvis.notices import actions
from parvis.notices.models import ALWAYS_SENT, CHOSEN_KINDS, Notice
from parvis.notices.rules import path_to
from parvis.web.client.notices.destinations import destination_of
from parvis.web.client.notices.forms import PreferencesForm
from parvis.web.client.notices.page import notices_page, wanted_kinds
from parvis.web.ui.requests import ViewerRequest


@require_safe
def index(request: ViewerRequest) -> HttpResponse:
    page = notices_page(request.viewer, number=request.GET.get("page", ""), today=paris_day(timezone.now()))
    return render(request, "client/notices/index.html", {"page": page})


@require_POST
def open_one(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Note that it is read, and go where it leads."""
    notice = get_object_or_404(Notice.objects.visible_to(request.viewer), public_id=public_id)
    actions.mark_read(notice=notice)
    return redirect(path_to((notice.target_kind, notice.target_id)) if notice.target_kind else "client:notices-index")


@require_POST
def read_all(request: ViewerRequest) -> HttpResponse:
    """« Tout marquer comme lu »: all that the page showed."""
    newest = Notice.objects.visible_to(request.viewer).filter(public_id=request.POST.get("newest", "")).first()
    if newest is not None:
        actions.mark_all_read(viewer=request.viewer, made_before=newest.created_at)
        messages.success(request, "Toutes les notifications sont marquées comme lues.")
    return redirect("client:notices-index")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: ViewerRequest) -> HttpResponse:
    """What comes by courriel, one kind at a time."""
    wanted = wanted_kinds(request.viewer)
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial={"email": sorted(wanted)})
    if form.is_valid():
        asked = set(form.cleaned_data["email"])
        actions.choose_all(user=request.user, wanted=asked, by=("user", request.user.public_id))
        messages.success(request, "Vos choix sont enregistrés.")
        return redirect("client:notices-preferences")
    context = {"form": form, "kinds": CHOSEN_KINDS, "wanted": wanted, "always": ALWAYS_SENT}
    return render(request, "client/notices/preferences.html", context)


@require_safe
def follow(request: ViewerRequest, word: str, public_id: str) -> HttpResponse:
    """/vers/…: the page of what a message named."""
    destination = destination_of(request.viewer, word=word, public_id=public_id)
    if destination is None:
        raise Http404
    return redirect(destination.url_name, *([public_id] if destination.has_own_page else []))
