"""A link that no longer works: why, and the way on."""

from django.http import HttpResponse
from django.shortcuts import render

from parvis.people.actions.links import ReadLink
from parvis.people.models import EmailLink
from parvis.people.rules import mask_email
from parvis.web.ui.requests import PageRequest


def dead_link(request: PageRequest, read: ReadLink, *, refusal: str = "") -> HttpResponse:
    """Expired, used, replaced or cut. `refusal` says why another could not be sent."""
    is_reset = read.link is not None and read.link.purpose == EmailLink.Purpose.RESET_PASSWORD
    context = {
        "state": read.state.value,
        "is_reset": is_reset,
        "address": mask_email(read.link.email) if read.link else "",
        "path": request.path.removesuffix("/nouveau"),
        "refusal": refusal,
    }
    return render(request, "entrance/link/dead.html", context, status=404 if read.link is None else 200)
