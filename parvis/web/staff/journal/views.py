"""Journal: who did what, when, to what; whether nobody changed it since."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parvis.journal.verification import read_chain
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.journal.forms import SearchForm
from parvis.web.staff.journal.page import journal_page
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


@require_safe
@staff_only(Duty.JOURNAL)
def check(request: ViewerRequest) -> HttpResponse:
    """The whole chain read again, as `manage.py verify_journal` does."""
    return render(request, "staff/journal/check.html", {"reading": read_chain(request.viewer.agency_id)})
