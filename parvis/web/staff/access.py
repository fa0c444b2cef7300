"""Who may open the pages of the staff."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpResponseBase

from parvis.people.rules import Duty
from parvis.web.ui.requests import ViewerRequest

StaffView = Callable[Concatenate[ViewerRequest, ...], HttpResponseBase]


def staff_only(duty: Duty) -> Callable[[StaffView], StaffView]:
    """For a client, and for a member of the staff without that duty, the page does not exist."""

    def guard(view: StaffView) -> StaffView:
        @wraps(view)
        def checked(request: ViewerRequest, **kwargs: str) -> HttpResponseBase:
            if duty not in request.viewer.duties:
                raise Http404
            return view(request, **kwargs)

        checked.duty = duty  # type: ignore[attr-defined]  # read by the guard that no page lacks one
        return checked

    return guard
