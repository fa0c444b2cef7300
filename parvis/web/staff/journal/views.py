"""Journal: who did what, when, to what; whether nobody changed it since."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from parvis.journal import verifying
from parvis.journal.access import verification_of_agency
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.journal.forms import SearchForm
from parvis.web.staff.journal.page import FoundPage, journal_page
from parvis.web.ui.requests import ViewerRequest

CURSOR = "avant"


@require_safe
@staff_only(Duty.JOURNAL)
def index(request: ViewerRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    page = journal_page(request.viewer, asked=asked, before=request.GET.get(CURSOR, ""))
    kept = request.GET.copy()
    kept[CURSOR] = str(page.older)
    return render(request, "staff/journal/index.html", {"page": page, "form": form, "next": kept.urlencode()})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.JOURNAL)
def check(request: ViewerRequest) -> HttpResponse:
    """What the last reading of the whole chain found; « Vérifier » has the worker read it again."""
    if request.method == "POST":
        verifying.ask(agency_id=request.viewer.agency_id, by=("user", request.user.public_id))
        return redirect("staff:journal-check")
    page = FoundPage(verification=verification_of_agency(request.viewer))
    return render(request, "staff/journal/check.html", {"page": page})
