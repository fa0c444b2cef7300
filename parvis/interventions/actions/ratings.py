"""What the reporter thinks of it, once each time the case is closed."""

from django.db import transaction

from parvis.interventions.actions.actors import Actor, journal
from parvis.interventions.actions.events import held
from parvis.interventions.models import Intervention, Rating
from parvis.kit.clock import database_now
from parvis.kit.refusals import Refusal


class NotRatable(Refusal):
    message = "Vous pourrez donner votre avis une fois l’intervention terminée."


class AlreadyRated(Refusal):
    message = "Vous avez déjà donné votre avis sur cette intervention. Merci."


@transaction.atomic
def rate(*, intervention: Intervention, choice: str, by: Actor, comment: str = "") -> Rating:
    """Only its reporter, once it is closed; the same opinion twice is one."""
    case = held(intervention)
    if case.state != Intervention.State.CLOSED or by.client is None or by.client.pk != case.reporter_id:
        raise NotRatable
    rating, is_new = Rating.objects.get_or_create(
        intervention=case,
        closing=case.reopened_count,
        defaults={"client": by.client, "choice": choice, "comment": comment.strip(), "given_at": database_now()},
    )
    if not is_new and (rating.choice, rating.comment) != (choice, comment.strip()):
        raise AlreadyRated
    if is_new:
        journal("intervention.rated", case, by=by)
    return rating
