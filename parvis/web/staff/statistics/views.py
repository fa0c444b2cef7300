"""Statistiques: the figures on a page, and each table as CSV."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parvis.kit.clock import database_now
from parvis.kit.days import paris_day
from parvis.kit.spreadsheets import to_csv
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.statistics.figures import Table, all_tables
from parvis.web.ui.requests import ViewerRequest


@require_safe
@staff_only(Duty.STATISTICS)
def index(request: ViewerRequest) -> HttpResponse:
    return render(request, "staff/statistics/index.html", {"tables": tables_for(request)})


@require_safe
@staff_only(Duty.STATISTICS)
def table(request: ViewerRequest, name: str) -> HttpResponse:
    found = next((one for one in tables_for(request) if one.name == name), None)
    if found is None:
        raise Http404
    response = HttpResponse(to_csv([found.columns, *found.rows]), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.name}.csv"'
    return response


def tables_for(request: ViewerRequest) -> list[Table]:
    now = database_now()
    return all_tables(request.viewer, now=now, today=paris_day(now))
