"""Who may open the pages of the staff."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpResponse

from parvis.web.ui.requests import ViewerRequest

StaffView = Callable[Concatenate[ViewerRequest, ...], HttpResponse]


def staff_only(view: StaffView) -> StaffView:
    """For a client these pages do not exist."""

    @wraps(view)
    def checked(request: ViewerRequest, **kwargs: str) -> HttpResponse:
        if not request.viewer.is_staff:
            raise Http404
        return view(request, **kwargs)

    return checked
