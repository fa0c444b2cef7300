"""Questions des conseils syndicaux: those that wait, the oldest first, and the answer to one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from parvis.compliance.access import questions_of_agency, questions_to_answer
from parvis.compliance.actions.checks import answer
from parvis.compliance.models import QuestionMessage
from parvis.people.rules import Duty
from parvis.web.staff.access import staff_only
from parvis.web.staff.council.forms import AnswerForm
from parvis.web.ui.reads import PARTS, note_read
from parvis.web.ui.requests import ViewerRequest

WAITING_SHOWN = 100
ANSWERED_SHOWN = 30


@require_safe
@staff_only(Duty.COUNCIL)
def index(request: ViewerRequest) -> HttpResponse:
    waiting = questions_to_answer(request.viewer).select_related("fiscal_year__building", "asked_by")
    answered = questions_of_agency(request.viewer).filter(waits_since=None)
    answered = answered.select_related("fiscal_year__building", "asked_by").order_by("-asked_at", "-pk")
    lists = {"waiting": waiting[:WAITING_SHOWN], "answered": answered[:ANSWERED_SHOWN]}
    note_read(request, clients=[question.asked_by for question in lists["waiting"]], part=PARTS["council"])
    return render(request, "staff/council/index.html", lists)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(Duty.COUNCIL)
def detail(request: ViewerRequest, public_id: str) -> HttpResponse:
    """A question, what followed, and the answer."""
    questions = questions_of_agency(request.viewer).select_related("fiscal_year__building")
    question = get_object_or_404(questions, public_id=public_id)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        answer(question=question, body=form.cleaned_data["body"], by=request.user.staffmember)
        messages.success(request, "La réponse est enregistrée. Les membres du conseil syndical la lisent.")
        return redirect("staff:council-detail", public_id)
    said = QuestionMessage.objects.visible_to(request.viewer).filter(question=question).order_by("written_at", "pk")
    said = said.select_related("client", "staff_member")
    note_read(request, clients=[message.client for message in said if message.client], part=PARTS["council"])
    context = {"question": question, "said": said, "form": form}
    return render(request, "staff/council/detail.html", context)
