"""Who may open the pages of the staff."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpResponse

from parvis.web.ui.requests import ViewerRequest

Rest = ParamSpec("Rest")
StaffView = Callable[Concatenate[ViewerRequest, Rest], HttpResponse]


def staff_only(view: StaffView[Rest]) -> StaffView[Rest]:
    """For a client these pages do not exist."""

    @wraps(view)
    def checked(request: ViewerRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not request.viewer.is_staff:
            raise Http404
        return view(request, *args, **kwargs)

    return checked
