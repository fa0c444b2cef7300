"""One gesture on several cases, each on its own: what cannot be done to one is done to the others."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from parvis.interventions.access import cases_of_agency
from parvis.interventions.actions import moves, sheets
from parvis.interventions.actions.messages import Writing, write
from parvis.interventions.models import Audience, Intervention
from parvis.kit.refusals import Refusal
from parvis.web.staff.interventions.finding import actor_of
from parvis.web.staff.interventions.forms import BulkForm
from parvis.web.ui.requests import ViewerRequest

MOST = 100
TOLD = {
    BulkForm.ACKNOWLEDGE: ("intervention est prise en charge", "interventions sont prises en charge"),
    BulkForm.ASSIGN: ("intervention est confiée", "interventions sont confiées"),
    BulkForm.WRITE: ("message est envoyé", "messages sont envoyés"),
}


def apply(request: ViewerRequest, *, form: BulkForm, ticked: Mapping[str, str]) -> Iterator[tuple[bool, str]]:
    """What to tell: how many were done, then why the others were not, those of one reason together."""
    cases = cases_of_agency(request.viewer).with_place().filter(public_id__in=list(ticked)[:MOST])
    done, refused = 0, defaultdict[str, list[str]](list)
    for case in cases.order_by("reported_on", "pk"):
        version = ticked[case.public_id]
        try:
            do(request, case, form=form, version=int(version) if version.isdecimal() else -1)
            done += 1
        except Refusal as refusal:
            refused[refusal.message].append(f"{case.number} («\u00a0{case.get_state_display()}\u00a0»)")
    one, many = TOLD[form.cleaned_data["gesture"]]
    if done:
        yield True, f"{done} {many if done > 1 else one}."
    for message, numbers in refused.items():
        yield False, f"N°\u00a0{', '.join(numbers)}\u00a0: {message}"


def do(request: ViewerRequest, case: Intervention, *, form: BulkForm, version: int) -> None:
    typed, by = form.cleaned_data, actor_of(request)
    if typed["gesture"] == BulkForm.ACKNOWLEDGE:
        moves.acknowledge(intervention=case, by=by, version=version)
    elif typed["gesture"] == BulkForm.ASSIGN:
        sheets.assign(intervention=case, member=form.staff[typed["staff_member"]], by=by, version=version)
    else:
        writing = Writing(text=typed["text"], sending_key=typed["sending_key"], audience=Audience.REPORTER)
        write(intervention=case, writing=writing, by=by)
