"""What the middleware adds to a request, as types."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from parvis.people.models import User, Viewer
from parvis.web.ui.branding import Branding


class PageRequest(HttpRequest):
    """Any request: it knows whose portal is shown, and whether htmx asks for the part of a page (`htmx`)."""

    branding: Branding
    htmx: HtmxDetails


class ViewerRequest(PageRequest):
    """A request of a signed-in person, the only kind that reaches a page that needs a login."""

    user: User
    viewer: Viewer
