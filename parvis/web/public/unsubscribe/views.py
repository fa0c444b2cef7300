"""« Ne plus recevoir »: the link at the end of a message, and the button of the mail software (RFC 8058)."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from parvis.notices import actions
from parvis.notices.tokens import read_unsubscribe_token
from parvis.people.models import User
from parvis.web.ui.requests import PageRequest


@csrf_exempt  # RFC 8058: the mail software posts without cookie nor page; what it may do is in the sealed token
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: PageRequest, token: str) -> HttpResponse:
    """A page with a button; nothing is left before it is pressed, were the link opened by a scanner."""
    read = read_unsubscribe_token(token)
    user = User.objects.filter(pk=read[0]).first() if read else None
    if read is None or user is None:
        raise Http404
    kind = read[1]
    if request.method == "POST":
        actions.choose(user=user, kind=kind, is_wanted=False, by=("user", user.public_id))
    return render(request, "public/unsubscribe/index.html", {"kind": kind, "is_done": request.method == "POST"})
